/** Whether a place is open, in words. */
import { m } from '$lib/paraglide/messages';
import { addDays, dateIn, timeIn, weekdayName } from './local-time';
import type { OpenNow } from './types';

/** `zone` is the place's time zone; `now` the instant that the answer was given for. */
export function openWords(open: OpenNow, zone: string, now: Date): string {
	if (open.state === 'appointment') return m.open_appointment();
	if (open.state === 'unconfirmed') return m.open_unconfirmed();
	if (open.state === 'open') {
		return open.until ? m.open_until({ time: timeIn(zone, new Date(open.until)) }) : m.open_always();
	}
	if (!open.opens) return m.open_closed();
	const opens = new Date(open.opens);
	const day = dateIn(zone, opens);
	const today = dateIn(zone, now);
	const time = timeIn(zone, opens);
	if (day === today) return m.open_opens_today({ time });
	if (day === addDays(today, 1)) return m.open_opens_tomorrow({ time });
	// Within a week the weekday is clear; later it would be the wrong one.
	return day < addDays(today, 7) ? m.open_opens_day({ day: weekdayName(day), time }) : m.open_closed();
}

/** A distance as people say it: `350 m away`, `1.2 km away`. */
export function distanceWords(metres: number): string {
	if (metres < 950) return m.distance_metres({ metres: Math.max(50, Math.round(metres / 50) * 50) });
	return m.distance_kilometres({ kilometres: (metres / 1000).toFixed(metres < 9950 ? 1 : 0) });
}

/** The address of a telephone number as people write it; an extension follows a pause. */
export function telephoneHref(number: string): string {
	const [main = '', extension] = number.split(/\s*x\s*/);
	const digits = main.replace(/\D/g, '');
	const dialled = digits.length === 10 ? `+1${digits}` : digits.length === 11 ? `+${digits}` : digits;
	return `tel:${dialled}${extension ? `,${extension}` : ''}`;
}
