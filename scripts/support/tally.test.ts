import { expect, test } from 'vitest';
import { addTallies, noTests, summarise } from './tally.ts';

test('the last line sums what passed and failed', () => {
	const sum = addTallies([noTests(), { passed: 2, failed: 1, skipped: [] }, { passed: 3, failed: 0, skipped: [] }]);
	expect(summarise(sum)).toBe('5 passed, 1 failed');
});

test('the last line names what was skipped only when something was', () => {
	expect(summarise({ passed: 1, failed: 0, skipped: [{ name: 'a', reason: 'b' }] })).toBe(
		'1 passed, 0 failed, 1 skipped'
	);
});
