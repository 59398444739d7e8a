/** A program's working hours: as the form has them, as the database has them, and what can be wrong with them. */

/** ISO 8601: 1 is Monday. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Two shifts a day, with a break between. */
export const PARTS = ['opens', 'closes', 'opens_again', 'closes_again'] as const;
export type Part = (typeof PARTS)[number];

export type HoursKey = `day${Weekday}_${Part}`;
export const hoursKey = (weekday: Weekday, part: Part): HoursKey => `day${weekday}_${part}`;
export const HOURS_KEYS = WEEKDAYS.flatMap((weekday) => PARTS.map((part) => hoursKey(weekday, part)));

/** What stands in the fields of a week: `09:00`, or nothing. */
export type Week = Record<HoursKey, string>;

export interface Shift {
	weekday: number;
	/** `09:00`, or with seconds as the database writes it. */
	opens_at: string;
	closes_at: string;
}

export type HoursFault = 'not_a_time' | 'half' | 'backwards' | 'overlap' | 'no_day';

const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/** `9:00` as `09:00`; null for what is no time of the day. */
const readTime = (typed: string): string | null => (TIME.test(typed) ? typed.padStart(5, '0') : null);

/** The week as shifts, and each field at fault: one a day, the first; `no_day` where nothing is filled in at all. */
export function readWeek(week: Week): { shifts: Shift[]; faults: { key: HoursKey; fault: HoursFault }[] } {
	const days = WEEKDAYS.map((weekday) => readDay(week, weekday));
	const shifts = days.flatMap((day) => day.shifts);
	const faults = days.flatMap((day) => (day.fault ? [day.fault] : []));
	if (shifts.length === 0 && faults.length === 0) faults.push({ key: 'day1_opens', fault: 'no_day' });
	return { shifts, faults };
}

function readDay(week: Week, weekday: Weekday): { shifts: Shift[]; fault?: { key: HoursKey; fault: HoursFault } } {
	const at = (part: Part, fault: HoursFault) => ({ shifts: [], fault: { key: hoursKey(weekday, part), fault } });
	const shifts: Shift[] = [];
	for (const [from, until] of [
		['opens', 'closes'],
		['opens_again', 'closes_again']
	] as const) {
		const typed = { from: week[hoursKey(weekday, from)].trim(), until: week[hoursKey(weekday, until)].trim() };
		if (typed.from === '' && typed.until === '') continue;
		if (typed.from === '') return at(from, 'half');
		if (typed.until === '') return at(until, 'half');
		const [opens_at, closes_at] = [readTime(typed.from), readTime(typed.until)];
		if (opens_at === null) return at(from, 'not_a_time');
		if (closes_at === null) return at(until, 'not_a_time');
		if (closes_at <= opens_at) return at(until, 'backwards');
		if (shifts.some((other) => opens_at < other.closes_at && other.opens_at < closes_at)) return at(from, 'overlap');
		shifts.push({ weekday, opens_at, closes_at });
	}
	return { shifts };
}

/** The fields of a week with these shifts; of more than two on a day, the first two. */
export function writeWeek(shifts: readonly Shift[]): Week {
	const week = Object.fromEntries(HOURS_KEYS.map((key) => [key, ''])) as Week;
	for (const weekday of WEEKDAYS) {
		const own = shifts
			.filter((shift) => shift.weekday === weekday)
			.sort((a, b) => a.opens_at.localeCompare(b.opens_at));
		for (const [index, { opens_at, closes_at }] of own.slice(0, 2).entries()) {
			week[hoursKey(weekday, index === 0 ? 'opens' : 'opens_again')] = opens_at.slice(0, 5);
			week[hoursKey(weekday, index === 0 ? 'closes' : 'closes_again')] = closes_at.slice(0, 5);
		}
	}
	return week;
}
