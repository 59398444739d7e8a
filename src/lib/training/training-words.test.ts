import { describe, expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import type { TrainingCard } from './training';
import { datesInWords, meetingInWords, standingInWords, whereInWords } from './training-words';

const training = (given: Partial<TrainingCard> = {}): TrainingCard => ({
	slug: 'winter',
	kind: 'open_sign_up',
	state: 'open',
	title: 'Winter',
	summary: '',
	program: 'A programme',
	program_slug: 'a-programme',
	time_zone: 'America/Vancouver',
	area: null,
	area_id: null,
	is_online: false,
	opens_at: null,
	closes_at: null,
	starts_at: '2027-01-05T18:00:00Z',
	ends_at: '2027-02-09T21:00:00Z',
	classes: 6,
	seats_left: 0,
	line: 0,
	place: null,
	...given
});

describe('how it stands', () => {
	test.each<[Partial<TrainingCard>, string]>([
		[{ seats_left: 3 }, m.training_seats({ seats: 3 })],
		[{ seats_left: 1 }, m.training_seats_one()],
		[{}, m.training_seats_none()],
		[{ line: 1 }, m.training_line_one()],
		[{ line: 7 }, m.training_line({ people: 7 })],
		[
			{ seats_left: 3, time_zone: 'America/Toronto', closes_at: '2027-01-02T22:00:00Z' },
			`${m.training_seats({ seats: 3 })} ${m.training_until({ day: '2 January 2027', time: '5:00 pm' })}`
		],
		[{ kind: 'application', seats_left: 3 }, m.training_apply()],
		[{ state: 'announced' }, m.training_not_open()],
		[
			{ state: 'announced', time_zone: 'America/Toronto', opens_at: '2026-12-08T14:00:00Z' },
			m.training_opens({ day: '8 December 2026', time: '9:00 am' })
		],
		[{ state: 'closed', seats_left: 2 }, m.training_closed()],
		[{ state: 'running' }, m.training_running()],
		[{ state: 'finished' }, m.training_finished()],
		[{ state: 'cancelled', seats_left: 2 }, m.training_cancelled()]
	])('%j: %s', (given, words) => expect(standingInWords(training(given))).toBe(words));
});

test.each<[Partial<TrainingCard>, string]>([
	[{}, m.training_dates({ day: '5 January 2027', classes: 6 })],
	[{ classes: 1 }, m.training_dates_one({ day: '5 January 2027' })],
	[{ classes: 0, starts_at: null }, m.training_dates_unknown()]
])('the dates of %j: %s', (given, words) => expect(datesInWords(training(given))).toBe(words));

test.each<[Partial<TrainingCard>, string]>([
	[{}, ''],
	[{ area: 'Kitsilano' }, 'Kitsilano'],
	[{ area: 'Kitsilano', place: { slug: null, name: 'The hall', address: '', lat: null, lng: null } }, 'The hall'],
	[{ is_online: true }, m.training_where_online()],
	[{ is_online: true, area: 'Kitsilano' }, m.training_where_both({ place: 'Kitsilano' })]
])('where %j is: %s', (given, words) => expect(whereInWords(training(given))).toBe(words));

test('a class has the same hour before and after the clocks change', () => {
	const zone = { time_zone: 'America/Toronto' };
	const meeting = (day: string, from: string, to: string) =>
		meetingInWords({ starts_at: `${day}T${from}Z`, ends_at: `${day}T${to}Z` }, zone);
	expect(meeting('2027-03-09', '15:00:00', '18:00:00')).toBe('Tuesday, 9 March 2027, 10:00 am to 1:00 pm');
	expect(meeting('2027-03-16', '14:00:00', '17:00:00')).toBe('Tuesday, 16 March 2027, 10:00 am to 1:00 pm');
	expect(meeting('2027-01-06', '02:00:00', '04:00:00')).toBe('Tuesday, 5 January 2027, 9:00 pm to 11:00 pm');
});
