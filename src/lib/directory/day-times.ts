/** A day and two times as a form has them, and the instants that they are where the program is. */
import { addDays, dateIn, instantOf } from './local-time';

export interface DayTimes {
	/** `YYYY-MM-DD` */
	day: string;
	/** `HH:MM`; an end that is before the beginning is on the next day. */
	from: string;
	to: string;
}

/** ISO 8601. */
export interface Instants {
	starts_at: string;
	ends_at: string;
}

export function instantsOf({ day, from, to }: DayTimes, zone: string): Instants {
	const lastDay = to < from ? addDays(day, 1) : day;
	return {
		starts_at: instantOf(`${day}T${from}`, zone).toISOString(),
		ends_at: instantOf(`${lastDay}T${to}`, zone).toISOString()
	};
}

const clockIn = (zone: string, instant: Date) =>
	new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
		instant
	);

/** The same the other way: what a form shows. */
export function timesOf({ starts_at, ends_at }: Instants, zone: string): DayTimes {
	const [starts, ends] = [new Date(starts_at), new Date(ends_at)];
	return { day: dateIn(zone, starts), from: clockIn(zone, starts), to: clockIn(zone, ends) };
}
