import { expect, test } from 'vitest';
import { letterHeaders, letterHtml, letterText } from './letter';

const letter = {
	subject: 'A <subject>',
	parts: [
		'Fish & chips\r\n.\n\nSee',
		{ code: '012345' },
		{ href: 'https://bearings.example/a?b=1&c="2"', label: 'Open <it>' }
	]
};

test('text has a paragraph for each part, and addresses on lines of their own', () => {
	expect(letterText(letter)).toBe('Fish & chips . See\n\n012345\n\nOpen <it>:\nhttps://bearings.example/a?b=1&c="2"\n');
});

test('HTML has the same, escaped', () => {
	const html = letterHtml(letter);
	expect(html).toContain('<title>A &lt;subject&gt;</title>');
	expect(html).toContain('<p>Fish &amp; chips . See</p>');
	expect(html).toContain('<p class="code">012345</p>');
	expect(html).toContain('<p><a href="https://bearings.example/a?b=1&amp;c=&quot;2&quot;">Open &lt;it&gt;</a></p>');
});

test('HTML says its language and direction, suits light and dark, and loads nothing', () => {
	const html = letterHtml(letter);
	expect(html).toContain('<html lang="en" dir="ltr">');
	expect(html).toContain('<meta name="color-scheme" content="light dark">');
	expect(html).toContain('@media (prefers-color-scheme:dark)');
	expect(html).not.toMatch(/<(img|script|link|iframe)|src=|url\(|@import|style=|\son\w+=/i);
});

test('only what was subscribed to tells mail programs how to end it', () => {
	expect(letterHeaders(letter)).toBeUndefined();
	expect(letterHeaders({ ...letter, unsubscribe: 'https://bearings.example/end/1' })).toEqual({
		'List-Unsubscribe': '<https://bearings.example/end/1>',
		'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
	});
});
