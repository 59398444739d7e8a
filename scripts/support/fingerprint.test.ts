import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint } from './fingerprint.ts';

let dir: string;
beforeEach(() => {
	dir = mkdtempSync(path.join(tmpdir(), 'bearings-fingerprint-'));
	mkdirSync(path.join(dir, 'src'));
	writeFileSync(path.join(dir, 'src', 'a'), 'one');
});
afterEach(() => rmSync(dir, { recursive: true }));

const taken = () => fingerprint(dir, ['src', 'missing'], ['src/made']);

test('a fingerprint stays while nothing changes', () => {
	const before = taken();
	expect(taken()).toBe(before);
});

test('a fingerprint changes with a content, a name and a new file', () => {
	const seen = new Set([taken()]);
	writeFileSync(path.join(dir, 'src', 'a'), 'two');
	seen.add(taken());
	renameSync(path.join(dir, 'src', 'a'), path.join(dir, 'src', 'b'));
	seen.add(taken());
	writeFileSync(path.join(dir, 'missing'), '');
	seen.add(taken());
	expect(seen.size).toBe(4);
});

test('what is left out makes no difference', () => {
	const before = taken();
	writeFileSync(path.join(dir, 'src', 'made'), 'x');
	expect(taken()).toBe(before);
});
