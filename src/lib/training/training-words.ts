/** Dates, seats and places of a training in words. */
import { dateIn, timeIn, weekdayName } from '$lib/directory/local-time';
import { m } from '$lib/paraglide/messages';
import { dayInWords, dayThere } from '$lib/ui/day';
import type { Meeting, TrainingCard } from './training';

function seatsInWords({ seats_left, line }: Pick<TrainingCard, 'seats_left' | 'line'>): string {
	if (seats_left > 0) return seats_left === 1 ? m.training_seats_one() : m.training_seats({ seats: seats_left });
	if (line > 0) return line === 1 ? m.training_line_one() : m.training_line({ people: line });
	return m.training_seats_none();
}

const dayAndTime = (instant: string, zone: string) => ({
	day: dayThere(instant, zone),
	time: timeIn(zone, new Date(instant))
});

/** How it stands with signing up: what somebody who would like to come wants to know first. */
export function standingInWords(training: TrainingCard): string {
	const { kind, state, opens_at, closes_at, time_zone } = training;
	switch (state) {
		case 'open': {
			const seats = kind === 'application' ? m.training_apply() : seatsInWords(training);
			return closes_at ? `${seats} ${m.training_until(dayAndTime(closes_at, time_zone))}` : seats;
		}
		case 'closed':
			return m.training_closed();
		case 'running':
			return m.training_running();
		case 'finished':
			return m.training_finished();
		case 'cancelled':
			return m.training_cancelled();
		default:
			return opens_at ? m.training_opens(dayAndTime(opens_at, time_zone)) : m.training_not_open();
	}
}

/** From when, and how many classes; or that the days are not known yet. */
export function datesInWords({ starts_at, classes, time_zone }: TrainingCard): string {
	if (!starts_at) return m.training_dates_unknown();
	const day = dayThere(starts_at, time_zone);
	return classes === 1 ? m.training_dates_one({ day }) : m.training_dates({ day, classes });
}

/** Where it is in a line; empty where nothing is said. */
export function whereInWords({ is_online, place, area }: TrainingCard): string {
	const there = place?.name ?? area ?? '';
	if (is_online) return there ? m.training_where_both({ place: there }) : m.training_where_online();
	return there;
}

/** Whose clocks the times are by, for somebody who may be far away: zones are named after a city. */
export const zoneInWords = ({ time_zone }: Pick<TrainingCard, 'time_zone'>): string =>
	m.training_zone({ place: time_zone.split('/').at(-1)!.replaceAll('_', ' ') });

/** "Tuesday, 5 January 2027, 10:00 am to 1:00 pm", in the program's zone. */
export function meetingInWords(
	{ starts_at, ends_at }: Pick<Meeting, 'starts_at' | 'ends_at'>,
	{ time_zone: zone }: Pick<TrainingCard, 'time_zone'>
): string {
	const [from, to] = [new Date(starts_at), new Date(ends_at)];
	const date = dateIn(zone, from);
	return m.training_meeting({
		weekday: weekdayName(date),
		day: dayInWords(date),
		from: timeIn(zone, from),
		to: timeIn(zone, to)
	});
}
