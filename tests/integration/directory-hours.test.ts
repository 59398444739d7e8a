import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instantOf } from '../../src/lib/directory/local-time.ts';
import { expand, ZONE } from '../factories/hours.ts';
import { aPlace, type Place } from '../factories/place.ts';
import { aProgram, forgetProgram, type Program } from '../factories/program.ts';
import { sql } from '../support/database.ts';

let program: Program;
let place: Place;

beforeAll(async () => {
	program = await aProgram('hours');
	place = await aPlace(program);
});
afterAll(() => forgetProgram(program));

describe('schedules become intervals', () => {
	test('weekdays of one week, from the first day asked for to the last', async () => {
		// 2 November 2026 is a Monday.
		expect(await expand(place, { hours: 'Mo-We,Sa 09:00-17:30', from: '2026-11-03', days: 5 })).toEqual([
			'11-03 09:00 – 11-03 17:30',
			'11-04 09:00 – 11-04 17:30',
			'11-07 09:00 – 11-07 17:30'
		]);
	});

	test('a split day has two', async () => {
		expect(await expand(place, { hours: 'Mo 09:00-12:00,13:00-17:00', from: '2026-11-02', days: 7 })).toEqual([
			'11-02 09:00 – 11-02 12:00',
			'11-02 13:00 – 11-02 17:00'
		]);
	});

	test('past midnight it closes on the next day, even on the last day asked for', async () => {
		expect(await expand(place, { hours: 'Fr,Sa 18:00-02:00', from: '2026-11-06', days: 2 })).toEqual([
			'11-06 18:00 – 11-07 02:00',
			'11-07 18:00 – 11-08 02:00'
		]);
	});

	test('24 hours are one day, and days that touch are one interval', async () => {
		expect(await expand(place, { hours: 'We 00:00-24:00', from: '2026-11-02', days: 7 })).toEqual([
			'11-04 00:00 – 11-05 00:00'
		]);
		expect(await expand(place, { hours: 'Mo-We 00:00-24:00', from: '2026-11-02', days: 7 })).toEqual([
			'11-02 00:00 – 11-05 00:00'
		]);
		expect(await expand(place, { hours: '24/7', from: '2026-11-02', days: 7 })).toEqual(['11-02 00:00 – 11-09 00:00']);
	});

	test('hours that meet or overlap are one interval, hours with a gap are not', async () => {
		expect(await expand(place, { hours: 'Mo 09:00-12:00,12:00-15:00', from: '2026-11-02', days: 1 })).toEqual([
			'11-02 09:00 – 11-02 15:00'
		]);
		expect(
			await expand(place, { hours: 'Mo 09:00-13:00; Mo 12:00-15:00; Mo 15:01-16:00', from: '2026-11-02', days: 1 })
		).toEqual(['11-02 09:00 – 11-02 15:00', '11-02 15:01 – 11-02 16:00']);
		expect(await expand(place, { hours: 'Mo 18:00-02:00; Tu 01:00-05:00', from: '2026-11-02', days: 2 })).toEqual([
			'11-02 18:00 – 11-03 05:00'
		]);
	});

	test('the second and the fourth Tuesday of each month', async () => {
		expect(await expand(place, { hours: '2Tu,4Tu 18:30-20:00', from: '2026-09-01', days: 61 })).toEqual([
			'09-08 18:30 – 09-08 20:00',
			'09-22 18:30 – 09-22 20:00',
			'10-13 18:30 – 10-13 20:00',
			'10-27 18:30 – 10-27 20:00'
		]);
	});

	test('the first Sunday when the month begins with one, and the seventh day is still the first', async () => {
		expect(await expand(place, { hours: '1Su 10:00-12:00', from: '2026-11-01', days: 40 })).toEqual([
			'11-01 10:00 – 11-01 12:00',
			'12-06 10:00 – 12-06 12:00'
		]);
		expect(await expand(place, { hours: '1Sa 10:00-12:00', from: '2026-11-01', days: 30 })).toEqual([
			'11-07 10:00 – 11-07 12:00'
		]);
	});

	test('the last Sunday of months with four and with five, and across the end of the year', async () => {
		expect(await expand(place, { hours: '-1Su 10:00-12:00', from: '2026-11-01', days: 95 })).toEqual([
			'11-29 10:00 – 11-29 12:00',
			'12-27 10:00 – 12-27 12:00',
			'01-31 10:00 – 01-31 12:00'
		]);
		// 28 February 2027 is the last day of a month of exactly four weeks.
		expect(await expand(place, { hours: '-1Su 10:00-12:00', from: '2027-02-01', days: 28 })).toEqual([
			'02-28 10:00 – 02-28 12:00'
		]);
	});

	test('a fifth Monday only in months that have one', async () => {
		expect(await expand(place, { hours: '5Mo 10:00-12:00', from: '2026-11-01', days: 61 })).toEqual([
			'11-30 10:00 – 11-30 12:00'
		]);
	});

	test('by appointment is no hours', async () => {
		expect(await expand(place, { hours: 'by appointment', from: '2026-11-02', days: 7 })).toEqual([]);
	});

	test('a season: not before its first day and not after its last, both of them included', async () => {
		const season = { hours: 'Mo-Su 10:00-11:00', valid_from: '2026-11-03', valid_to: '2026-11-04' };
		expect(await expand(place, { ...season, from: '2026-11-01', days: 7 })).toEqual([
			'11-03 10:00 – 11-03 11:00',
			'11-04 10:00 – 11-04 11:00'
		]);
		expect(await expand(place, { ...season, valid_to: undefined, from: '2026-11-01', days: 4 })).toEqual([
			'11-03 10:00 – 11-03 11:00',
			'11-04 10:00 – 11-04 11:00'
		]);
	});
});

describe('statutory holidays', () => {
	// Christmas Day 2026 is a Friday.
	const christmas = { hours: 'Th-Sa 10:00-16:00', from: '2026-12-24', days: 3 };
	const theDayBefore = '12-24 10:00 – 12-24 16:00';
	const theDayAfter = '12-26 10:00 – 12-26 16:00';

	test('what is known to be open runs', async () => {
		expect(await expand(place, { ...christmas, holidays: 'open' })).toEqual([
			theDayBefore,
			'12-25 10:00 – 12-25 16:00',
			theDayAfter
		]);
	});

	test.each(['closed', null] as const)('what is %s on holidays does not', async (holidays) => {
		expect(await expand(place, { ...christmas, holidays })).toEqual([theDayBefore, theDayAfter]);
	});

	test('a night that began before the holiday goes on into it', async () => {
		expect(
			await expand(place, { hours: 'Th,Fr 20:00-02:00', holidays: 'closed', from: '2026-12-24', days: 2 })
		).toEqual(['12-24 20:00 – 12-25 02:00']);
	});

	test('what never closes is open on them', async () => {
		expect(await expand(place, { hours: '24/7', from: '2026-12-24', days: 3 })).toEqual(['12-24 00:00 – 12-27 00:00']);
	});

	test('the moving ones of 2027 are where the law puts them', async () => {
		const days = await sql<{ day: string }[]>`
			select to_char(observed_on, 'Dy MM-DD') as day from public.statutory_holidays
			where extract(year from observed_on) = 2027 order by observed_on`;
		expect(days.map(({ day }) => day)).toEqual([
			'Fri 01-01',
			'Mon 02-15',
			'Fri 03-26',
			'Mon 05-24',
			'Thu 07-01',
			'Mon 08-02',
			'Mon 09-06',
			'Thu 09-30',
			'Mon 10-11',
			'Thu 11-11',
			'Sat 12-25'
		]);
	});
});

// Vancouver changed its clocks on 2 November 2025 and, for the last time, on 8 March 2026 (tzdata 2026b).
describe('when the clocks change', () => {
	const back = '2025-11-02';
	const forward = '2026-03-08';

	test('the day they go back has 25 hours, the day they go forward 23', async () => {
		expect(await expand(place, { hours: 'Su 00:00-24:00', from: back, days: 1 }, 'UTC')).toEqual([
			'11-02 07:00 – 11-03 08:00'
		]);
		expect(await expand(place, { hours: 'Su 00:00-24:00', from: forward, days: 1 }, 'UTC')).toEqual([
			'03-08 08:00 – 03-09 07:00'
		]);
	});

	test('nine o’clock is nine o’clock on both sides', async () => {
		expect(await expand(place, { hours: 'Mo-Su 09:00-17:00', from: '2025-11-01', days: 2 }, 'UTC')).toEqual([
			'11-01 16:00 – 11-02 00:00',
			'11-02 17:00 – 11-03 01:00'
		]);
		expect(await expand(place, { hours: 'Mo-Su 09:00-17:00', from: '2026-03-07', days: 2 }, 'UTC')).toEqual([
			'03-07 17:00 – 03-08 01:00',
			'03-08 16:00 – 03-09 00:00'
		]);
	});

	test('a night across the change is an hour longer or shorter', async () => {
		expect(await expand(place, { hours: 'Sa 22:00-06:00', from: '2025-11-01', days: 1 }, 'UTC')).toEqual([
			'11-02 05:00 – 11-02 14:00'
		]);
		expect(await expand(place, { hours: 'Sa 22:00-06:00', from: '2026-03-07', days: 1 }, 'UTC')).toEqual([
			'03-08 06:00 – 03-08 13:00'
		]);
	});

	test('opening at a time that the clocks skip is opening when they have', async () => {
		expect(await expand(place, { hours: 'Su 02:30-06:00', from: forward, days: 1 }, 'UTC')).toEqual([
			'03-08 10:30 – 03-08 13:00'
		]);
	});

	test('hours that come to nothing in the skipped hour are left out', async () => {
		expect(await expand(place, { hours: 'Su 02:30-03:15', from: forward, days: 1 }, 'UTC')).toEqual([]);
	});

	test('a zone that goes on changing does so in the autumn of 2026 and the spring of 2027', async () => {
		const zone = 'America/Los_Angeles';
		expect(await expand(place, { hours: 'Su 00:00-24:00', from: '2026-11-01', days: 1, zone }, 'UTC')).toEqual([
			'11-01 07:00 – 11-02 08:00'
		]);
		expect(await expand(place, { hours: 'Su 00:00-24:00', from: '2027-03-14', days: 1, zone }, 'UTC')).toEqual([
			'03-14 08:00 – 03-15 07:00'
		]);
	});

	test('in Vancouver those days have 24 hours: the clocks stay seven hours behind UTC', async () => {
		expect(await expand(place, { hours: 'Su 00:00-24:00', from: '2026-11-01', days: 1 }, 'UTC')).toEqual([
			'11-01 07:00 – 11-02 07:00'
		]);
		expect(await expand(place, { hours: 'Su 00:00-24:00', from: '2027-03-14', days: 1 }, 'UTC')).toEqual([
			'03-14 07:00 – 03-15 07:00'
		]);
	});

	test('the database and the server know the same clocks, in every month of ten years', async () => {
		const months = await sql<{ at: Date; said: string }[]>`
			select at, to_char(at at time zone ${ZONE}, 'YYYY-MM-DD"T"HH24:MI') as said
			from generate_series('2024-01-15T12:00Z'::timestamptz, '2034-01-15T12:00Z', '1 month') at`;
		expect(months.length).toBeGreaterThan(100);
		for (const { at, said } of months) expect(instantOf(said, ZONE).toISOString(), said).toBe(at.toISOString());
	});
});
