import { describe, expect, test } from 'vitest';
import { parseRange } from './range.ts';

describe('a range', () => {
	test.each([
		['bytes=0-9', { offset: 0, length: 10 }],
		['bytes=16384-', { offset: 16384 }],
		['bytes=5-5', { offset: 5, length: 1 }]
	])('%s is understood', (header, expected) => expect(parseRange(header)).toEqual(expected));

	test.each([null, '', 'bytes=-5', 'bytes=9-1', 'bytes=0-1,4-5', 'lines=1-2'])('%s is answered whole', (header) =>
		expect(parseRange(header)).toBeNull()
	);
});
