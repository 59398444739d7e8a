/** How much time is left of a support that ends: days, and visits that are planned. */
import { dateIn } from '$lib/directory/local-time';
import { m } from '$lib/paraglide/messages';

/** From one day to another, negative where it has been. Both `YYYY-MM-DD`. */
export const daysBetween = (from: string, to: string): number =>
	Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

export interface Visit {
	starts_at: string;
	ends_at: string;
	checked_in_at: string | null;
	cancelled_at: string | null;
}

/** What is planned from now to the last day, the next first. */
export function visitsLeft<V extends Visit>(meetings: readonly V[], endsOn: string, zone: string, now: Date): V[] {
	return meetings
		.filter(
			({ cancelled_at, checked_in_at, ends_at, starts_at }) =>
				cancelled_at === null &&
				checked_in_at === null &&
				new Date(ends_at) > now &&
				dateIn(zone, new Date(starts_at)) <= endsOn
		)
		.sort((a, b) => a.starts_at.localeCompare(b.starts_at));
}

/** As one says it: "We have about a month left." */
export function daysLeftInWords(days: number): string {
	if (days < 0) return m.ending_left_over();
	if (days === 0) return m.ending_left_today();
	if (days === 1) return m.ending_left_tomorrow();
	if (days < 7) return m.ending_left_days({ days });
	if (days === 7) return m.ending_left_week();
	if (days < 24) return m.ending_left_weeks({ weeks: Math.round(days / 7) });
	if (days <= 38) return m.ending_left_month();
	return m.ending_left_months({ months: Math.round(days / 30) === 1 ? 2 : Math.round(days / 30) });
}

/** Fewer visits than one in each week that is left: there may be too few to end well. */
export const areVisitsFew = (visits: number, days: number): boolean => days >= 0 && visits < Math.floor(days / 7);
