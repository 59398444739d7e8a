/**
 * The notation for opening hours in import files (docs/import-format.md): a small part of OpenStreetMap's
 * `opening_hours`, with nth weekdays written as in RFC 5545 `BYDAY`. No imports: read by the site and by scripts.
 */

/** A row of HSDS `schedules`. Times are `HH:MM`, local; a closing time at or before the opening time is the next day's. */
export interface Schedule {
	freq: 'WEEKLY' | 'MONTHLY' | null;
	/** RFC 5545 `BYDAY`: `MO,TU`, or `2TU`, `-1SU` with MONTHLY. */
	byday: string | null;
	opens_at: string | null;
	closes_at: string | null;
	/** On a statutory holiday; null where nobody has confirmed it. */
	holidays: 'open' | 'closed' | null;
	by_appointment: boolean;
}

export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string };

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const ALWAYS: Schedule = {
	freq: 'WEEKLY',
	byday: WEEKDAYS.join(','),
	opens_at: '00:00',
	closes_at: '00:00',
	holidays: 'open',
	by_appointment: false
};

const APPOINTMENT: Schedule = {
	freq: null,
	byday: null,
	opens_at: null,
	closes_at: null,
	holidays: null,
	by_appointment: true
};

/**
 * Hours as schedules; an empty text is no schedules (not confirmed). `holidays` is what the file says of statutory
 * holidays. Fails with a sentence that quotes the part that cannot be read.
 */
export function parseHours(text: string, holidays: Schedule['holidays'] = null): Parsed<Schedule[]> {
	const trimmed = text.trim();
	if (trimmed === '') return { ok: true, value: [] };
	if (trimmed === '24/7') return { ok: true, value: [ALWAYS] };
	if (/^by appointment$/i.test(trimmed)) return { ok: true, value: [APPOINTMENT] };

	const schedules: Schedule[] = [];
	for (const rule of trimmed.split(';').map((part) => part.trim())) {
		if (rule === '') continue;
		const [daysText, timesText, ...rest] = rule.split(/\s+/);
		if (!daysText || !timesText || rest.length > 0) {
			return { ok: false, reason: `“${rule}” should be days, a space and times, such as “Mo-Fr 09:00-17:00”.` };
		}
		const days = parseDays(daysText);
		if (!days.ok) return days;
		for (const span of timesText.split(',')) {
			const times = parseTimes(span);
			if (!times.ok) return times;
			schedules.push({ ...days.value, ...times.value, holidays, by_appointment: false });
		}
	}
	const only = schedules[0];
	if (
		schedules.length === 1 &&
		only?.byday === ALWAYS.byday &&
		only.opens_at === '00:00' &&
		only.closes_at === '00:00'
	) {
		return { ok: true, value: [ALWAYS] };
	}
	return { ok: true, value: schedules };
}

function parseDays(text: string): Parsed<Pick<Schedule, 'freq' | 'byday'>> {
	const unreadable = { ok: false, reason: `“${text}” is not days: write “Mo-Fr”, “Sa,Su” or “2Tu”.` } as const;
	const parts = text.split(',');
	if (parts.every((part) => /^(-1|[1-5])[A-Za-z]{2}$/.test(part))) {
		const nth = parts.map((part) => part.toUpperCase());
		if (!nth.every((part) => isWeekday(part.slice(-2)))) return unreadable;
		return { ok: true, value: { freq: 'MONTHLY', byday: nth.join(',') } };
	}
	const days = new Set<Weekday>();
	for (const part of parts) {
		const [from, to = from, ...rest] = part.toUpperCase().split('-');
		if (!from || !to || rest.length > 0 || !isWeekday(from) || !isWeekday(to)) return unreadable;
		// Sa-Mo goes round the end of the week.
		const first = WEEKDAYS.indexOf(from);
		const length = (WEEKDAYS.indexOf(to) - first + 7) % 7;
		for (let day = first; day <= first + length; day++) days.add(WEEKDAYS[day % 7]!);
	}
	return { ok: true, value: { freq: 'WEEKLY', byday: WEEKDAYS.filter((day) => days.has(day)).join(',') } };
}

function parseTimes(text: string): Parsed<{ opens_at: string; closes_at: string }> {
	const match = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(text);
	const [opensHour, opensMinute, closesHour, closesMinute] = (match ?? []).slice(1).map(Number);
	const readable =
		match && opensHour! <= 23 && opensMinute! <= 59 && (closesHour! <= 23 || (closesHour === 24 && closesMinute === 0));
	if (!readable || closesMinute! > 59) return { ok: false, reason: `“${text}” is not times: write “09:00-17:00”.` };
	const clock = (hour: number, minute: number) =>
		`${String(hour % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
	return {
		ok: true,
		value: { opens_at: clock(opensHour!, opensMinute!), closes_at: clock(closesHour!, closesMinute!) }
	};
}

function isWeekday(text: string): text is Weekday {
	return (WEEKDAYS as readonly string[]).includes(text);
}
