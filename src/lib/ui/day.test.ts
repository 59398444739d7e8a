import { expect, test } from 'vitest';
import { dayInWords, momentThere } from './day';

test('a day is said in words', () => {
	expect(dayInWords('2026-03-03')).toBe('3 March 2026');
});

test('a moment is told where the program is', () => {
	expect(momentThere('2026-11-25T01:00:00Z', 'America/Toronto')).toBe('Tuesday, 24 November 2026, 8:00 pm');
	expect(momentThere('2026-11-25T01:00:00Z', 'Europe/Paris')).toBe('Wednesday, 25 November 2026, 2:00 am');
});
