import { describe, expect, test } from 'vitest';
import { classesCalendar, newsFeed } from './feeds';
import type { FeedTraining, Meeting, News } from './training';

const SITE = 'https://bearings.example';
const CLASS = '8a3f2b10-0c1d-4e2f-8a3b-4c5d6e7f8091';
const COHORT = '1b3f2b10-0c1d-4e2f-8a3b-4c5d6e7f8091';
const POST = '2c3f2b10-0c1d-4e2f-8a3b-4c5d6e7f8091';

const meeting = (given: Partial<Meeting> = {}): Meeting => ({
	id: CLASS,
	starts_at: '2027-03-09T18:00:00Z',
	ends_at: '2027-03-09T21:00:00Z',
	topic: 'Listening',
	is_cancelled: false,
	sequence: 2,
	changed_at: '2026-11-01T00:00:00Z',
	...given
});

const training = (given: Partial<FeedTraining> = {}): FeedTraining => ({
	...{ slug: 'winter', kind: 'open_sign_up', state: 'open', title: 'Winter', summary: 'Two classes.' },
	...{ program: 'A programme', program_slug: 'a-programme', time_zone: 'America/Vancouver' },
	...{ area: null, area_id: null, is_online: false },
	...{ opens_at: null, closes_at: null, starts_at: '2027-03-09T18:00:00Z', ends_at: '2027-03-09T21:00:00Z' },
	...{ classes: 1, seats_left: 3, line: 0 },
	place: { slug: 'the-hall', name: 'The hall', address: '1 Main Street', lat: 49.2, lng: -123.1 },
	id: COHORT,
	announced_at: '2026-11-10T00:00:00Z',
	meetings: [meeting()],
	...given
});

const news = (given: Partial<News> = {}): News => ({
	...{ id: POST, title: 'A new room', body: 'It has a lift.', program: 'A programme', time_zone: 'America/Vancouver' },
	...{ posted_at: '2026-11-12T00:00:00Z', changed_at: '2026-11-13T00:00:00Z', slug: null, training: null },
	...given
});

describe('the feed', () => {
	test('has announcements and news, the latest first', () => {
		const feed = newsFeed([training()], [news()], SITE);
		expect(feed).toMatchObject({ self: `${SITE}/training/feed.xml`, home: `${SITE}/training` });
		expect(feed.updated).toBe('2026-11-13T00:00:00.000Z');
		expect(feed.entries.map(({ id, url }) => [id, url])).toEqual([
			[`urn:uuid:${POST}`, `${SITE}/training#news-${POST}`],
			[`urn:uuid:${COHORT}`, `${SITE}/training/winter`]
		]);
	});

	test('says of a training what, when and where', () => {
		const [entry] = newsFeed([training()], [], SITE).entries;
		expect(entry).toMatchObject({ title: 'New training: Winter', author: 'A programme' });
		expect(entry!.summary).toBe('Two classes.\n9 March 2027, one class\nThe hall');
	});

	test('is newer when a day of it moves', () => {
		const moved = training({ meetings: [meeting({ changed_at: '2026-12-01T00:00:00Z' })] });
		expect(newsFeed([moved], [], SITE).updated).toBe('2026-12-01T00:00:00.000Z');
	});

	test('says that one is called off', () => {
		expect(newsFeed([training({ state: 'cancelled' })], [], SITE).entries[0]!.title).toBe('Called off: Winter');
	});

	test('leads from news of one training to its page', () => {
		const [entry] = newsFeed([], [news({ slug: 'winter', training: 'Winter' })], SITE).entries;
		expect(entry!.url).toBe(`${SITE}/training/winter#news-${POST}`);
	});

	test('with nothing in it is as old as time', () => {
		expect(newsFeed([], [], SITE)).toMatchObject({ entries: [], updated: '1970-01-01T00:00:00.000Z' });
	});
});

describe('the calendar', () => {
	test('has each class with where it is', () => {
		const calendar = classesCalendar([training()], SITE);
		expect(calendar).toMatchObject({ time_zone: 'America/Vancouver', url: `${SITE}/training/calendar.ics` });
		expect(calendar.classes).toEqual([
			{
				...{ id: CLASS, starts_at: '2027-03-09T18:00:00Z', ends_at: '2027-03-09T21:00:00Z', sequence: 2 },
				...{ is_cancelled: false, changed_at: '2026-11-01T00:00:00Z', summary: 'Winter' },
				...{ description: 'Listening\nTwo classes.', location: 'The hall, 1 Main Street' },
				url: `${SITE}/training/winter`
			}
		]);
	});

	test('a class that is called off is, and with a training all of its', () => {
		const off = (given: Partial<FeedTraining>) =>
			classesCalendar([training(given)], SITE).classes.map(({ is_cancelled, sequence }) => [is_cancelled, sequence]);
		expect(off({ meetings: [meeting({ is_cancelled: true })] })).toEqual([[true, 2]]);
		expect(off({ state: 'cancelled' })).toEqual([[true, 3]]);
	});

	test('is in the zone that most trainings are in', () => {
		const zones = (...given: string[]) =>
			classesCalendar(
				given.map((time_zone) => training({ time_zone })),
				SITE
			).time_zone;
		expect(zones('America/Toronto', 'America/Vancouver', 'America/Vancouver')).toBe('America/Vancouver');
		expect(zones('America/Vancouver', 'America/Toronto')).toBe('America/Toronto');
		expect(zones()).toBe('Etc/UTC');
	});
});
