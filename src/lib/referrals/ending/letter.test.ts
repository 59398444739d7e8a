import { expect, test } from 'vitest';
import type { Entry } from '../support/support.server';
import { letterStarter } from './letter';

const entry = (kind: Entry['kind'], contents: unknown, rest: Partial<Entry> = {}) =>
	({ kind, contents, removed: false, mark: null, step: null, ...rest }) as Entry;
const place = (name: string, mark: Entry['mark']) =>
	entry('place', { place: { slug: '', name, address: '' }, note: 'private' }, { mark });

const starter = (entries: Entry[], to = 'Bob') =>
	letterStarter({ to, from: 'Devon', support: { entries, first_met_on: '2026-06-01' } });

test('it names what was reached, what is begun, the places and what they are proud of', () => {
	const letter = starter([
		entry('goal', { text: 'Find my way by bus' }, { mark: 'yes' }),
		entry('goal', { text: 'Cook soup' }, { mark: 'a_bit' }),
		entry('goal', { text: 'Learn to swim' }, { mark: 'not_yet' }),
		place('Library', 'liked'),
		place('Community garden', 'been'),
		place('Casino', 'not_for_me'),
		place('Pool', 'want_to_go'),
		entry('step', { text: 'I phoned the landlord myself.', other_support: '' }, { step: 'proud_of' }),
		entry('step', { text: 'I am sad.', other_support: 'My sister' }, { step: 'feelings' }),
		entry('note', { text: 'A note' })
	]);
	expect(letter).toMatch(/^Dear Bob,/);
	expect(letter).toContain('1 June 2026');
	for (const said of [
		'Find my way by bus',
		'Cook soup',
		'Library',
		'Community garden',
		'I phoned the landlord myself.'
	])
		expect(letter).toContain(said);
	for (const unsaid of ['Learn to swim', 'Casino', 'Pool', 'sad', 'sister', 'A note', 'private'])
		expect(letter).not.toContain(unsaid);
	expect(letter).toMatch(/Devon$/);
});

test('where little is there, it is short and whole', () => {
	const letter = letterStarter({ to: '', from: 'Devon', support: { entries: [], first_met_on: null } });
	expect(letter).toMatch(/^Hello,/);
	expect(letter).not.toMatch(/undefined|null|false|\n\n\n/);
});

test('what was taken away or does not open is not spoken of', () => {
	const letter = starter([
		entry('goal', { text: 'Gone' }, { mark: 'yes', removed: true }),
		entry('goal', 'broken', { mark: 'yes' })
	]);
	expect(letter).not.toContain('Gone');
	expect(letter).not.toContain('broken');
});
