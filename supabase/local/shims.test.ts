import { expect, test } from 'vitest';
import { oneLevel } from './shims.ts';

const named = (...names: string[]) => names.map((name) => ({ name, id: 'x' }));

test('a list shows files by their own names and folders once, without an id', () => {
	expect(oneLevel(named('a/one.png', 'a/b/two.png', 'a/b/three.png', 'other.png'), 'a/')).toMatchObject([
		{ name: 'one.png', id: 'x' },
		{ name: 'b', id: null }
	]);
});

test('a folder whose name only begins like the prefix is not in it', () => {
	expect(oneLevel(named('ab/one.png'), 'a/')).toEqual([]);
});
