import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import type { RosterLine } from './roster';
import { toCsv } from './roster-csv';

const CLASS = '8d0f6b3e-0000-4000-8000-000000000001';
const OFF = '8d0f6b3e-0000-4000-8000-000000000002';
const QUESTION = '8d0f6b3e-0000-4000-8000-000000000003';
const training = {
	time_zone: 'America/Vancouver',
	meetings: [
		{ id: CLASS, starts_at: '2027-01-06T03:00:00Z', is_cancelled: false },
		{ id: OFF, starts_at: '2027-01-13T03:00:00Z', is_cancelled: true }
	],
	questions: [{ id: QUESTION, label: 'Why now?' }]
};
const line: RosterLine = {
	id: '1',
	state: 'enrolled',
	version: 1,
	place: null,
	offered_until: null,
	missed_offers: 0,
	email: null,
	has_account: false,
	created_at: '2027-01-01T20:00:00Z',
	is_shortlisted: false,
	decision: null,
	practicum_hours: 12.5,
	details: {
		name: '=HYPERLINK("x")',
		reach: 'phone',
		phone: '604-555-0100',
		address: '1 Sample Street\nVancouver',
		needs: ['food'],
		needs_words: 'No nuts',
		answers: [{ question: QUESTION, kind: 'long', label: 'Why now?', text: 'It, is "time"', by_talk: false }]
	},
	attendance: { [CLASS]: true },
	reviews: 0,
	scores: [],
	calls: [],
	mail_failed: false,
	certificate: null
};

test('one person a line, with their classes and answers; what a spreadsheet would run is made harmless', () => {
	const csv = toCsv([line, { ...line, details: 'broken', attendance: {} }], training);
	expect(csv.startsWith('\uFEFF')).toBe(true);
	expect(csv).toContain('\r\n');
	const [robin, broken] = parse<Record<string, string>>(csv, { bom: true, columns: true });
	expect(robin).toMatchObject({
		[m.roster_csv_name()]: `'=HYPERLINK("x")`,
		[m.roster_csv_phone()]: '604-555-0100',
		[m.roster_csv_address()]: '1 Sample Street\nVancouver',
		[m.roster_csv_needs()]: `${m.roster_need_food()}; No nuts`,
		[m.roster_csv_classes()]: '1',
		[m.roster_csv_hours()]: '12.5',
		'5 January 2027': m.roster_csv_yes(),
		'Why now?': 'It, is "time"'
	});
	expect(Object.keys(robin!)).not.toContain('12 January 2027');
	expect(broken).toMatchObject({ [m.roster_csv_name()]: m.roster_broken_name(), '5 January 2027': '' });
});
