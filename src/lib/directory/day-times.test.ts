import { describe, expect, test } from 'vitest';
import { instantsOf, timesOf } from './day-times';

const zone = 'America/Toronto';
const typed = { day: '2026-11-24', from: '14:00', to: '15:30' };
const instants = { starts_at: '2026-11-24T19:00:00.000Z', ends_at: '2026-11-24T20:30:00.000Z' };

describe('a day and its times', () => {
	test('are instants where the program is, and come back as they were typed', () => {
		expect(instantsOf(typed, zone)).toEqual(instants);
		expect(timesOf(instants, zone)).toEqual(typed);
	});
	test('end on the next day where the end comes before the beginning', () =>
		expect(instantsOf({ ...typed, from: '23:00', to: '00:30' }, zone).ends_at).toBe('2026-11-25T05:30:00.000Z'));
	test('stay what the clocks show when they change', () => {
		const before = { day: '2026-10-31', from: '14:00', to: '15:00' };
		expect(instantsOf(before, zone).starts_at).toBe('2026-10-31T18:00:00.000Z');
		expect(timesOf(instantsOf(before, zone), zone)).toEqual(before);
		expect(timesOf(instantsOf({ ...before, day: '2026-11-02' }, zone), zone).from).toBe('14:00');
	});
});
