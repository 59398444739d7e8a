/** Classes that come again and again at the same time of day: their days, and the instants that they are; pure. */
import { instantsOf, timesOf, type Instants } from '$lib/directory/day-times';
import { addDays } from '$lib/directory/local-time';
import type { Meeting } from '../training';

export const RHYTHMS = ['once', 'week', 'two_weeks', 'month'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** As many as one form plans. */
export const MOST_CLASSES = 52;
/** As many days as may be left out. */
export const MOST_LEFT_OUT = 100;

export interface ClassPattern {
	/** Days are `YYYY-MM-DD`, times `HH:MM`. */
	first: string;
	from: string;
	to: string;
	every: Rhythm;
	count: number;
	/** Days on which there is none: it is made up for at the end. */
	without: readonly string[];
}

const monthOf = (day: string) => day.slice(0, 7);
const nthOf = (day: string) => Math.ceil(Number(day.slice(8)) / 7);

/**
 * The same weekday of the next month: the second Tuesday after the second Tuesday. The fifth is the last one, as few months have five,
 * and a month without a class would surprise.
 */
function nextMonth(day: string, nth: number): string {
	let next = day;
	while (monthOf(next) === monthOf(day)) next = addDays(next, 7);
	const month = monthOf(next);
	while (nthOf(next) < nth && monthOf(addDays(next, 7)) === month) next = addDays(next, 7);
	return next;
}

/** The days of a pattern, as many as it says. */
export function daysOf({ first, every, count, without }: Omit<ClassPattern, 'from' | 'to'>): string[] {
	if (every === 'once') return [first];
	const nth = nthOf(first);
	const leftOut = new Set(without);
	const days: string[] = [];
	for (let day = first; days.length < count;) {
		if (!leftOut.has(day)) days.push(day);
		day = every === 'month' ? nextMonth(day, nth) : addDays(day, every === 'week' ? 7 : 14);
	}
	return days;
}

/** The classes of a pattern at the same time on the zone's clocks, whatever daylight saving does meanwhile. */
export const classesBy = (pattern: ClassPattern, zone: string): Instants[] =>
	daysOf(pattern).map((day) => instantsOf({ day, from: pattern.from, to: pattern.to }, zone));

const DAY = 86_400_000;

/** How classes that are there seem to have been planned, so that the next ones can be like them; null where there are none. */
export function patternOf(
	meetings: readonly Pick<Meeting, 'starts_at' | 'ends_at' | 'is_cancelled'>[],
	zone: string
): Pick<ClassPattern, 'from' | 'to' | 'every' | 'count'> | null {
	const held = meetings.filter(({ is_cancelled }) => !is_cancelled).map((meeting) => timesOf(meeting, zone));
	const [first, second] = held;
	if (!first) return null;
	const { from, to } = first;
	if (!second) return { from, to, every: 'once', count: 1 };
	const apart = Math.round((Date.parse(second.day) - Date.parse(first.day)) / DAY);
	const every = apart >= 28 ? 'month' : apart >= 14 ? 'two_weeks' : 'week';
	return { from, to, every, count: Math.min(held.length, MOST_CLASSES) };
}
