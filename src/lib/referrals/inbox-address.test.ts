import { describe, expect, test } from 'vitest';
import { afterRow, inboxAddress, readInboxFilters, VIEWS, type InboxFilters } from './inbox-address';

const ID = '0b0e3a39-6a4f-4cde-9c1e-0a4f3f6f9b10';
const TEAM = '7d1f4c52-1b57-4df0-8f2a-5b8a3d6c2e11';
const one = { program: 'north', several: false };
const read = (address: string) => readInboxFilters(new URL(address, 'https://bearings.example').searchParams);

test('without filters it is what needs somebody today, of one’s own', () => {
	expect(read('/desk/referrals')).toEqual({ view: 'today', mine: true, team: null, after: null });
	expect(inboxAddress({ view: 'today', mine: true, team: null, after: null }, one)).toBe('/desk/referrals');
});

test.each<InboxFilters>([
	{ view: 'open', mine: false, team: null, after: null },
	{ view: 'waitlisted', mine: true, team: TEAM, after: { at: '2026-11-20T18:09:07.123456Z', id: ID } },
	{ view: 'today', mine: false, team: null, after: { on: '2026-11-20', at: '2026-11-18T08:00:00Z', id: ID } }
])('an address says what it was made of: %j', (filters) => {
	const address = inboxAddress(filters, { program: 'north', several: true, done: 'taken-2-0' });
	expect(read(address)).toEqual(filters);
	expect(address).toContain('program=north');
	expect(address).toContain('done=taken-2-0');
});

describe('what can’t be read is left out', () => {
	test.each([
		'view=everything&mine=perhaps&team=ours&after=yesterday',
		`after=2026-11-20T18:09:07.123456Z_${ID}`,
		`after=2026-02-30_2026-11-20T18:09:07Z_${ID}`,
		`after=2026-11-20_0001-11-20T18:09:07Z_${ID}`,
		`after=2026-11-20_2026-11-20T18:09:07Z_1`,
		`after=1_2026-11-20_2026-11-20T18:09:07Z_${ID}`
	])('%s', (query) => {
		expect(read(`/desk/referrals?${query}`)).toEqual({ view: 'today', mine: true, team: null, after: null });
	});

	test('a day in the place of another list', () => {
		expect(read(`/desk/referrals?view=open&after=2026-11-20_2026-11-20T18:09:07Z_${ID}`).after).toBeNull();
	});
});

test('a page goes on after its last row, by what its list is ordered by', () => {
	const row = {
		id: ID,
		submitted_at: '2026-11-01T10:00:00.000001-08:00',
		state_since: '2026-11-02T10:00:00+00:00',
		waiting_since: '2026-11-03T10:00:00+00:00',
		attention_on: '2026-11-04'
	};
	const at = Object.fromEntries(VIEWS.map((view) => [view, afterRow(view, row)]));
	expect(at.today).toEqual({ on: '2026-11-04', at: '2026-11-01T18:00:00.000001Z', id: ID });
	expect(at.open).toEqual({ at: '2026-11-01T18:00:00.000001Z', id: ID });
	expect(at.waitlisted?.at).toBe('2026-11-03T10:00:00Z');
	expect(at.completed?.at).toBe('2026-11-02T10:00:00Z');
});
