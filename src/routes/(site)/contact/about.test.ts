import { expect, test } from 'vitest';
import { mailto, readAbout } from './about';

const about = (query: string) => readAbout(new URLSearchParams(query));

test('a slug names a place', () => {
	expect(about('about=britannia-library')).toEqual({ kind: 'place', slug: 'britannia-library' });
});

test.each(['', 'about=', 'other=1'])('%j asks about nothing', (query) => {
	expect(about(query)).toEqual({ kind: 'nothing' });
});

test.each(['about=<b>', 'about=../x', 'about=A%20B', 'about=%00', `about=${'a'.repeat(121)}`, 'about=-'])(
	'%j names no place, and nothing breaks',
	(query) => {
		expect(about(query)).toEqual({ kind: 'unknown' });
	}
);

test('a message is prepared whole, whatever stands in it', () => {
	expect(mailto('hello@bearings.example', 'About a page', 'a & b?\nc')).toBe(
		'mailto:hello@bearings.example?subject=About%20a%20page&body=a%20%26%20b%3F%0Ac'
	);
});
