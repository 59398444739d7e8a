import { expect, test } from 'vitest';
import { matching, tickedAmong } from './routing-filter';

const people = [
	{ id: '1', name: 'Priya Nair' },
	{ id: '2', name: 'Tom Lindqvist' }
];
const teams = [
	{ name: 'Northeast Team', site: 'Hastings', ticked: ['1'] },
	{ name: 'Équipe du Nord', site: '', ticked: [] },
	{ name: 'Outreach Team', site: 'Richmond', ticked: ['2', 'somebody who left'] }
];
const found = (q: string) => matching(teams, people, q).map(({ name }) => name);

test.each([
	['', ['Northeast Team', 'Équipe du Nord', 'Outreach Team']],
	['  TEAM ', ['Northeast Team', 'Outreach Team']],
	['team rich', ['Outreach Team']],
	['equipe', ['Équipe du Nord']],
	['priya', ['Northeast Team']],
	['team (?', []]
])('“%s” finds what has each of its words', (q, names) => {
	expect(found(q)).toEqual(names);
});

test('somebody who no longer coordinates is not named', () => {
	expect(tickedAmong(people, ['somebody who left', '2'])).toEqual([{ id: '2', name: 'Tom Lindqvist' }]);
});
