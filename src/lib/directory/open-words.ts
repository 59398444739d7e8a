/** Whether a place is open, in words. */
import { m } from '$lib/paraglide/messages';
import { addDays, dateIn, timeIn, weekdayName } from './local-time';
import type { OpenNow } from './types';

const DAY_MS = 86_400_000;

/** `zone` is the place's time zone; `now` the instant that the answer was given for. */
export function openWords(open: OpenNow, zone: string, now: Date): string {
	if (open.state === 'appointment') return m.open_appointment();
	if (open.state === 'unconfirmed') return m.open_unconfirmed();
	if (open.state === 'open') {
		if (!open.until) return m.open_always();
		const closes = new Date(open.until);
		// Days ahead the time of day alone would be misread.
		return closes.getTime() - now.getTime() < DAY_MS
			? m.open_until({ time: timeIn(zone, closes) })
			: m.places_open_now();
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
	// Rounded before it is written: 950 m is 1.0 km, not 0.9.
	const hundreds = Math.round(metres / 100);
	return m.distance_kilometres({ kilometres: hundreds < 100 ? (hundreds / 10).toFixed(1) : Math.round(metres / 1000) });
}
