import { describe, expect, test } from 'vitest';
import { readWeek, writeWeek, type HoursFault, type HoursKey, type Week } from './routing-hours';

const aWeek = (given: Partial<Week>): Week => ({ ...writeWeek([]), ...given });

describe('a week as it was typed', () => {
	test('becomes the shifts of its days, with a break where there is one', () => {
		const week = aWeek({
			day1_opens: '9:00',
			day1_closes: '12:30',
			day1_opens_again: '13:00',
			day1_closes_again: '16:30',
			day6_opens: '10:00',
			day6_closes: '23:59'
		});
		expect(readWeek(week)).toEqual({
			shifts: [
				{ weekday: 1, opens_at: '09:00', closes_at: '12:30' },
				{ weekday: 1, opens_at: '13:00', closes_at: '16:30' },
				{ weekday: 6, opens_at: '10:00', closes_at: '23:59' }
			],
			faults: []
		});
	});

	test('one shift may begin when the other ends, and come first', () => {
		const week = aWeek({
			day2_opens: '13:00',
			day2_closes: '17:00',
			day2_opens_again: '09:00',
			day2_closes_again: '13:00'
		});
		expect(readWeek(week).faults).toEqual([]);
	});

	test.each<[string, Partial<Week>, HoursKey, HoursFault]>([
		['nothing at all', {}, 'day1_opens', 'no_day'],
		['no time', { day3_opens: 'nine', day3_closes: '17:00' }, 'day3_opens', 'not_a_time'],
		['an hour that no day has', { day3_opens: '09:00', day3_closes: '24:00' }, 'day3_closes', 'not_a_time'],
		['only a beginning', { day1_opens: '09:00' }, 'day1_closes', 'half'],
		['only an end', { day1_closes: '17:00' }, 'day1_opens', 'half'],
		['an end before the beginning', { day5_opens: '17:00', day5_closes: '09:00' }, 'day5_closes', 'backwards'],
		['an end that is the beginning', { day5_opens: '09:00', day5_closes: '09:00' }, 'day5_closes', 'backwards'],
		[
			'two shifts at once',
			{ day4_opens: '09:00', day4_closes: '13:00', day4_opens_again: '12:59', day4_closes_again: '17:00' },
			'day4_opens_again',
			'overlap'
		],
		[
			'the same shift twice',
			{ day4_opens: '09:00', day4_closes: '13:00', day4_opens_again: '09:00', day4_closes_again: '13:00' },
			'day4_opens_again',
			'overlap'
		]
	])('%s is a fault of its field', (_, given, key, fault) => {
		expect(readWeek(aWeek(given)).faults).toEqual([{ key, fault }]);
	});

	test('each day at fault is named', () => {
		const { faults } = readWeek(aWeek({ day1_opens: '09:00', day2_opens: 'x', day2_closes: 'y', day3_closes: '9' }));
		expect(faults.map(({ key }) => key)).toEqual(['day1_closes', 'day2_opens', 'day3_opens']);
	});
});

test('a week is written as it is read', () => {
	const shifts = [
		{ weekday: 2, opens_at: '13:00:00', closes_at: '16:30:00' },
		{ weekday: 2, opens_at: '09:00:00', closes_at: '12:00:00' }
	];
	const week = writeWeek(shifts);
	expect(week).toMatchObject({ day2_opens: '09:00', day2_closes_again: '16:30', day1_opens: '' });
	expect(readWeek(week).shifts).toHaveLength(2);
});
