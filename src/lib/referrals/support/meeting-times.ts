/** A meeting's day and times as a form has them, and the instants that they are where the program is. */
import { addDays, dateIn, instantOf, timeIn, weekdayName } from '$lib/directory/local-time';

export interface MeetingTimes {
	/** `YYYY-MM-DD` */
	day: string;
	/** `HH:MM`; an end that is before the beginning is on the next day. */
	from: string;
	to: string;
}

/** ISO 8601. */
export interface MeetingInstants {
	starts_at: string;
	ends_at: string;
}

export function instantsOf({ day, from, to }: MeetingTimes, zone: string): MeetingInstants {
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

/** The same the other way: what a form shows of a meeting. */
export function timesOf({ starts_at, ends_at }: MeetingInstants, zone: string): MeetingTimes {
	const [starts, ends] = [new Date(starts_at), new Date(ends_at)];
	return { day: dateIn(zone, starts), from: clockIn(zone, starts), to: clockIn(zone, ends) };
}

/** `Tuesday 24 November, 2:00 pm to 3:30 pm`; `today` and `tomorrow` are the reader's words for those days. */
export function meetingInWords(
	{ starts_at, ends_at }: MeetingInstants,
	{ zone, day: present, words }: { zone: string; day: string; words: { today: string; tomorrow: string } }
): { day: string; from: string; to: string } {
	const [starts, ends] = [new Date(starts_at), new Date(ends_at)];
	const day = dateIn(zone, starts);
	const date = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long' }).format(
		new Date(`${day}T00:00:00Z`)
	);
	const named = day === present ? words.today : day === addDays(present, 1) ? words.tomorrow : undefined;
	return { day: named ?? `${weekdayName(day)} ${date}`, from: timeIn(zone, starts), to: timeIn(zone, ends) };
}

export const isOver = ({ ends_at }: Pick<MeetingInstants, 'ends_at'>, now: Date): boolean => new Date(ends_at) <= now;

/** Whether a worker may say "I'm here": from an hour before it begins until its end. */
export const mayCheckIn = ({ starts_at, ends_at }: MeetingInstants, now: Date): boolean =>
	new Date(starts_at).getTime() - now.getTime() <= 60 * 60_000 && !isOver({ ends_at }, now);
