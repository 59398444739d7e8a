import { expect, test } from 'vitest';
import { isBehind, saysTheSame, wordsIn } from './typed';

const fields = [
	['typed_by', 'somebody'],
	['id', 'x'],
	['version', '3'],
	['on_day', '2026-11-22'],
	['name', 'The library'],
	['note', ' \r\n'],
	['text', 'We walked'],
	['mark', 'yes']
] as const;

test('the words of a form are what somebody wrote in it, as it was written', () => {
	expect(wordsIn(fields)).toEqual(['The library', 'We walked']);
	expect(wordsIn([['text', new Blob(['x'])]])).toEqual([]);
});

const there = { id: 'a', version: 3, is_mine: true };

test.each([
	['nothing is there yet', { id: 'a', version: 0 }, null, false],
	['it is as it was', { id: 'a', version: 3 }, there, false],
	['it has another version', { id: 'a', version: 2 }, there, true],
	['a colleague began another', { id: 'b', version: 0 }, there, true],
	['the same form made it', { id: 'a', version: 0 }, { ...there, version: 1 }, false],
	['somebody else made it', { id: 'a', version: 0 }, { ...there, version: 1, is_mine: false }, true],
	['the same form made it, and it was changed', { id: 'a', version: 0 }, { ...there, version: 2 }, true]
])('a form that is back where %s', (_, typed, now, behind) => {
	expect(isBehind(typed, now)).toBe(behind);
});

test('a form says what is there whatever version it was of', () => {
	const now = { id: 'a', version: 4, text: 'We walked', form: 'y' };
	expect(saysTheSame({ id: 'a', version: 3, text: 'We walked', mark: 'yes', form: 'x' }, now)).toBe(true);
	expect(saysTheSame({ id: 'a', version: 4, text: 'We ran', form: 'y' }, now)).toBe(false);
});
