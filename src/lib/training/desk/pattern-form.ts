/** The fields by which classes are planned: the first day, from when to when, how often, how many; pure. */
import { z } from 'zod';
import { isDay, isTime } from '$lib/forms/typed';
import { m } from '$lib/paraglide/messages';
import { classesBy, MOST_CLASSES, MOST_LEFT_OUT, RHYTHMS, type ClassPattern } from './class-pattern';
import { day, daysIn, time, whole, words } from './desk-fields';

const Count = whole(m.cohort_count, { least: 1, most: MOST_CLASSES, standard: '1' });

export const patternFields = {
	first: day,
	from: time,
	to: time,
	every: z.enum(RHYTHMS).default('once'),
	count: Count,
	without: words(2000)
};

export interface PatternTyped {
	first: string;
	from: string;
	to: string;
	every: (typeof RHYTHMS)[number];
	count: string;
	without: string;
}

export interface Fault<Field extends string> {
	field: Field;
	message: string;
}

/** What is wrong with a day and two times, as they were typed. */
export function timesFaults<Day extends string>(
	typed: { day: string; from: string; to: string },
	{ field, today }: { field: Day; today: string | null }
): Fault<Day | 'from' | 'to'>[] {
	const faults: Fault<Day | 'from' | 'to'>[] = [];
	if (!isDay(typed.day)) faults.push({ field, message: m.cohort_error_day() });
	else if (today !== null && typed.day < today) faults.push({ field, message: m.cohort_error_past() });
	if (!isTime(typed.from)) faults.push({ field: 'from', message: m.cohort_error_from() });
	if (!isTime(typed.to)) faults.push({ field: 'to', message: m.cohort_error_to() });
	else if (isTime(typed.from) && typed.to <= typed.from) faults.push({ field: 'to', message: m.cohort_error_order() });
	return faults;
}

/** Now, and the day that it is where the program is. */
export interface Present {
	zone: string;
	now: Date;
	/** `YYYY-MM-DD` */
	today: string;
}

/** What is wrong with a pattern. */
export function patternFaults(typed: PatternTyped, { zone, now, today }: Present): Fault<keyof PatternTyped>[] {
	const faults: Fault<keyof PatternTyped>[] = timesFaults({ ...typed, day: typed.first }, { field: 'first', today });
	const { days, wrong } = daysIn(typed.without);
	if (wrong) faults.push({ field: 'without', message: m.cohort_error_without({ line: wrong.slice(0, 40) }) });
	else if (days.length > MOST_LEFT_OUT)
		faults.push({ field: 'without', message: m.cohort_error_without_many({ most: MOST_LEFT_OUT }) });
	const [begins] =
		faults.length === 0 && !Count.safeParse(typed.count).error ? classesBy(patternTyped(typed), zone) : [];
	if (begins && Date.parse(begins.starts_at) <= now.getTime())
		faults.push({ field: 'first', message: m.cohort_error_past() });
	return faults;
}

/** Of what has no fault. */
export const patternTyped = ({ first, from, to, every, count, without }: PatternTyped): ClassPattern => ({
	first,
	from,
	to,
	every,
	count: Number(count),
	without: daysIn(without).days
});
