/** Calendar files (RFC 5545): of one training, or of all of them as a feed. */
import { TZDate, tzOffset } from '@date-fns/tz';
import ical, { escape, ICalCalendarMethod, ICalEventStatus, type ICalEventData } from 'ical-generator';
import { vtimezone } from './vtimezone';

export interface CalendarClass {
	/** UUID; stable for ever. */
	id: string;
	/** ISO instants. */
	starts_at: string;
	ends_at: string;
	/** Rises with every change. */
	sequence: number;
	is_cancelled: boolean;
	/** ISO instant: when it was last changed. */
	changed_at: string;
	summary: string;
	description?: string;
	location?: string;
	/** Absolute. */
	url?: string;
}

export interface Calendar {
	/** Shown by calendar programs. */
	name: string;
	/** IANA. */
	time_zone: string;
	classes: readonly CalendarClass[];
	/** Where the feed itself is, absolute, for subscribers. */
	url?: string;
}

const HOUR = 3600_000;

/** Seconds. */
const REFRESHED_EVERY = 6 * 3600;

/**
 * Text as the format can carry it: every kind of line break is a newline, since some programs would end the line at it,
 * and control characters and halves of characters, which have no place in a file, are gone.
 */
const plain = (text: string): string =>
	text.replaceAll(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n').replaceAll(/(?![\t\n])[\p{Cc}\p{Cs}]/gu, '');

/** Without the letters that the library would escape as in a text, which an address must not be. */
const address = (url: string): string => new URL(url).href.replaceAll(/[,;\\]/g, encodeURIComponent);

/**
 * Whether the clocks go back in it or within three hours of it, and show some times twice. RFC 5545, section 3.3.5, takes
 * the first of the two, some programs take the second: then its times are better written in UTC.
 */
const isDoubtful = (start: Date, end: Date, zone: string): boolean =>
	tzOffset(zone, new Date(start.getTime() - 3 * HOUR)) > tzOffset(zone, new Date(end.getTime() + 3 * HOUR));

function eventOf(each: CalendarClass, zone: string): ICalEventData {
	const [start, end] = [new TZDate(each.starts_at, zone), new TZDate(each.ends_at, zone)];
	const changed = new Date(each.changed_at);
	return {
		id: `${each.id}@bearings`,
		sequence: each.sequence,
		start,
		end,
		timezone: isDoubtful(start, end, zone) ? null : zone,
		stamp: changed,
		lastModified: changed,
		status: each.is_cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
		summary: plain(each.summary),
		description: each.description && plain(each.description),
		location: each.location && plain(each.location),
		url: each.url && address(each.url)
	};
}

/** The zone between the first and the last of the classes; of 1970 where there are none, as a file must not be empty. */
function zoneOf({ time_zone, classes }: Calendar): string {
	const times = classes.flatMap(({ starts_at, ends_at }) => [Date.parse(starts_at), Date.parse(ends_at)]);
	const [first, last] = times.length ? [Math.min(...times), Math.max(...times)] : [0, 0];
	return vtimezone(time_zone, new Date(first), new Date(last));
}

/**
 * The same classes make the same file, letter by letter. One that is cancelled stays in it as CANCELLED, so that the
 * calendars of those who have it take it away. It has no alarms: people set their own.
 *
 * The library writes a zone between the calendar's properties, where the grammar has none, its DTSTAMP as a local time,
 * and the calendar's name as it comes. So it is told of no zone for the calendar, gets the name escaped, and the zone and
 * the end of the last line are put in here.
 * @throws RangeError for a zone or a time that is none (Error for `changed_at`), TypeError for an address that is none
 */
export function calendarFile(calendar: Calendar): string {
	const zone = zoneOf(calendar);
	const file = ical({
		prodId: '//Bearings//Training//EN',
		method: ICalCalendarMethod.PUBLISH,
		name: escape(plain(calendar.name), false),
		source: calendar.url && address(calendar.url),
		ttl: REFRESHED_EVERY,
		events: calendar.classes.map((each) => eventOf(each, calendar.time_zone))
	}).toString();
	return `${file.replace(/(?<=\r\n)(?=BEGIN:VEVENT|END:VCALENDAR)/, () => zone)}\r\n`;
}
