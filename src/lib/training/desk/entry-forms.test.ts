import { expect, test } from 'vitest';
import { LinkForm, PostForm, saysTheSame } from './entry-forms';

const link = { version: 0, title: 'A course', organization: '', url: 'https://college.example/course', note: '' };

test('a link leads to a page of the web and nowhere else', () => {
	expect(LinkForm.parse(link)).toEqual(link);
	for (const url of [
		'',
		'college.example',
		'javascript:alert(1)',
		'ftp://college.example',
		'https://',
		'https://a b.example'
	])
		expect(LinkForm.safeParse({ ...link, url }).error?.issues[0]?.path, url).toEqual(['url']);
});

test('news needs a heading and words, and may be about one training', () => {
	const news = { version: 1, title: 'Rooms', body: 'We move.\n\nSoon.', cohort: '' };
	expect(PostForm.parse(news)).toEqual(news);
	expect(PostForm.parse({ ...news, cohort: 'nonsense' }).cohort).toBe('');
	expect(PostForm.safeParse({ ...news, title: ' ', body: 'x'.repeat(5001) }).error?.issues).toHaveLength(2);
});

test('the same words are the same, whatever their version', () => {
	expect(saysTheSame({ version: 0, title: 'a' }, { version: 1, title: 'a', id: 'x' })).toBe(true);
	expect(saysTheSame({ version: 0, title: 'a' }, { version: 1, title: 'b' })).toBe(false);
});
