import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import { chartOf } from './chart';
import { isEmpty, readAsked, yearsOf, type Report } from './report';
import { toCsv } from './report-csv';
import { endedBy, endedFor, labelInWords, peopleInWords } from './report-words';

const TODAY = '2026-11-22';

const report: Report = {
	groups: [
		{ label: 'Kitsilano', asked: 12, began: 7, ended: 6, wait_median_days: 20.5, wait_p90_days: 41.2 },
		{ label: '=HYPERLINK("x")', asked: null, began: null, ended: null, wait_median_days: null, wait_p90_days: null },
		{ label: '', asked: 0, began: 0, ended: 0, wait_median_days: null, wait_p90_days: null }
	],
	all: { asked: 15, began: 9, ended: 8, wait_median_days: 22, wait_p90_days: 44 },
	ended: [
		{ outcome: 'completed', reason: 'goal_reached', people: 6 },
		{ outcome: 'withdrawn', reason: null, people: null }
	],
	ended_by: [{ label: 'Kitsilano', ended: [{ outcome: 'completed', reason: 'goal_reached', people: 6 }] }],
	ended_elsewhere: [{ outcome: null, reason: null, people: 8 }],
	now: { open: 11, waiting: null, supported: null, others: 0 },
	workers: { workers: 6, load_mean: null, free_places: 4 },
	first_year: 2024
};

describe('the address', () => {
	test.each([
		['', { year: 2026, by: 'month' }],
		['year=2025&by=team', { year: 2025, by: 'team' }],
		['year=2027&by=worker', { year: 2026, by: 'month' }],
		['year=0007', { year: 2026, by: 'month' }],
		['year=2025;drop&by=area', { year: 2026, by: 'area' }]
	])('?%s', (query, asked) => expect(readAsked(new URLSearchParams(query), TODAY)).toEqual(asked));

	test('offers the years since the first request, and the one that is asked for', () => {
		expect(yearsOf(report, { year: 2025, by: 'month' }, TODAY)).toEqual([2026, 2025, 2024]);
		expect(yearsOf({ first_year: null }, { year: 2026, by: 'month' }, TODAY)).toEqual([2026]);
		expect(yearsOf({ first_year: null }, { year: 2025, by: 'month' }, TODAY)).toEqual([2026, 2025]);
	});
});

test('a year in which a few asked is not an empty one', () => {
	const none = { asked: 0, began: 0, ended: 0, wait_median_days: null, wait_p90_days: null };
	expect(isEmpty({ all: none, ended: [] })).toBe(true);
	expect(isEmpty({ all: { ...none, asked: null }, ended: [] })).toBe(false);
});

test('what is hidden and what has no name is said in words', () => {
	expect(peopleInWords(null)).not.toMatch(/\d/);
	expect(peopleInWords(0)).toBe('0');
	expect(labelInWords('month', '2026-03')).toBe('March');
	expect(labelInWords('area', '')).not.toBe(labelInWords('team', ''));
});

test.each([
	['completed', ['goal_reached', 'worker_needed_elsewhere']],
	['ended_early', ['peer_wish', 'worker_left', 'moved_away', 'lost_touch', 'not_safe', 'other']],
	['declined', ['no_worker_free', 'outside_area', 'other_support_fits', 'not_wanted', 'no_answer', 'other']],
	['redirected', ['other_program', 'other_service', 'crisis_service', 'other']]
] as const)('every reason for %s has its words', (outcome, reasons) => {
	const said = reasons.map((reason) => endedFor({ outcome, reason, people: 5 }));
	expect(said).not.toContain('');
	expect(new Set(said).size).toBe(reasons.length);
});

describe('as CSV', () => {
	const csv = toCsv(report, { year: 2026, by: 'area' });
	const rows = parse(csv, { bom: true }) as string[][];

	test('each line has one number with its unit', () => {
		expect(rows).toHaveLength(1 + 4 * 5 + 2 + 2 + 4 + 3);
		expect(new Set(rows.map((row) => row.length))).toEqual(new Set([7]));
		expect(rows[1]).toEqual(['2026', '2026 by area', 'Kitsilano', 'Asked', '12', 'people', '']);
		expect(rows[3]!.slice(3, 6)).toEqual(['Ended', '6', 'people']);
		expect(rows[4]!.slice(4, 6)).toEqual(['21', 'days']);
	});

	test('what is hidden is empty, and says so', () => {
		for (const [, , , , number, , note] of rows.slice(1)) expect(number === '').toBe(note !== '');
		expect(rows.filter(([, , , , number]) => number === '')).toHaveLength(5 + 2 + 1 + 2 + 1);
	});

	test('outcomes are told of a group and of all others together', () => {
		const of = (name: string) => rows.filter(([, table]) => table === m.report_ended_caption_by({ year: 2026, name }));
		expect(of('Kitsilano').map((row) => row[4])).toEqual(['6']);
		expect(of(m.report_elsewhere()).map((row) => row.slice(2, 5))).toEqual([[m.report_other_outcomes(), '', '8']]);
		expect(endedBy({ ...report, groups: report.groups.slice(0, 1) }, 'area'), 'one alone is all').toEqual([]);
	});

	test('no cell is a formula', () => {
		expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
		expect(rows[6]![2]).toBe(`'=HYPERLINK("x")`);
	});
});

describe('the chart', () => {
	const groups = [
		{ label: '2026-01', asked: 10, began: 5 },
		{ label: '2026-02', asked: null, began: 0 },
		{ label: '2026-03', asked: 20, began: null }
	];
	const { rows, height, start } = chartOf(groups);

	test('draws bars as long as their numbers', () => {
		const [first, second, third] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
		expect(third.asked.width).toBeGreaterThan(50);
		expect(first.asked.width).toBeCloseTo(third.asked.width / 2);
		expect(first.began.width).toBeCloseTo(third.asked.width / 4);
		expect(second.began.width).toBe(0);
	});

	test('draws all that is hidden alike', () => {
		const hidden = rows.flatMap(({ asked, began }) => [asked, began]).filter(({ people }) => people === null);
		expect(new Set(hidden.map(({ width }) => width)).size).toBe(1);
		expect(hidden[0]!.width).toBeGreaterThan(0);
	});

	test('has room for every bar and its number, and none lies on another', () => {
		const bars = rows.flatMap(({ asked, began }) => [asked, began]);
		for (const [n, { y }] of bars.entries()) expect(y - (bars[n - 1]?.y ?? -100)).toBeGreaterThanOrEqual(14);
		expect(bars.at(-1)!.y + 14).toBeLessThanOrEqual(height);
		for (const { width } of bars) expect(start + width).toBeLessThanOrEqual(85);
	});

	test('of nothing is drawn, too', () => {
		expect(chartOf([{ label: '2026-01', asked: 0, began: 0 }]).rows[0]!.asked.width).toBe(0);
	});
});
