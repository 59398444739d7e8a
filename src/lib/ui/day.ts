import { dateIn, timeIn, weekdayName } from '$lib/directory/local-time';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';

/** A calendar day (`YYYY-MM-DD`) in words: "22 November 2026". */
export function dayInWords(day: string): string {
	const format = new Intl.DateTimeFormat(getLocale() === 'en' ? 'en-GB' : getLocale(), {
		day: 'numeric',
		month: 'long',
		year: 'numeric',
		timeZone: 'UTC'
	});
	return format.format(new Date(`${day}T00:00:00Z`));
}

/** The day of an instant where the program is: "22 November 2026". */
export const dayThere = (instant: string, zone: string): string => dayInWords(dateIn(zone, new Date(instant)));

/** An instant where the program is: "Tuesday, 24 November 2026, 5:00 pm". */
export function momentThere(instant: string, zone: string): string {
	const at = new Date(instant);
	const day = dateIn(zone, at);
	return m.moment_there({ weekday: weekdayName(day), day: dayInWords(day), time: timeIn(zone, at) });
}
