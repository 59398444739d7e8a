import { expect, it } from 'vitest';
import { isOver, mayCheckIn, meetingInWords } from './meeting-times';

const zone = 'America/Toronto';
const instants = { starts_at: '2026-11-24T19:00:00.000Z', ends_at: '2026-11-24T20:30:00.000Z' };

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
