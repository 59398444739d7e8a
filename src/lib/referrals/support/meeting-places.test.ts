import { expect, it } from 'vitest';
import type { Place } from './contents';
import { chosenPlace, keyOf, knownPlaces } from './meeting-places';
import type { Support } from './support.server';

const place = (name: string, slug = ''): Place => ({ slug, name, address: '' });
const support = {
	plan: { place: place('Library', 'library'), when: '', call: { name: '', phone: '' }, check_in: '' },
	entries: [
		{ id: 'a', kind: 'place', removed: false, contents: { place: place('The library', 'library'), note: '' } },
		{ id: 'b', kind: 'place', removed: false, contents: { place: place('The pier'), note: '' } },
		{ id: 'c', kind: 'place', removed: true, contents: { place: place('Taken away'), note: '' } },
		{ id: 'd', kind: 'place', removed: false, contents: 'broken' }
	],
	meetings: [{ id: 'm', place: { place: place('The pier'), note: '' } }]
} as unknown as Support;

const known = knownPlaces(support);

it('offers each place once: of the plan, of exploring, of meetings', () =>
	expect(known.map(({ key }) => key)).toEqual(['plan', 'b']));

it('finds a place again by what it is', () => {
	expect(keyOf(known, place('Another name', 'library'))).toBe('plan');
	expect(keyOf(known, place('The pier'))).toBe('b');
	expect(keyOf(known, place('Elsewhere'))).toBe('');
});

it('takes the place that is written before one that is chosen', () => {
	expect(chosenPlace(known, { place: 'b', name: '' })).toEqual(place('The pier'));
	expect(chosenPlace(known, { place: 'b', name: 'Elsewhere' })).toEqual(place('Elsewhere'));
	expect(chosenPlace(known, { place: 'x', name: '' })).toBeNull();
});
