import { describe, expect, test } from 'vitest';
import type { Details } from '../details';
import type { Meeting } from '../training';
import { reachedBy } from './message';
import { mayComeBack, mayDecline, movesOf } from './moves';
import {
	attended,
	forAttendance,
	inGroups,
	meanScore,
	missedLastTwo,
	needsOf,
	outcomeOf,
	toCall,
	type RosterLine
} from './roster';

const details = (given: Partial<Details> = {}): Details => ({
	name: 'Robin',
	reach: 'phone',
	phone: '604-555-0100',
	address: '',
	needs: [],
	needs_words: '',
	answers: [],
	...given
});

let next = 0;
const line = (given: Partial<RosterLine> = {}): RosterLine => ({
	id: String((next += 1)),
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
	practicum_hours: 0,
	details: details(),
	attendance: {},
	reviews: 0,
	scores: [],
	calls: [],
	mail_failed: false,
	certificate: null,
	...given
});

const named = (name: string, given: Partial<RosterLine> = {}) => line({ details: details({ name }), ...given });
const ids = (lines: readonly RosterLine[]) => lines.map(({ id }) => id);

describe('the roster', () => {
	test('has those with a seat by name, the shortlisted before others who applied, and no empty group', () => {
		const [zoe, amir, broken] = [named('Zoe'), named('Amir', { state: 'completed' }), line({ details: 'broken' })];
		const [first, short] = [line({ state: 'applied' }), line({ state: 'applied', is_shortlisted: true })];
		const left = line({ state: 'withdrawn' });
		expect(inGroups([broken, zoe, amir, first, short, left]).map(({ group, lines }) => [group, ids(lines)])).toEqual([
			['seat', ids([amir, zoe, broken])],
			['applied', ids([short, first])],
			['over', ids([left])]
		]);
	});

	test('knows who is to be called: something is to be told, or a mail came back', () => {
		const call = { id: '1', kind: 'training_seat', data: {}, created_at: '2027-01-01T20:00:00Z' };
		const lines = [line({ calls: [call] }), line(), line({ email: 'a@b.example', mail_failed: true })];
		expect(ids(toCall(lines))).toEqual(ids([lines[0]!, lines[2]!]));
	});

	test('sums up what those with a seat need, with no name, and says of how many it does not know', () => {
		const lines = [
			line({ details: details({ needs: ['food', 'step_free'], needs_words: ' No nuts ' }) }),
			line({ details: details({ needs: ['food'] }) }),
			line({ details: 'broken' }),
			line({ state: 'waitlisted', details: details({ needs: ['children'] }) })
		];
		expect(needsOf(lines)).toEqual({
			people: 3,
			needs: [
				{ need: 'step_free', people: 1 },
				{ need: 'food', people: 2 }
			],
			words: ['No nuts'],
			unreadable: 1
		});
	});

	test('has the mean of all scores, of all who read', () => {
		expect(
			meanScore(
				line({
					scores: [
						[1, 2],
						[4, 3]
					]
				})
			)
		).toBe(2.5);
		expect(meanScore(line())).toBeNull();
	});

	test('tells who of a message’s readers is to be called', () => {
		const lines = [line({ email: 'a@b.example' }), line(), line({ state: 'waitlisted' }), line({ state: 'declined' })];
		expect(reachedBy(lines, ['seat'])).toEqual({ mail: 1, call: 1 });
		expect(reachedBy(lines, ['seat', 'line'])).toEqual({ mail: 1, call: 2 });
		expect(reachedBy(lines, [])).toEqual({ mail: 0, call: 0 });
	});
});

const meeting = (id: string, day: string, is_cancelled = false): Meeting => ({
	id,
	starts_at: `${day}T18:00:00Z`,
	ends_at: `${day}T20:00:00Z`,
	topic: '',
	is_cancelled,
	sequence: 0,
	changed_at: `${day}T00:00:00Z`
});

describe('attendance', () => {
	const meetings = [
		meeting('a', '2027-01-05'),
		meeting('b', '2027-01-12'),
		meeting('off', '2027-01-19', true),
		meeting('c', '2027-01-26'),
		meeting('d', '2027-02-02')
	];

	test('points to who was at neither of the last two classes of which it is written down', () => {
		const away = line({ attendance: { a: true, b: false, c: false } });
		const once = line({ attendance: { a: false, b: false, c: true } });
		const later = line({ attendance: { c: false } });
		const gone = line({ state: 'not_completed', attendance: { b: false, c: false } });
		const all = [away, once, later, gone];
		expect(ids(missedLastTwo(all, meetings, meetings[4]!))).toEqual([away.id]);
		expect(ids(missedLastTwo(all, meetings, meetings[3]!))).toEqual([once.id]);
		expect(missedLastTwo(all, meetings, meetings[1]!)).toEqual([]);
	});

	test('counts the classes of which it is written down', () => {
		expect(attended(line({ attendance: { a: true, b: false } }))).toEqual({ was: 1, of: 2 });
	});

	test('has today’s class first, then those that have been, the latest first', () => {
		const sorted = forAttendance(meetings, '2027-01-26', (instant) => instant.slice(0, 10));
		expect(Object.values(sorted).map((list) => list.map(({ id }) => id))).toEqual([['c'], ['b', 'a'], ['d']]);
	});
});

test.each<[Partial<RosterLine>, boolean, number, string]>([
	[{ attendance: { a: true, b: true, c: true, d: true, e: false } }, true, 0, 'completed'],
	[{ attendance: { a: true, b: true, c: true, d: false } }, true, 0, ''],
	[{ attendance: { a: true } }, true, 20, ''],
	[{ attendance: { a: true }, practicum_hours: 20 }, true, 20, 'completed'],
	[{ attendance: { a: false, b: false } }, true, 0, 'not_completed'],
	[{}, true, 0, ''],
	[{ attendance: { a: true } }, false, 0, ''],
	[{ state: 'not_completed', attendance: { a: true } }, true, 0, 'not_completed'],
	[{ state: 'completed' }, false, 100, 'completed']
])('%j, over: %j, %d hours belong to it: %j is ticked', (given, isOver, hours, outcome) =>
	expect(outcomeOf(line(given), { isOver, hours })).toBe(outcome)
);

describe('what can be done', () => {
	const open = { state: 'open' as const, reviewers: 1, hasBegun: false };
	test.each([
		['applied', open, 0, ['offer', 'waitlist', 'withdraw']],
		['applied', { ...open, reviewers: 2 }, 1, ['withdraw']],
		['applied', { ...open, reviewers: 2 }, 2, ['offer', 'waitlist', 'withdraw']],
		['applied', { ...open, state: 'running' as const, hasBegun: true }, 0, ['waitlist', 'withdraw']],
		['waitlisted', open, 0, ['withdraw']],
		['offered', open, 0, ['accept', 'withdraw']],
		['enrolled', open, 0, ['withdraw']],
		['enrolled', { ...open, hasBegun: true }, 0, ['complete', 'not_complete', 'withdraw']],
		['declined', open, 0, ['reconsider']],
		['completed', open, 0, ['not_complete']],
		['not_completed', open, 0, ['complete']],
		['withdrawn', open, 0, []],
		['enrolled', { ...open, state: 'cancelled' as const }, 0, ['withdraw']],
		['completed', { ...open, state: 'cancelled' as const }, 0, []]
	] as const)('%s, %j, read by %d', (state, cohort, reviews, moves) =>
		expect(movesOf({ state, reviews }, cohort)).toEqual(moves)
	);

	test('a no is for those who applied or wait, once it is read; coming back for those who left', () => {
		expect(mayDecline({ state: 'applied', reviews: 0 }, open)).toBe(true);
		expect(mayDecline({ state: 'applied', reviews: 1 }, { ...open, reviewers: 2 })).toBe(false);
		expect(mayDecline({ state: 'enrolled', reviews: 0 }, open)).toBe(false);
		expect(mayComeBack({ state: 'withdrawn' }, open)).toBe(true);
		expect(mayComeBack({ state: 'withdrawn' }, { ...open, hasBegun: true })).toBe(false);
		expect(mayComeBack({ state: 'declined' }, open)).toBe(false);
	});
});
