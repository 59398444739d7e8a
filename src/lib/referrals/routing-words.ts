/** Faults of working hours, and the database's refusals about routing, in words. */
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import { weekdayName } from '$lib/directory/local-time';
import type { HoursFault, HoursKey } from './routing-hours';

/** The name of an ISO 8601 weekday: 1 is Monday. The first of January 2024 was one. */
export const nameOfWeekday = (weekday: number): string =>
	weekdayName(`2024-01-0${weekday}`, getLocale() === 'en' ? 'en-CA' : getLocale());

const faults: Record<HoursFault, (day: { day: string }) => string> = {
	not_a_time: m.routing_error_hours_not_a_time,
	half: m.routing_error_hours_half,
	backwards: m.routing_error_hours_backwards,
	overlap: m.routing_error_hours_overlap,
	no_day: m.routing_error_hours_no_day
};

export const hoursFaultInWords = (key: HoursKey, fault: HoursFault): string =>
	faults[fault]({ day: nameOfWeekday(Number(key.slice('day'.length, 'dayN'.length))) });

/** Why the database refused a change of routing. */
const refusals = {
	not_allowed: m.routing_refused_not_allowed,
	not_found: m.routing_refused_not_found,
	name_taken: m.routing_refused_name_taken,
	overlap: m.routing_refused_overlap
} as const;

export type Refusal = keyof typeof refusals;

export const REFUSALS = Object.keys(refusals) as [Refusal, ...Refusal[]];

export const refusalInWords = (refusal: Refusal): string => refusals[refusal]();
