import { expect, test } from 'vitest';
import { areVisitsFew, daysBetween, daysLeftInWords, visitsLeft, type Visit } from './left';

const zone = 'America/Vancouver';
const now = new Date('2026-11-22T20:00:00Z');
const visit = (starts_at: string, rest: Partial<Visit> = {}): Visit => ({
	starts_at,
	ends_at: new Date(new Date(starts_at).getTime() + 3_600_000).toISOString(),
	checked_in_at: null,
	cancelled_at: null,
	...rest
});

test('days are counted by the calendar, over the change of the clocks too', () => {
	expect(daysBetween('2026-10-30', '2026-11-27')).toBe(28);
	expect(daysBetween('2026-11-22', '2026-11-22')).toBe(0);
	expect(daysBetween('2026-11-22', '2026-11-20')).toBe(-2);
});

test('a visit counts when it is still to come, on the last day too, and nobody has called it off', () => {
	const soon = visit('2026-11-24T20:00:00Z');
	// Ten in the evening there, on the last day.
	const last = visit('2026-12-21T06:00:00Z');
	const meetings = [
		last,
		soon,
		visit('2026-11-20T20:00:00Z'),
		visit('2026-11-25T20:00:00Z', { cancelled_at: '2026-11-21T00:00:00Z' }),
		visit('2026-11-22T19:30:00Z', { checked_in_at: '2026-11-22T19:30:00Z' }),
		visit('2026-12-21T20:00:00Z')
	];
	expect(visitsLeft(meetings, '2026-12-20', zone, now)).toEqual([soon, last]);
});

test.each([
	[-1, 'The day we agreed on has passed.'],
	[0, 'Today is our last day.'],
	[1, 'Tomorrow is our last day.'],
	[5, 'We have 5 days left.'],
	[7, 'We have a week left.'],
	[14, 'We have about 2 weeks left.'],
	[28, 'We have about a month left.'],
	[60, 'We have about 2 months left.']
])('%i days are said as one says it', (days, words) => {
	expect(daysLeftInWords(days)).toBe(words);
});

test('visits are few where there is not one for each week', () => {
	expect(areVisitsFew(0, 28)).toBe(true);
	expect(areVisitsFew(3, 28)).toBe(true);
	expect(areVisitsFew(4, 28)).toBe(false);
	expect(areVisitsFew(0, 5)).toBe(false);
});
