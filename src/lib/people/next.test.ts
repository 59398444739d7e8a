import { expect, test } from 'vitest';
import { safeNext } from './next';

test.each([
	['/desk/people', '/desk/people'],
	['/places?q=tea%20room&page=2', '/places?q=tea%20room&page=2'],
	['/invitations/0123abcd', '/invitations/0123abcd'],
	[null, '/my'],
	['', '/my'],
	['//evil.example', '/my'],
	['/\\evil.example', '/my'],
	['https://evil.example/', '/my'],
	['javascript:alert(1)', '/my'],
	['/ /evil.example', '/my'],
	['/\u0000', '/my'],
	['/sign-out', '/my'],
	['/sign-in?next=/sign-in', '/my'],
	[`/${'a'.repeat(600)}`, '/my']
])('%s leads to %s', (given, next) => {
	expect(safeNext(given)).toBe(next);
});
