import { expect, test } from 'vitest';
import { classesBy, daysOf, patternOf } from './class-pattern';

const zone = 'America/Toronto';
const weekly = { first: '2027-03-02', from: '18:00', to: '20:30', every: 'week', count: 3, without: [] } as const;

test('classes of every week stay at the same time of day when the clocks go forward', () => {
	expect(classesBy(weekly, zone)).toEqual([
		{ starts_at: '2027-03-02T23:00:00.000Z', ends_at: '2027-03-03T01:30:00.000Z' },
		{ starts_at: '2027-03-09T23:00:00.000Z', ends_at: '2027-03-10T01:30:00.000Z' },
		{ starts_at: '2027-03-16T22:00:00.000Z', ends_at: '2027-03-17T00:30:00.000Z' }
	]);
});

test('and when they go back', () => {
	const autumn = { ...weekly, first: '2027-10-26', every: 'two_weeks', count: 2 } as const;
	expect(classesBy(autumn, zone).map(({ starts_at }) => starts_at)).toEqual([
		'2027-10-26T22:00:00.000Z',
		'2027-11-09T23:00:00.000Z'
	]);
});

test('a single class is one, whatever the number says', () => {
	expect(daysOf({ ...weekly, every: 'once', count: 9 })).toEqual(['2027-03-02']);
});

test('every month is the same weekday of it', () => {
	expect(daysOf({ ...weekly, first: '2027-01-12', every: 'month', count: 4 })).toEqual([
		'2027-01-12',
		'2027-02-09',
		'2027-03-09',
		'2027-04-13'
	]);
});

test('a fifth weekday is the last of months that have four', () => {
	expect(daysOf({ ...weekly, first: '2027-01-29', every: 'month', count: 5 })).toEqual([
		'2027-01-29',
		'2027-02-26',
		'2027-03-26',
		'2027-04-30',
		'2027-05-28'
	]);
});

test('days that are left out are made up for at the end', () => {
	expect(daysOf({ ...weekly, without: ['2027-03-09', '2027-03-10'] })).toEqual([
		'2027-03-02',
		'2027-03-16',
		'2027-03-23'
	]);
	expect(
		daysOf({ ...weekly, first: '2027-01-12', every: 'month', count: 2, without: ['2027-01-12', '2027-02-09'] })
	).toEqual(['2027-03-09', '2027-04-13']);
});

test('a pattern is seen in the classes that it made', () => {
	for (const every of ['week', 'two_weeks', 'month'] as const) {
		const meetings = classesBy({ ...weekly, every, count: 6 }, zone).map((x) => ({ ...x, is_cancelled: false }));
		expect(patternOf(meetings, zone)).toEqual({ from: '18:00', to: '20:30', every, count: 6 });
	}
	const one = classesBy({ ...weekly, every: 'once' }, zone).map((x) => ({ ...x, is_cancelled: false }));
	expect(patternOf(one, zone)).toEqual({ from: '18:00', to: '20:30', every: 'once', count: 1 });
	expect(patternOf([{ ...one[0]!, is_cancelled: true }], zone)).toBeNull();
});
