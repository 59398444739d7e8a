import { describe, expect, test } from 'vitest';
import type { MyPlace } from './enrolments.server';
import { isIn, isOver, mayComeBack, moveRefusalInWords, nextInWords, stateInWords, usualInWords } from './own-words';
import type { CohortState } from './training';

const ZONE = 'America/Vancouver';
const NOW = new Date('2026-11-23T12:00:00Z');

const own = (state: MyPlace['state'], given: Partial<MyPlace> = {}, cohort: CohortState = 'open'): MyPlace => ({
	id: '00000000-0000-4000-8000-000000000001',
	version: 1,
	state,
	offered_until: null,
	place: null,
	usual: null,
	certificate: null,
	practicum_hours: 0,
	joining: '',
	meetings: [],
	messages: [],
	...given,
	training: {
		...{ slug: 'peer', kind: 'open_sign_up', state: cohort, title: 'Peer support training', summary: '' },
		...{
			program: 'Harbour',
			program_slug: 'harbour',
			time_zone: ZONE,
			area: null,
			area_id: null,
			is_online: false,
			opens_at: null,
			closes_at: null
		},
		...{ starts_at: null, ends_at: null, classes: 0, seats_left: 0, line: 0, place: null },
		...given.training
	}
});
const aClass = (starts_at: string, is_cancelled = false) => ({
	...{ id: starts_at, starts_at, ends_at: new Date(Date.parse(starts_at) + 3_600_000).toISOString(), topic: '' },
	...{ is_cancelled, sequence: 0, changed_at: starts_at }
});

describe('how it stands', () => {
	test('an offer says until when', () => {
		expect(stateInWords(own('offered', { offered_until: '2026-11-25T00:00:00Z' }))).toContain(
			'until Tuesday, 24 November 2026, 5:00 pm'
		);
	});

	test('a line says which place', () => {
		expect(stateInWords(own('waitlisted', { place: 4 }))).toContain('4');
		expect(stateInWords(own('waitlisted', { place: 1 }))).not.toBe(stateInWords(own('waitlisted', { place: 2 })));
	});

	test('a training that was called off, or has begun without them, says so', () => {
		const off = stateInWords(own('enrolled', {}, 'cancelled'));
		expect(stateInWords(own('waitlisted', { place: 2 }, 'cancelled'))).toBe(off);
		expect(stateInWords(own('withdrawn', {}, 'cancelled'))).not.toBe(off);
		const begun = stateInWords(own('waitlisted', { place: 2 }, 'running'));
		expect(stateInWords(own('applied', {}, 'finished'))).toBe(begun);
		expect(stateInWords(own('enrolled', {}, 'running'))).not.toBe(begun);
	});
});

describe('what a place in line has usually meant', () => {
	const usual = (trainings: number, reached: number) =>
		usualInWords(own('waitlisted', { place: 3, usual: { trainings, reached } }));

	test('each case has its own words', () => {
		const said = [usual(0, 0), usual(1, 0), usual(1, 1), usual(5, 0), usual(5, 3), usual(5, 5)];
		expect(new Set(said).size).toBe(6);
		expect(said[4]).toMatch(/3 of the last 5/);
	});

	test('nothing is said of a line that leads nowhere', () => {
		expect(usualInWords(own('enrolled'))).toBe('');
		expect(usualInWords(own('waitlisted', { usual: { trainings: 2, reached: 1 } }, 'running'))).toBe('');
	});
});

describe('what comes next', () => {
	const seat = own('enrolled', {
		meetings: [aClass('2026-11-20T18:00:00Z'), aClass('2026-11-24T18:00:00Z', true), aClass('2026-11-25T18:00:00Z')]
	});

	test('the offer that runs out first, before any class', () => {
		const offers = ['2026-11-28T01:00:00Z', '2026-11-25T00:00:00Z'].map((offered_until) =>
			own('offered', { offered_until })
		);
		expect(nextInWords([seat, ...offers], NOW)).toContain('Tuesday, 24 November 2026');
	});

	test('else the next class that takes place, else the wait, else nothing', () => {
		expect(nextInWords([seat, own('applied')], NOW)).toContain('25 November 2026');
		expect(nextInWords([own('applied')], NOW)).not.toBe('');
		expect(nextInWords([own('withdrawn'), own('completed')], NOW)).toBe('');
		expect(nextInWords([own('enrolled', {}, 'cancelled')], NOW)).toBe('');
	});

	test.each(['applied', 'waitlisted'] as const)('nobody waits for a training that has begun: %s', (state) => {
		for (const cohort of ['running', 'finished'] as const) expect(nextInWords([own(state, {}, cohort)], NOW)).toBe('');
		expect(nextInWords([own(state, {}, 'closed')], NOW)).not.toBe('');
	});
});

test.each<[MyPlace['state'], CohortState, { over: boolean; in: boolean }]>([
	['applied', 'open', { over: false, in: true }],
	['waitlisted', 'closed', { over: false, in: true }],
	['waitlisted', 'running', { over: true, in: false }],
	['applied', 'finished', { over: true, in: false }],
	['enrolled', 'running', { over: false, in: true }],
	['enrolled', 'cancelled', { over: true, in: false }],
	['declined', 'open', { over: true, in: false }],
	['withdrawn', 'open', { over: true, in: false }],
	['expired', 'open', { over: true, in: false }],
	['completed', 'finished', { over: true, in: true }]
])('%s of one that is %s: %j', (state, cohort, expected) => {
	const place = own(state, {}, cohort);
	expect({ over: isOver(place), in: isIn(place) }).toEqual(expected);
});

test('only who stands in line again is told that the seat has gone to the next', () => {
	const passed = moveRefusalInWords('too_late', 'waitlisted');
	for (const state of ['offered', 'expired', undefined] as const)
		expect(moveRefusalInWords('too_late', state)).not.toBe(passed);
});

test('one may come back while signing up is open', () => {
	expect(mayComeBack(own('withdrawn'))).toBe(true);
	expect(mayComeBack(own('withdrawn', {}, 'closed'))).toBe(false);
	expect(mayComeBack(own('declined'))).toBe(false);
});
