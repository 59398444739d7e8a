import { describe, expect, it } from 'vitest';
import { dueOf, endOfWeek, weeksUntil, type Standing } from './due';

const standing = (given: Partial<Standing> = {}): Standing => ({
	state: 'active',
	is_coming: false,
	has_conversation: true,
	has_goals: true,
	ends_on: null,
	open_steps: 0,
	next_meeting: { checked_in_at: null },
	...given
});
const today = '2026-11-22';
const due = (given: Partial<Standing>) => dueOf(standing(given), today);

describe('what is due with somebody', () => {
	it('is nothing while a meeting is planned and all is written down', () => expect(due({})).toEqual([]));
	it('is the first meeting before they have met, and to say that they did', () =>
		expect(due({ state: 'matched', is_coming: true, next_meeting: null, has_goals: false })).toEqual([
			'first_meeting',
			'met'
		]));
	it('is nothing until the first meeting that is planned', () =>
		expect(due({ state: 'matched', is_coming: true, has_goals: false })).toEqual([]));
	it('is the first conversation once they meet', () =>
		expect(due({ state: 'matched', is_coming: true, next_meeting: { checked_in_at: '2026-11-22T20:00:00Z' } })).toEqual(
			['met']
		));
	it('is the conversation, the goals and the next meeting, in this order', () =>
		expect(due({ has_conversation: false, has_goals: false, next_meeting: null })).toEqual([
			'conversation',
			'goals',
			'next_meeting'
		]));
	it('is no meeting while they take a break', () => expect(due({ state: 'paused', next_meeting: null })).toEqual([]));
	it('is the ending: while steps are open, when its day has passed, and when all is settled', () => {
		const ending = { state: 'ending', ends_on: '2026-12-01' } as const;
		expect(due({ ...ending, open_steps: 3 })).toEqual(['end_well']);
		expect(due({ ...ending, ends_on: '2026-11-21', open_steps: 3 })).toEqual(['end_passed']);
		expect(due({ ...ending, open_steps: 0 })).toEqual(['can_complete']);
	});
	it('goes on while another worker is asked', () =>
		expect(due({ state: 'match_proposed', next_meeting: null })).toEqual(['next_meeting']));
});

it('counts weeks, a begun one as a whole, never below none', () => {
	expect(weeksUntil('2026-12-20', today)).toBe(4);
	expect(weeksUntil('2026-12-21', today)).toBe(5);
	expect(weeksUntil('2026-11-23', today)).toBe(1);
	expect(weeksUntil(today, today)).toBe(0);
	expect(weeksUntil('2026-11-01', today)).toBe(0);
});

it('ends a week on its Sunday', () => {
	expect(endOfWeek('2026-11-22')).toBe('2026-11-29');
	expect(endOfWeek('2026-11-28')).toBe('2026-11-29');
	expect(endOfWeek('2026-11-23')).toBe('2026-11-29');
	expect(endOfWeek('2026-12-31')).toBe('2027-01-03');
});
