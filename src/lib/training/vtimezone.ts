/**
 * What a calendar file says of its time zone (RFC 5545, section 3.6.5), from `Intl` alone, so that it is as fresh as the
 * zone data of whatever runs it: lists kept in libraries lag behind, and British Columbia's clocks have not changed since 2026.
 */
import { tzName, tzOffset } from '@date-fns/tz';

const DAY = 24 * 3600_000;

/** From `at` on, the zone's clocks are `to` seconds ahead of UTC; before it they were `from` seconds ahead. */
interface Change {
	at: Date;
	from: number;
	to: number;
}

const secondsAhead = (zone: string, at: number): number => Math.round(tzOffset(zone, new Date(at)) * 60);

/** The first whole second after `before`, and not after `after`, at which the offset is no more what it was. */
function changeBetween(zone: string, before: number, after: number): number {
	const from = secondsAhead(zone, before);
	let [low, high] = [before / 1000, after / 1000];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (secondsAhead(zone, middle * 1000) === from) low = middle;
		else high = middle;
	}
	return high * 1000;
}

/** By steps of four weeks: the shortest time that a zone keeps to an offset is Morocco's Ramadan, which is longer. */
function changesBetween(zone: string, start: number, end: number): Change[] {
	const changes: Change[] = [];
	let from = secondsAhead(zone, start);
	for (let time = start; time < end; time += 28 * DAY) {
		const next = Math.min(time + 28 * DAY, end);
		const to = secondsAhead(zone, next);
		if (from !== to) changes.push({ at: new Date(changeBetween(zone, time, next)), from, to });
		from = to;
	}
	return changes;
}

/**
 * The change that was in force at `first` and those up to `last`. The one in force is searched for a year back; where
 * there was none, the year's beginning stands for it, with the same offset before and after.
 */
function observances(zone: string, first: Date, last: Date): Change[] {
	const [start, end] = [Math.floor(first.getTime() / 1000) * 1000, Math.ceil(last.getTime() / 1000) * 1000];
	const aYearBefore = start - 366 * DAY;
	const offset = secondsAhead(zone, aYearBefore);
	const before = changesBetween(zone, aYearBefore, start).at(-1);
	return [before ?? { at: new Date(aYearBefore), from: offset, to: offset }, ...changesBetween(zone, start, end)];
}

/** `-0700`, `+0545`; seconds only where there are some. */
function utcOffset(seconds: number): string {
	const size = Math.abs(seconds);
	const parts = [size / 3600, (size / 60) % 60, size % 60].map((part) => String(Math.floor(part)).padStart(2, '0'));
	return `${seconds < 0 ? '-' : '+'}${(parts[2] === '00' ? parts.slice(0, 2) : parts).join('')}`;
}

/** `20271107T020000`: what the clocks, still `ahead` seconds ahead of UTC, would show. */
const clockTime = (at: Date, ahead: number): string =>
	new Date(at.getTime() + ahead * 1000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');

/**
 * One VTIMEZONE, its lines ended by CRLF, with an observance for each offset that the zone has between two instants, and
 * no rule for years that nobody asked about. Those for which the clocks go forward are DAYLIGHT; one alone is STANDARD,
 * because Outlook repeats each observance every year, but takes a zone without DAYLIGHT for one that keeps its offset.
 * @param zone IANA name
 * @throws RangeError where there is no such zone
 */
export function vtimezone(zone: string, first: Date, last: Date): string {
	if (Number.isNaN(tzOffset(zone, first))) throw new RangeError(`Not a time zone, or not a time: ${zone}`);
	const found = observances(zone, first, last);
	const lines = found.flatMap(({ at, from, to }) => {
		const kind = to > from && found.length > 1 ? 'DAYLIGHT' : 'STANDARD';
		return [
			`BEGIN:${kind}`,
			`DTSTART:${clockTime(at, from)}`,
			`TZOFFSETFROM:${utcOffset(from)}`,
			`TZOFFSETTO:${utcOffset(to)}`,
			`TZNAME:${tzName(zone, at, 'short')}`,
			`END:${kind}`
		];
	});
	return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...lines, 'END:VTIMEZONE', ''].join('\r\n');
}
