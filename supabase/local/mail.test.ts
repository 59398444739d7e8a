import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MailStore, textOf } from './mail.ts';

let dir: string;
beforeEach(() => {
	dir = mkdtempSync(path.join(tmpdir(), 'bearings-mail-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('kept mail', () => {
	test('is there again after a restart, newest first', () => {
		const file = path.join(dir, 'deep', 'mail.jsonl');
		const store = new MailStore(file);
		store.add({ to: 'a@people.example', subject: 'One', text: '1' });
		store.add({ to: 'b@people.example', subject: 'Two', html: '<p>2</p>' });
		const again = new MailStore(file);
		expect(again.newestFirst().map(({ id, subject, text }) => ({ id, subject, text }))).toEqual([
			{ id: 2, subject: 'Two', text: '2' },
			{ id: 1, subject: 'One', text: '1' }
		]);
		expect(again.find(1)?.to).toBe('a@people.example');
		expect(again.find(7)).toBeNull();
	});

	test('survives a line cut short by a kill', () => {
		const file = path.join(dir, 'mail.jsonl');
		new MailStore(file).add({ to: 'a@people.example', subject: 'One', text: '1' });
		appendFileSync(file, '{"id":2,"to":"b@peo');
		expect(new MailStore(file).newestFirst()).toHaveLength(1);
	});
});

test('HTML reads as text, with the address of each link', () => {
	const html =
		'<head><style>p{}</style></head><p>Hello &amp; welcome,</p><p><a href="https://x.example/?a=1&amp;b=2">Sign in</a></p>';
	expect(textOf(html)).toBe('Hello & welcome,\nSign in https://x.example/?a=1&b=2');
});
