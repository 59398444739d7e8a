import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { vtimezone } from './vtimezone';

const HOUR = 3600_000;

const made = (zone: string, first: string, last: string) => vtimezone(zone, new Date(first), new Date(last));

const read = (text: string) => new ICAL.Timezone(new ICAL.Component(ICAL.parse(text)));

/** What the zone's clocks show by `Intl`, `2027-11-07T01:30:00`. */
function clockOf(zone: string): (instant: number) => string {
	const options = { timeZone: zone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' } as const;
	const format = new Intl.DateTimeFormat('sv-SE', options);
	return (instant) => format.format(instant).replace(' ', 'T');
}

/** The instant that a program which knows nothing but the file takes a clock's time for. */
function understood(zone: ICAL.Timezone, local: string): number {
	const time = ICAL.Time.fromDateTimeString(local);
	time.zone = zone;
	return time.toUnixTime() * 1000;
}

describe('a program that reads only the file comes to the true instant', () => {
	test.each([
		['America/Vancouver', '2025-09-01T17:00:00Z', '2028-03-01T17:00:00Z'],
		['America/Toronto', '2027-01-05T15:00:00Z', '2028-12-01T17:00:00Z'],
		['America/St_Johns', '2027-01-05T15:00:00Z', '2027-12-01T17:00:00Z'],
		['Asia/Kathmandu', '2027-01-05T15:00:00Z', '2027-12-01T17:00:00Z'],
		['Africa/Casablanca', '2023-01-05T15:00:00Z', '2026-06-01T17:00:00Z'],
		['Australia/Lord_Howe', '2027-01-05T15:00:00Z', '2027-12-01T17:00:00Z'],
		['Europe/Dublin', '2027-01-05T15:00:00Z', '2027-12-01T17:00:00Z'],
		['UTC', '2027-01-05T15:00:00Z', '2027-12-01T17:00:00Z']
	])('in %s, at all hours from %s to %s', (name, first, last) => {
		const zone = read(made(name, first, last));
		const clock = clockOf(name);
		for (let at = Date.parse(first); at <= Date.parse(last); at += 5 * HOUR) {
			const local = clock(at);
			// Programs do not agree on which is meant of two times that the clocks show alike.
			const comesTwice = [-1, -0.5, 0.5, 1].some((hours) => clock(at + hours * HOUR) === local);
			if (!comesTwice) expect(understood(zone, local), `${local} in ${name}`).toBe(at);
		}
	});
});

describe('what it says', () => {
	const lines = (text: string) => text.split('\r\n').filter((line) => /^(BEGIN|DTSTART|TZOFF|TZNAME)/.test(line));

	test('each change between the two instants, and the one that was in force', () => {
		expect(lines(made('America/Toronto', '2027-03-09T15:00:00Z', '2027-03-16T15:00:00Z'))).toEqual([
			'BEGIN:VTIMEZONE',
			'BEGIN:STANDARD',
			'DTSTART:20261101T020000',
			'TZOFFSETFROM:-0400',
			'TZOFFSETTO:-0500',
			'TZNAME:EST',
			'BEGIN:DAYLIGHT',
			'DTSTART:20270314T020000',
			'TZOFFSETFROM:-0500',
			'TZOFFSETTO:-0400',
			'TZNAME:EDT'
		]);
	});

	test('British Columbia keeps its clocks in the winter of 2027', () => {
		const winter = made('America/Vancouver', '2027-10-05T17:00:00Z', '2028-01-18T17:00:00Z');
		expect(winter.match(/TZOFFSETTO:.*/g)).toEqual(['TZOFFSETTO:-0700']);
	});

	test('one observance alone is STANDARD, as some programs know no zone without', () => {
		const summer = made('America/Toronto', '2027-06-01T15:00:00Z', '2027-06-08T15:00:00Z');
		expect(summer).toContain('BEGIN:STANDARD\r\nDTSTART:20270314T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400');
		expect(summer).not.toContain('DAYLIGHT');
	});

	test.each([
		['Asia/Kathmandu', 'DTSTART:20260104T204500\r\nTZOFFSETFROM:+0545\r\nTZOFFSETTO:+0545'],
		['UTC', 'DTSTART:20260104T150000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000']
	])('%s, which never changes, begins a year before', (zone, words) => {
		expect(made(zone, '2027-01-05T15:00:00Z', '2027-02-05T15:00:00Z')).toContain(words);
	});

	test('Morocco’s clocks go back for Ramadan and forward again', () => {
		const spring = made('Africa/Casablanca', '2026-02-01T10:00:00Z', '2026-04-01T10:00:00Z');
		expect(spring.match(/DTSTART:.*/g)?.slice(1)).toEqual(['DTSTART:20260215T030000', 'DTSTART:20260322T020000']);
	});

	test('a change is of the offset before it if it comes with the last class, and of that class if it comes with the first', () => {
		const change = '2027-03-14T07:00:00Z';
		expect(made('America/Toronto', change, change).match(/TZOFFSETTO:.*/g)).toEqual(['TZOFFSETTO:-0400']);
		expect(made('America/Toronto', '2027-03-14T06:59:59Z', change).match(/TZOFFSETTO:.*/g)).toHaveLength(2);
	});
});

test.each(['Mars/Olympus', '', 'x\r\nATTACH:evil'])('%j is no zone', (zone) =>
	expect(() => made(zone, '2027-01-05T15:00:00Z', '2027-01-05T15:00:00Z')).toThrow(RangeError)
);
