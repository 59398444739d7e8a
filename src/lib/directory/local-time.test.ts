import { describe, expect, test } from 'vitest';
import { addDays, dateIn, instantOf, timeIn, weekdayName } from './local-time';

const instant = (local: string, zone: string) => instantOf(local, zone).toISOString();

describe('the instant of a local time', () => {
	test.each([
		['2026-07-01T12:00', 'America/Vancouver', '2026-07-01T19:00:00.000Z'],
		['2025-12-01T12:00', 'America/Vancouver', '2025-12-01T20:00:00.000Z'],
		['2026-07-01T12:00:30', 'America/Vancouver', '2026-07-01T19:00:30.000Z'],
		['2026-07-01T00:00', 'America/Vancouver', '2026-07-01T07:00:00.000Z'],
		['2026-07-01T12:00', 'UTC', '2026-07-01T12:00:00.000Z'],
		['2026-07-01T12:00', 'Asia/Kolkata', '2026-07-01T06:30:00.000Z'],
		['2026-07-01T12:00', 'Pacific/Kiritimati', '2026-06-30T22:00:00.000Z'],
		['2026-07-01T12:00', 'Pacific/Pago_Pago', '2026-07-01T23:00:00.000Z']
	])('%s in %s', (local, zone, expected) => {
		expect(instant(local, zone)).toBe(expected);
	});

	test('British Columbia’s clocks stay as they are from the spring of 2026 on', () => {
		expect(instant('2026-11-01T12:00', 'America/Vancouver')).toBe('2026-11-01T19:00:00.000Z');
		expect(instant('2027-01-15T12:00', 'America/Vancouver')).toBe('2027-01-15T19:00:00.000Z');
		expect(instant('2027-03-14T02:30', 'America/Vancouver')).toBe('2027-03-14T09:30:00.000Z');
	});

	test.each([
		['America/Vancouver', '2026-03-08'],
		['America/Los_Angeles', '2027-03-14']
	])('a time that the clocks of %s skip on %s is the one they show then', (zone, day) => {
		expect(instant(`${day}T01:59`, zone)).toBe(`${day}T09:59:00.000Z`);
		expect(instant(`${day}T02:30`, zone)).toBe(`${day}T10:30:00.000Z`);
		expect(timeIn(zone, instantOf(`${day}T02:30`, zone))).toBe('3:30 am');
		expect(instant(`${day}T03:00`, zone)).toBe(`${day}T10:00:00.000Z`);
	});

	test.each([
		['America/Vancouver', '2025-11-02'],
		['America/Los_Angeles', '2026-11-01']
	])('a time that comes twice in %s on %s is the first', (zone, day) => {
		expect(instant(`${day}T00:59`, zone)).toBe(`${day}T07:59:00.000Z`);
		expect(instant(`${day}T01:30`, zone)).toBe(`${day}T08:30:00.000Z`);
		expect(instant(`${day}T02:00`, zone)).toBe(`${day}T10:00:00.000Z`);
	});

	test('every hour of the days around a change that exists comes back as it was', () => {
		const zone = 'America/Los_Angeles';
		for (const day of ['2026-10-31', '2026-11-01', '2026-11-02', '2027-03-13', '2027-03-14', '2027-03-15']) {
			for (let hour = 0; hour < 24; hour++) {
				if (day === '2027-03-14' && hour === 2) continue;
				const local = `${day}T${String(hour).padStart(2, '0')}:15`;
				const at = instantOf(local, zone);
				expect(`${dateIn(zone, at)}T${timeIn(zone, at, 'en-GB').padStart(5, '0')}`).toBe(local);
			}
		}
	});
});

describe('dates', () => {
	test('are those of the zone, not of UTC', () => {
		const at = new Date('2026-12-31T23:30:00Z');
		expect(dateIn('America/Vancouver', at)).toBe('2026-12-31');
		expect(dateIn('Asia/Tokyo', at)).toBe('2027-01-01');
		expect(dateIn('America/Vancouver', new Date('2027-01-01T06:59:59Z'))).toBe('2026-12-31');
	});

	test('follow one another across months, years, leap days and changes of the clocks', () => {
		expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
		expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
		expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
		expect(addDays('2026-11-01', 1)).toBe('2026-11-02');
		expect(addDays('2026-01-01', 365)).toBe('2027-01-01');
	});

	test('have a weekday', () => {
		expect(weekdayName('2026-11-22')).toBe('Sunday');
	});
});

test('a time of day is said as people say it', () => {
	const zone = 'America/Vancouver';
	expect(timeIn(zone, new Date('2026-07-01T16:00:00Z'))).toBe('9:00 am');
	expect(timeIn(zone, new Date('2026-07-01T19:05:00Z'))).toBe('12:05 pm');
	expect(timeIn(zone, new Date('2026-07-01T07:00:00Z'))).toBe('12:00 am');
});
