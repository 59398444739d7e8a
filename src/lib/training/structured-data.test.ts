import { describe, expect, test } from 'vitest';
import { jsonLd, structuredData } from './structured-data';
import type { Meeting, Training } from './training';

const ADDRESSES = { url: 'https://bearings.example/training/winter', siteUrl: 'https://bearings.example' };

const meeting = (starts_at: string, ends_at: string, given: Partial<Meeting> = {}) =>
	({ starts_at, ends_at, topic: '', is_cancelled: false, ...given }) as Meeting;

const FIRST = meeting('2027-03-09T15:00:00Z', '2027-03-09T18:00:00Z');
const SECOND = meeting('2027-03-16T14:00:00Z', '2027-03-16T17:00:00Z', { topic: 'Listening', is_cancelled: true });

const training = (given: Partial<Training> = {}) =>
	({
		slug: 'winter',
		kind: 'open_sign_up',
		state: 'open',
		title: 'Winter',
		summary: 'Two classes.',
		program: 'A programme',
		program_slug: 'a-programme',
		time_zone: 'America/Toronto',
		area: null,
		area_id: null,
		is_online: false,
		opens_at: null,
		closes_at: null,
		starts_at: '2027-03-09T15:00:00Z',
		ends_at: '2027-03-16T17:00:00Z',
		classes: 2,
		seats_left: 3,
		line: 0,
		place: { slug: 'the-hall', name: 'The hall', address: '1 Main Street', lat: 49.25, lng: -123.1 },
		about: 'Paragraphs.',
		who_for: '',
		cost: '12 dollars',
		support: '',
		meetings: [FIRST, SECOND],
		...given
	}) as Training;

/** As a search engine reads it: without what is undefined. */
const data = (given: Partial<Training> = {}) =>
	JSON.parse(jsonLd(structuredData(training(given), ADDRESSES))) as Record<string, unknown> & {
		hasCourseInstance: Record<string, unknown> & { subEvent: Record<string, unknown>[] };
	};

const HALL = {
	'@type': 'Place',
	name: 'The hall',
	address: '1 Main Street',
	url: 'https://bearings.example/places/the-hall',
	geo: { '@type': 'GeoCoordinates', latitude: 49.25, longitude: -123.1 }
};
const PROGRAM = { '@type': 'Organization', name: 'A programme' };
const ONLINE = { '@type': 'VirtualLocation', url: ADDRESSES.url };

test('a training of several classes is a course with one instance, in the zone of its program', () => {
	const held = {
		eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
		location: HALL,
		organizer: PROGRAM
	};
	expect(data()).toEqual({
		'@context': 'https://schema.org',
		'@type': 'Course',
		name: 'Winter',
		description: 'Two classes.',
		url: ADDRESSES.url,
		provider: PROGRAM,
		hasCourseInstance: {
			'@type': 'CourseInstance',
			name: 'Winter',
			courseMode: 'onsite',
			startDate: '2027-03-09T10:00:00-05:00',
			endDate: '2027-03-16T13:00:00-04:00',
			eventStatus: 'https://schema.org/EventScheduled',
			...held,
			subEvent: [
				{
					'@type': 'Event',
					name: 'Winter',
					startDate: '2027-03-09T10:00:00-05:00',
					endDate: '2027-03-09T13:00:00-05:00',
					eventStatus: 'https://schema.org/EventScheduled',
					...held
				},
				{
					'@type': 'Event',
					name: 'Listening',
					startDate: '2027-03-16T10:00:00-04:00',
					endDate: '2027-03-16T13:00:00-04:00',
					eventStatus: 'https://schema.org/EventCancelled',
					...held
				}
			]
		}
	});
});

test('a training of one class is an event', () => {
	expect(data({ meetings: [FIRST], time_zone: 'America/Vancouver' })).toEqual({
		'@context': 'https://schema.org',
		'@type': 'Event',
		name: 'Winter',
		description: 'Two classes.',
		url: ADDRESSES.url,
		startDate: '2027-03-09T08:00:00-07:00',
		endDate: '2027-03-09T11:00:00-07:00',
		eventStatus: 'https://schema.org/EventScheduled',
		eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
		location: HALL,
		organizer: PROGRAM
	});
});

test('a training whose days are not known has none', () => {
	const { hasCourseInstance } = data({ meetings: [], starts_at: null, ends_at: null });
	expect(hasCourseInstance.subEvent).toEqual([]);
	expect(Object.keys(hasCourseInstance)).not.toContain('startDate');
});

test('when it is cancelled, all its classes are', () => {
	const { hasCourseInstance } = data({ state: 'cancelled' });
	const all = [hasCourseInstance, ...hasCourseInstance.subEvent].map(({ eventStatus }) => eventStatus);
	expect(new Set(all)).toEqual(new Set(['https://schema.org/EventCancelled']));
	expect(data({ state: 'cancelled', meetings: [FIRST] })['eventStatus']).toBe('https://schema.org/EventCancelled');
});

describe('where', () => {
	const AREA = { '@type': 'Place', name: 'Kitsilano' };
	test.each<[Partial<Training>, string, string, unknown]>([
		[{ is_online: true, place: null }, 'online', 'Online', ONLINE],
		[{ is_online: true }, 'blended', 'Mixed', [HALL, ONLINE]],
		[{ is_online: true, place: null, area: 'Kitsilano' }, 'blended', 'Mixed', [AREA, ONLINE]],
		[{ place: null, area: 'Kitsilano' }, 'onsite', 'Offline', AREA],
		[{ place: null }, 'onsite', 'Offline', undefined],
		[
			{ place: { slug: null, name: 'Somewhere', address: '', lat: null, lng: null } },
			'onsite',
			'Offline',
			{ '@type': 'Place', name: 'Somewhere' }
		]
	])('%j is %s', (given, courseMode, attendance, location) => {
		const { hasCourseInstance } = data(given);
		expect(hasCourseInstance['courseMode']).toBe(courseMode);
		expect(hasCourseInstance['eventAttendanceMode']).toBe(`https://schema.org/${attendance}EventAttendanceMode`);
		expect(hasCourseInstance['location']).toEqual(location);
	});
});

test('what it costs, which is written freely, is nowhere', () => expect(jsonLd(data())).not.toContain('12 dollars'));

test('its paragraphs stand for a summary that nobody wrote', () =>
	expect(data({ summary: '' })['description']).toBe('Paragraphs.'));

test.each(['</script><script>alert(1)</script>', '<!-- <script>', '</SCRIPT >', '\u2028 & " \\'])(
	'%j ends no script and comes back',
	(typed) => {
		const text = jsonLd(structuredData(training({ title: typed }), ADDRESSES));
		expect(text).not.toContain('<');
		expect(JSON.parse(text)).toMatchObject({ name: typed });
	}
);
