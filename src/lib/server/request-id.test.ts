import { expect, test } from 'vitest';
import { newRequestId } from './request-id';

test('an id is two groups of five characters that nobody mistakes for one another', () => {
	for (let nth = 0; nth < 500; nth++) expect(newRequestId()).toMatch(/^[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}$/);
});

test('two ids differ', () => {
	expect(new Set(Array.from({ length: 500 }, () => newRequestId())).size).toBe(500);
});

test('the same random bytes make the same id, and every byte makes a character', () => {
	const counting = (first: number) => (bytes: Uint8Array) => bytes.map((_byte, index) => first + index);
	expect(newRequestId(counting(0))).toBe('23456-789AB');
	expect(newRequestId(counting(246))).toMatch(/^.{5}-.{5}$/);
	expect(newRequestId(counting(0))).toBe(newRequestId(counting(30)));
});
