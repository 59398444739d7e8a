import { expect, test } from 'vitest';
import { dayInWords } from './day';

test('a day is said in words', () => {
	expect(dayInWords('2026-03-03')).toBe('3 March 2026');
});
