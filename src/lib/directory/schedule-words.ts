/** Schedules and weeks in words. */
import { m } from '$lib/paraglide/messages';
import { WEEKDAYS } from './hours-notation';
import { addDays, dateIn, instantOf, timeIn, weekdayName } from './local-time';
import type { Interval, PlaceSchedule } from './types';

/** Any Monday: weekday names are asked of a date. */
const A_MONDAY = '2026-01-05';

const dayName = (code: string) => weekdayName(addDays(A_MONDAY, WEEKDAYS.indexOf(code as (typeof WEEKDAYS)[number])));

/** `09:00` as people say it. */
const clockTime = (time: string) => timeIn('UTC', new Date(`2026-01-05T${time}:00Z`));

/** A schedule in one line, such as "Monday to Friday, 9:00 am to 5:00 pm". */
export function scheduleWords({ freq, byday, opens_at, closes_at, by_appointment }: PlaceSchedule): string {
	if (by_appointment || !byday || !opens_at || !closes_at) return m.open_appointment();
	const days = byday.split(',');
	const when = freq === 'MONTHLY' ? days.map(nthWords).join(', ') : weekdayRanges(days);
	const times =
		opens_at === closes_at
			? m.place_hours_all_day()
			: m.place_from_to({ from: clockTime(opens_at), to: clockTime(closes_at) });
	return `${when}, ${times}`;
}

function nthWords(day: string): string {
	const words: Record<string, () => string> = {
		'1': m.place_nth_1,
		'2': m.place_nth_2,
		'3': m.place_nth_3,
		'4': m.place_nth_4,
		'5': m.place_nth_5,
		'-1': m.place_nth_last
	};
	return m.place_nth_of_month({ nth: words[day.slice(0, -2)]?.() ?? '', day: dayName(day.slice(-2)) });
}

/** Days that follow one another become a range, from three on. */
function weekdayRanges(days: string[]): string {
	const runs: string[][] = [];
	for (const day of WEEKDAYS.filter((code) => days.includes(code))) {
		const run = runs.at(-1);
		const last = run?.at(-1);
		if (run && last && WEEKDAYS.indexOf(day) === WEEKDAYS.indexOf(last as typeof day) + 1) run.push(day);
		else runs.push([day]);
	}
	return runs
		.flatMap((run) =>
			run.length > 2 ? [m.place_from_to({ from: dayName(run[0]!), to: dayName(run.at(-1)!) })] : run.map(dayName)
		)
		.join(', ');
}

export interface DayHours {
	/** `YYYY-MM-DD`, in the place's zone. */
	date: string;
	weekday: string;
	/** Such as "9:00 am to 5:00 pm"; empty where it is closed. */
	spans: string[];
	/** A statutory holiday's name. */
	holiday: string | null;
}

/**
 * The seven days from today with their hours, in the place's zone. An interval belongs to the day on which it opens; what
 * has been open since before today is shown from the beginning of today.
 */
export function weekHours(
	week: readonly Interval[],
	holidays: readonly { date: string; name: string }[],
	zone: string,
	now: Date
): DayHours[] {
	const today = dateIn(zone, now);
	return Array.from({ length: 7 }, (_, index) => {
		const date = addDays(today, index);
		const start = instantOf(`${date}T00:00`, zone).getTime();
		const end = instantOf(`${addDays(date, 1)}T00:00`, zone).getTime();
		const dayBefore = instantOf(`${addDays(date, -1)}T00:00`, zone).getTime();
		const spans = week.flatMap(({ opens, closes }) => {
			const from = new Date(opens).getTime();
			const to = new Date(closes).getTime();
			if (from <= start && to >= end) return [m.place_hours_all_day()];
			const beginsToday = from >= start && from < end;
			// A night belongs to the day before; what was open all of that day is shown on this one too.
			const goesOn = from < start && to > start && (index === 0 || from <= dayBefore);
			if (!beginsToday && !goesOn) return [];
			return [m.place_from_to({ from: timeIn(zone, new Date(Math.max(from, start))), to: timeIn(zone, new Date(to)) })];
		});
		const holiday = holidays.find((entry) => entry.date === date)?.name ?? null;
		return { date, weekday: weekdayName(date), spans, holiday };
	});
}
