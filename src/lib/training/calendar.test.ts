import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { type Calendar, calendarFile, type CalendarClass } from './calendar';

// The reader does not know that the calendar's name is a text (RFC 7986, section 5.1).
ICAL.design.icalendar.property['name'] = { defaultType: 'text' };

const ID = '6f1c3f8e-7d0a-4c55-9a53-0b8f6a1f2a10';

const aClass = (given: Partial<CalendarClass> = {}): CalendarClass => ({
	id: ID,
	starts_at: '2027-01-05T18:00:00Z',
	ends_at: '2027-01-05T21:00:00Z',
	sequence: 0,
	is_cancelled: false,
	changed_at: '2026-12-01T08:30:15.250Z',
	summary: 'Class',
	...given
});

const file = (classes: CalendarClass[] = [aClass()], given: Partial<Calendar> = {}) =>
	calendarFile({ name: 'Trainings', time_zone: 'America/Toronto', classes, ...given });

/** Zones are read from the file alone: the reader knows none but UTC. */
function read(text: string) {
	const calendar = new ICAL.Component(ICAL.parse(text));
	const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
	return { calendar, events };
}

describe('times', () => {
	const SPRING = ['2027-03-13T15:00:00Z', '2027-03-14T14:00:00Z', '2027-03-14T06:30:00Z', '2027-03-14T07:30:00Z'];
	const AUTUMN = ['2027-11-06T14:00:00Z', '2027-11-07T15:00:00Z', '2027-11-07T05:30:00Z', '2027-11-07T06:30:00Z'];

	test.each(
		['America/Toronto', 'America/Vancouver', 'Asia/Kathmandu', 'UTC'].flatMap((zone) => [
			[zone, SPRING] as const,
			[zone, AUTUMN] as const,
			[zone, [...SPRING, ...AUTUMN, '2028-01-18T18:00:00Z']] as const,
			[zone, ['2027-12-14T18:00:00Z']] as const
		])
	)('in %s the instants %j come back', (time_zone, starts) => {
		const anHourLater = (start: string) => new Date(Date.parse(start) + 3600_000).toISOString();
		const classes = starts.map((starts_at) => aClass({ starts_at, ends_at: anHourLater(starts_at) }));
		const { events } = read(file(classes, { time_zone }));
		expect(events.map(({ startDate }) => startDate.toUnixTime() * 1000)).toEqual(starts.map(Date.parse));
		expect(events.map(({ endDate }) => endDate.toUnixTime() * 1000)).toEqual(
			starts.map((start) => Date.parse(anHourLater(start)))
		);
	});

	test('they are written as the clocks of the zone show them, whatever the clocks here', () => {
		expect(file([aClass({ starts_at: '2027-03-14T02:30:00-05:00', ends_at: '2027-03-14T17:00:00Z' })])).toContain(
			'DTSTART;TZID=America/Toronto:20270314T033000\r\n'
		);
		expect(file(undefined, { time_zone: 'America/Vancouver' })).toContain(
			'DTSTART;TZID=America/Vancouver:20270105T110000\r\nDTEND;TZID=America/Vancouver:20270105T140000\r\n'
		);
		expect(file(undefined, { time_zone: 'UTC' })).toContain('DTSTART:20270105T180000Z\r\n');
	});

	test('when it was changed is in UTC, as the format wants it', () => {
		const text = file();
		expect(text).toContain('\r\nDTSTAMP:20261201T083015Z\r\n');
		expect(text).toContain('\r\nLAST-MODIFIED:20261201T083015Z\r\n');
	});

	test('a time or a zone that is none is refused', () => {
		expect(() => file([aClass({ starts_at: 'soon' })])).toThrow(RangeError);
		expect(() => file([aClass({ changed_at: 'soon' })])).toThrow(Error);
		expect(() => file([aClass()], { time_zone: 'Mars/Olympus' })).toThrow(RangeError);
		expect(() => file([], { time_zone: 'x\r\nATTACH:evil' })).toThrow(RangeError);
	});
});

describe('the calendar', () => {
	test('says who made it, what it is called and how often to look again', () => {
		const { calendar } = read(file(undefined, { url: 'https://bearings.example/training/calendar.ics?a=1,2;3' }));
		const said = (name: string) => calendar.getFirstPropertyValue(name)?.toString();
		expect(said('version')).toBe('2.0');
		expect(said('prodid')).toBe('-//Bearings//Training//EN');
		expect(said('method')).toBe('PUBLISH');
		expect(said('name')).toBe('Trainings');
		expect(said('x-wr-calname')).toBe('Trainings');
		expect(said('refresh-interval')).toBe('PT6H');
		expect(said('x-published-ttl')).toBe('PT6H');
		expect(said('source')).toBe('https://bearings.example/training/calendar.ics?a=1%2C2%3B3');
	});

	test('has all its properties before its parts, then the zone, then the classes', () => {
		const { calendar } = read(file());
		expect(calendar.getAllSubcomponents().map(({ name }) => name)).toEqual(['vtimezone', 'vevent']);
		const top = file().replaceAll(/BEGIN:V(TIMEZONE|EVENT)[^]*END:V(TIMEZONE|EVENT)/g, 'PARTS');
		expect(top.split('\r\n').slice(-3)).toEqual(['PARTS', 'END:VCALENDAR', '']);
	});

	test('without classes it is still a calendar', () => {
		const { calendar, events } = read(file([]));
		expect(events).toEqual([]);
		expect(calendar.getAllSubcomponents().map(({ name }) => name)).toEqual(['vtimezone']);
	});

	test('the same classes make the same file', () => expect(file()).toBe(file()));
});

describe('a class', () => {
	test('has a name that stays, and a number that rises', () => {
		const [event] = read(file([aClass({ sequence: 3 })])).events;
		expect(event?.uid).toBe(`${ID}@bearings`);
		expect(event?.sequence).toBe(3);
		expect(event?.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
	});

	test('that is cancelled stays in the file, so that calendars take it away', () => {
		const [event] = read(file([aClass({ is_cancelled: true })])).events;
		expect(event?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
	});

	test('has no alarm', () => expect(file()).not.toContain('VALARM'));

	test('has its address, as an address', () => {
		const [event] = read(file([aClass({ url: 'https://bearings.example/training/a;b,c?d=\\\r\nATTACH:evil' })])).events;
		expect(event?.component.getFirstPropertyValue('url')).toBe(
			'https://bearings.example/training/a%3Bb%2Cc?d=%5CATTACH:evil'
		);
		expect(() => file([aClass({ url: 'nowhere' })])).toThrow(TypeError);
	});
});

describe('what somebody typed', () => {
	const known = [...new Set(file([aClass({ description: 'x', location: 'x' })]).match(/^[A-Z-]+/gm))];

	test.each([
		['commas; semicolons, colons: and "quotes"'],
		['a \\n that is no newline, C:\\new\\,\\;'],
		['one line\nthe next\n\n'],
		[' spaces at both ends '],
		['\ttabs\t'],
		['שלום, مرحبا'],
		['🧭🧭👩🏽‍🌾 '.repeat(200)],
		['ü'.repeat(500)],
		['word '.repeat(2000)],
		['x\nATTACH:evil\nEND:VEVENT\nBEGIN:VEVENT'],
		['$& $1 $`']
	])('%j comes back', (words) => {
		const text = file([aClass({ summary: words, description: words, location: words })], { name: words });
		const { calendar, events } = read(text);
		const [event] = events;
		expect(events).toHaveLength(1);
		expect([event?.summary, event?.description, event?.location]).toEqual([words, words, words]);
		expect(calendar.getFirstPropertyValue('name')).toBe(words);
	});

	test.each([
		['x\r\nATTACH:evil', 'x\nATTACH:evil'],
		['x\rATTACH:evil', 'x\nATTACH:evil'],
		['x\u2028ATTACH:evil\u2029\u0085\v\f', 'x\nATTACH:evil\n\n\n\n'],
		['x\r\n ATTACH:evil', 'x\n ATTACH:evil'],
		['nul\0 bell\u0007 escape\u001b delete\u007f', 'nul bell escape delete'],
		['half \ud83e of a compass', 'half  of a compass']
	])('%j makes no line of its own', (words, comesBack) => {
		const text = file([aClass({ summary: words, description: words, location: words })], { name: words });
		const [event] = read(text).events;
		expect([event?.summary, event?.description, event?.location]).toEqual([comesBack, comesBack, comesBack]);
		expect([...new Set(text.match(/^[A-Z-]+/gm))].filter((name) => !known.includes(name))).toEqual([]);
	});

	test('lines end with CRLF and have 75 octets at most', () => {
		const words = 'a🧭é,'.repeat(500);
		const text = file([aClass({ summary: words, description: words })], { name: words });
		expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
		expect(text.endsWith('\r\n')).toBe(true);
		const octets = text.split('\r\n').map((line) => new TextEncoder().encode(line).length);
		expect(Math.max(...octets)).toBe(75);
	});
});
