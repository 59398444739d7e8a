import { describe, expect, it } from 'vitest';
import { instantsOf, isOver, mayCheckIn, meetingInWords, timesOf } from './meeting-times';

const zone = 'America/Toronto';
const typed = { day: '2026-11-24', from: '14:00', to: '15:30' };
const instants = { starts_at: '2026-11-24T19:00:00.000Z', ends_at: '2026-11-24T20:30:00.000Z' };

describe("a meeting's times", () => {
	it('are instants where the program is, and come back as they were typed', () => {
		expect(instantsOf(typed, zone)).toEqual(instants);
		expect(timesOf(instants, zone)).toEqual(typed);
	});
	it('end on the next day where the end comes before the beginning', () =>
		expect(instantsOf({ ...typed, from: '23:00', to: '00:30' }, zone).ends_at).toBe('2026-11-25T05:30:00.000Z'));
	it('stay what the clocks show when they change', () => {
		const before = { day: '2026-10-31', from: '14:00', to: '15:00' };
		expect(instantsOf(before, zone).starts_at).toBe('2026-10-31T18:00:00.000Z');
		expect(timesOf(instantsOf(before, zone), zone)).toEqual(before);
		expect(timesOf(instantsOf({ ...before, day: '2026-11-02' }, zone), zone).from).toBe('14:00');
	});
});

it('names today and tomorrow, and other days by their weekday', () => {
	const words = { today: 'today', tomorrow: 'tomorrow' };
	expect(meetingInWords(instants, { zone, day: '2026-11-24', words })).toEqual({
		day: 'today',
		from: '2:00 pm',
		to: '3:30 pm'
	});
	expect(meetingInWords(instants, { zone, day: '2026-11-23', words }).day).toBe('tomorrow');
	expect(meetingInWords(instants, { zone, day: '2026-11-20', words }).day).toBe('Tuesday 24 November');
});

it('lets a worker check in from an hour before until the end', () => {
	expect(mayCheckIn(instants, new Date('2026-11-24T17:59:00Z'))).toBe(false);
	expect(mayCheckIn(instants, new Date('2026-11-24T18:00:00Z'))).toBe(true);
	expect(mayCheckIn(instants, new Date('2026-11-24T20:29:59Z'))).toBe(true);
	expect(mayCheckIn(instants, new Date('2026-11-24T20:30:00Z'))).toBe(false);
	expect(isOver(instants, new Date('2026-11-24T20:29:59Z'))).toBe(false);
	expect(isOver(instants, new Date('2026-11-24T20:30:00Z'))).toBe(true);
});
