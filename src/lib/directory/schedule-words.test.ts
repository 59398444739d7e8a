import { describe, expect, test } from 'vitest';
import { parseHours } from './hours-notation';
import { instantOf } from './local-time';
import { scheduleWords, weekHours } from './schedule-words';

const ZONE = 'America/Vancouver';

const words = (hours: string): string[] => {
	const parsed = parseHours(hours);
	if (!parsed.ok) throw new Error(parsed.reason);
	return parsed.value.map(scheduleWords);
};

test.each([
	['Mo-Fr 09:00-17:00', 'Monday to Friday, 9:00 am to 5:00 pm'],
	['Mo,Tu 09:00-17:00', 'Monday, Tuesday, 9:00 am to 5:00 pm'],
	['Mo-We,Fr 09:00-17:00', 'Monday to Wednesday, Friday, 9:00 am to 5:00 pm'],
	['Su 12:00-24:00', 'Sunday, 12:00 pm to 12:00 am'],
	['24/7', 'Monday to Sunday, Open all day'],
	['2Tu 18:30-20:00', 'the second Tuesday of each month, 6:30 pm to 8:00 pm'],
	['2Tu,4Tu 18:30-20:00', 'the second Tuesday of each month, the fourth Tuesday of each month, 6:30 pm to 8:00 pm'],
	['-1Su 10:00-12:00', 'the last Sunday of each month, 10:00 am to 12:00 pm'],
	['by appointment', 'By appointment']
])('“%s” is read as “%s”', (hours, expected) => {
	expect(words(hours)).toEqual([expected]);
});

describe('the week', () => {
	const monday = instantOf('2026-07-06T14:00', ZONE);
	const span = (opens: string, closes: string, zone = ZONE) => ({
		opens: instantOf(opens, zone).toISOString(),
		closes: instantOf(closes, zone).toISOString()
	});
	const week = (...spans: ReturnType<typeof span>[]) => weekHours(spans, [], ZONE, monday).map(({ spans }) => spans);

	test('begins today and has seven days with their names', () => {
		const days = weekHours([], [], ZONE, monday);
		expect(days.map(({ date }) => date)).toEqual([
			'2026-07-06',
			'2026-07-07',
			'2026-07-08',
			'2026-07-09',
			'2026-07-10',
			'2026-07-11',
			'2026-07-12'
		]);
		expect(days[0]).toEqual({ date: '2026-07-06', weekday: 'Monday', spans: [], holiday: null });
		expect(days[6]?.weekday).toBe('Sunday');
	});

	test('shows what opens on a day, split days in two', () => {
		const [today, tuesday, wednesday] = week(
			span('2026-07-06T09:00', '2026-07-06T12:00'),
			span('2026-07-06T13:00', '2026-07-06T17:00'),
			span('2026-07-07T09:00', '2026-07-07T17:00')
		);
		expect(today).toEqual(['9:00 am to 12:00 pm', '1:00 pm to 5:00 pm']);
		expect(tuesday).toEqual(['9:00 am to 5:00 pm']);
		expect(wednesday).toEqual([]);
	});

	test('shows a night with the day on which it begins', () => {
		const [today, tuesday] = week(span('2026-07-06T20:00', '2026-07-07T02:00'));
		expect(today).toEqual(['8:00 pm to 2:00 am']);
		expect(tuesday).toEqual([]);
	});

	test('shows a night that began yesterday from the beginning of today', () => {
		const [today, tuesday] = week(span('2026-07-05T20:00', '2026-07-06T02:00'));
		expect(today).toEqual(['12:00 am to 2:00 am']);
		expect(tuesday).toEqual([]);
	});

	test('shows whole days as such', () => {
		const days = week(span('2026-07-05T00:00', '2026-07-09T00:00'));
		expect(days.slice(0, 4)).toEqual([['Open all day'], ['Open all day'], ['Open all day'], []]);
	});

	test('shows the rest of what was open all of the day before', () => {
		const days = week(span('2026-07-07T00:00', '2026-07-08T12:00'));
		expect(days.slice(0, 4)).toEqual([[], ['Open all day'], ['12:00 am to 12:00 pm'], []]);
	});

	test('names the statutory holidays', () => {
		const days = weekHours([], [{ date: '2026-07-08', name: 'A day off' }], ZONE, monday);
		expect(days.map(({ holiday }) => holiday)).toEqual([null, null, 'A day off', null, null, null, null]);
	});

	test('is right where the clocks change', () => {
		const zone = 'America/Los_Angeles';
		const now = instantOf('2026-10-31T12:00', zone);
		const days = weekHours(
			[
				span('2026-10-31T22:00', '2026-11-01T06:00', zone),
				span('2026-11-01T09:00', '2026-11-01T17:00', zone),
				span('2026-11-02T00:00', '2026-11-03T00:00', zone)
			],
			[],
			zone,
			now
		);
		expect(days.slice(0, 4).map(({ date, spans }) => [date, ...spans])).toEqual([
			['2026-10-31', '10:00 pm to 6:00 am'],
			['2026-11-01', '9:00 am to 5:00 pm'],
			['2026-11-02', 'Open all day'],
			['2026-11-03']
		]);
	});
});
