import { expect, test } from 'vitest';
import { addTallies, noTests, summarise } from './tally.ts';

test('the last line sums what passed and failed', () => {
	const sum = addTallies([noTests(), { ...noTests(), passed: 2, failed: 1 }, { ...noTests(), passed: 3 }]);
	expect(summarise(sum)).toBe('5 passed, 1 failed');
});

test('the last line names what was skipped, or tried again, only when something was', () => {
	const one = { ...noTests(), passed: 1 };
	expect(summarise({ ...one, skipped: [{ name: 'a', reason: 'b' }] })).toBe('1 passed, 0 failed, 1 skipped');
	expect(summarise(addTallies([one, { ...one, again: ['c'] }]))).toBe('2 passed, 0 failed, 1 only at the second try');
});
