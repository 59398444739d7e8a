import { expect, test } from 'vitest';
import { actionIn, hasTyped, pageOf } from './kept-form';

const HELD = [
	['id', 'x'],
	['version', '3'],
	['form', 'y']
] as const;

test('a form is worth keeping where it says by whom it was typed, and something was', () => {
	expect(hasTyped([['typed_by', 'a'], ...HELD, ['words', 'Which ward?']])).toBe(true);
	expect(hasTyped([['typed_by', 'a'], ...HELD, ['words', ' \r\n']])).toBe(false);
	expect(hasTyped([...HELD, ['words', 'Which ward?']])).toBe(false);
	expect(
		hasTyped([
			['typed_by', ''],
			['words', 'Which ward?']
		])
	).toBe(false);
	expect(hasTyped([])).toBe(false);
});

test.each([
	['/desk/routing', '/desk/routing'],
	['/desk/routing?/hours&program=north&done=hours', '/desk/routing?program=north'],
	['/desk/routing?program=north', '/desk/routing?program=north']
])('a form sent to %s is of the page %s', (address, page) => {
	expect(pageOf(new URL(address, 'https://bearings.example'))).toBe(page);
});

test.each([
	['/desk', 'default'],
	['/desk?/away', 'away'],
	['/desk?/away&program=fraser', 'away'],
	['/desk?program=fraser&/away', 'away'],
	['/desk?program=fraser', 'default']
])('the action of %s is %s', (address, action) => {
	expect(actionIn(new URL(address, 'https://bearings.example'))).toBe(action);
});
