import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sprite } from './icons.ts';

test('the sprite on disk is the one that its script makes', () => {
	const onDisk = readFileSync(new URL('../static/icons.svg', import.meta.url), 'utf8');
	expect(onDisk, 'run scripts/icons.ts').toBe(sprite());
});

test('no drawing says an attribute twice, which would spoil the whole sprite', () => {
	for (const [tag] of sprite().matchAll(/<[a-z][^>]*>/g)) {
		const names = [...tag.matchAll(/\s([a-z-]+)=/gi)].map((match) => match[1]);
		expect(new Set(names).size, tag).toBe(names.length);
	}
});
