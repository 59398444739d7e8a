/** A meeting's times in words, and when it may be checked in to. */
import type { Instants } from '$lib/directory/day-times';
import { addDays, dateIn, timeIn, weekdayName } from '$lib/directory/local-time';

/** `Tuesday 24 November, 2:00 pm to 3:30 pm`; `today` and `tomorrow` are the reader's words for those days. */
export function meetingInWords(
	{ starts_at, ends_at }: Instants,
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

export const isOver = ({ ends_at }: Pick<Instants, 'ends_at'>, now: Date): boolean => new Date(ends_at) <= now;

/** Whether a worker may say "I'm here": from an hour before it begins until its end. */
export const mayCheckIn = ({ starts_at, ends_at }: Instants, now: Date): boolean =>
	new Date(starts_at).getTime() - now.getTime() <= 60 * 60_000 && !isOver({ ends_at }, now);
