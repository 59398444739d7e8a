/** Instants and local times of a zone, by `Intl` alone, so that they are right wherever the code runs. */

const STYLES = {
	parts: {
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit'
	},
	clock: { hour: 'numeric', minute: '2-digit' },
	weekday: { weekday: 'long' }
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Kept, as there are few zones and languages: to make one takes many times as long as to use it. */
function formatter(style: keyof typeof STYLES, zone: string, locale = 'en-CA'): Intl.DateTimeFormat {
	const key = `${style} ${zone} ${locale}`;
	const made = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: zone, ...STYLES[style] });
	formatters.set(key, made);
	return made;
}

const partsOf = (instant: Date, zone: string): Record<string, number> =>
	Object.fromEntries(
		formatter('parts', zone)
			.formatToParts(instant)
			.map(({ type, value }) => [type, Number(value)])
	);

/** Milliseconds that the zone is ahead of UTC at an instant. */
function offset(instant: Date, zone: string): number {
	const p = partsOf(instant, zone);
	const local = Date.UTC(p.year!, p.month! - 1, p.day!, p.hour!, p.minute!, p.second!);
	return local - Math.floor(instant.getTime() / 1000) * 1000;
}

/**
 * The instant at which the zone's clocks show `local` (`YYYY-MM-DDTHH:MM`, seconds allowed). A time that the clocks skip
 * in spring is read as the one they show then; one that comes twice in autumn is the first.
 */
export function instantOf(local: string, zone: string): Date {
	const asUtc = new Date(`${local}Z`).getTime();
	const first = asUtc - offset(new Date(asUtc - 24 * 3600_000), zone);
	const offsetThere = offset(new Date(first), zone);
	const second = asUtc - offsetThere;
	return offset(new Date(second), zone) === offsetThere ? new Date(second) : new Date(first);
}

/** The zone's date at an instant, `YYYY-MM-DD`. */
export function dateIn(zone: string, instant: Date): string {
	const p = partsOf(instant, zone);
	return `${p.year}-${String(p.month).padStart(2, '0')}-${String(p.day).padStart(2, '0')}`;
}

/** The date `days` after a date, both `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
	const day = new Date(`${date}T00:00:00Z`);
	day.setUTCDate(day.getUTCDate() + days);
	return day.toISOString().slice(0, 10);
}

/** Clock time in the zone, such as `9:00 am`. */
export function timeIn(zone: string, instant: Date, locale?: string): string {
	return formatter('clock', zone, locale)
		.format(instant)
		.replaceAll('.', '')
		.replaceAll(/[\u00a0\u202f]/g, ' ');
}

/** The weekday's name of a `YYYY-MM-DD` date. */
export function weekdayName(date: string, locale?: string): string {
	return formatter('weekday', 'UTC', locale).format(new Date(`${date}T00:00:00Z`));
}
