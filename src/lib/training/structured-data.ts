/** A training for search engines, in the words of schema.org. */
import { TZDate } from '@date-fns/tz';
import type { Meeting, Training } from './training';

const SCHEMA = 'https://schema.org';

/** The clock of the program's zone with its offset, `2027-01-05T10:00:00-07:00`; nothing for nothing. */
const localTime = (instant: string | null, zone: string): string | undefined =>
	instant ? new TZDate(instant, zone).toISOString().replace(/\.\d+/, '') : undefined;

const organization = (name: string) => ({ '@type': 'Organization', name });

const statusOf = (isCancelled: boolean): string => `${SCHEMA}/${isCancelled ? 'EventCancelled' : 'EventScheduled'}`;

/** A place of the directory has its page; of others there may be no more than the neighbourhood. */
function placeOf({ place, area }: Training, siteUrl: string) {
	if (!place) return area ? { '@type': 'Place', name: area } : undefined;
	const { slug, name, address, lat: latitude, lng: longitude } = place;
	const isKnown = latitude !== null && longitude !== null;
	return {
		'@type': 'Place',
		name,
		address: address || undefined,
		url: slug ? new URL(`/places/${slug}`, siteUrl).href : undefined,
		geo: isKnown ? { '@type': 'GeoCoordinates', latitude, longitude } : undefined
	};
}

/** How one takes part, in the two ways in which schema.org says it, and where. */
function whereOf(training: Training, { url, siteUrl }: Addresses) {
	const place = placeOf(training, siteUrl);
	const online = { '@type': 'VirtualLocation', url };
	if (!training.is_online) return { courseMode: 'onsite', attendance: 'Offline', location: place };
	if (!place) return { courseMode: 'online', attendance: 'Online', location: online };
	return { courseMode: 'blended', attendance: 'Mixed', location: [place, online] };
}

export interface Addresses {
	/** Of the training's page, absolute. */
	url: string;
	/** Of the site, absolute. */
	siteUrl: string;
}

/**
 * A schema.org `Course` with one instance and its classes, or an `Event` for a training of one class. What it costs is
 * written freely and therefore nowhere here. For `jsonLd`: what is unknown is undefined.
 * @throws RangeError for a time zone that is none
 */
export function structuredData(training: Training, addresses: Addresses): object {
	const { title: name, meetings, state, time_zone, starts_at, ends_at } = training;
	const { url } = addresses;
	const { courseMode, attendance, location } = whereOf(training, addresses);
	const about = { name, description: training.summary || training.about || undefined, url };
	const held = {
		eventAttendanceMode: `${SCHEMA}/${attendance}EventAttendanceMode`,
		location,
		organizer: organization(training.program)
	};
	const timesOf = (times: { starts_at: string | null; ends_at: string | null }) => ({
		startDate: localTime(times.starts_at, time_zone),
		endDate: localTime(times.ends_at, time_zone)
	});
	const eventOf = (meeting: Meeting) => ({
		...timesOf(meeting),
		eventStatus: statusOf(state === 'cancelled' || meeting.is_cancelled),
		...held
	});
	const base = { '@context': SCHEMA };

	const [only, ...others] = meetings;
	if (only && !others.length) return { ...base, '@type': 'Event', ...about, ...eventOf(only) };
	return {
		...base,
		'@type': 'Course',
		...about,
		provider: organization(training.program),
		hasCourseInstance: {
			'@type': 'CourseInstance',
			name,
			courseMode,
			...timesOf({ starts_at, ends_at }),
			eventStatus: statusOf(state === 'cancelled'),
			...held,
			subEvent: meetings.map((meeting) => ({ '@type': 'Event', name: meeting.topic || name, ...eventOf(meeting) }))
		}
	};
}

/** The text of a `<script type="application/ld+json">` element: nothing that somebody typed can end it. */
export const jsonLd = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c');
