import { mkdtempSync, rmSync } from 'node:fs';
import { request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MailStore } from '../../supabase/local/mail.ts';
import { startMailbox } from '../../supabase/local/mailbox.ts';
import { findFreePorts } from '../../supabase/local/ports.ts';

let dir: string;
let mail: MailStore;
let server: Server;
let url: string;

beforeAll(async () => {
	dir = mkdtempSync(path.join(tmpdir(), 'bearings-mailbox-'));
	mail = new MailStore(path.join(dir, 'mail.jsonl'));
	const port = await findFreePorts(59_321, [0]);
	server = await startMailbox(mail, port);
	url = `http://127.0.0.1:${port}`;
});

afterAll(() => {
	server.close();
	rmSync(dir, { recursive: true });
});

const page = async (address: string) => (await fetch(url + address)).text();

it('says so when nothing has been sent', async () => {
	expect(await page('/')).toContain('Nothing has been sent yet.');
});

it('takes a message as JSON from the site', async () => {
	const post = (body: string, type = 'application/json') =>
		fetch(`${url}/messages`, { method: 'POST', body, headers: { 'content-type': type } });
	const message = JSON.stringify({ to: 'a@people.example', subject: 'One', text: '1' });
	expect((await post(message)).status).toBe(201);
	expect((await post('{"to":1}')).status).toBe(400);
	expect((await post('nonsense')).status).toBe(400);
	expect((await post(message, 'text/plain')).status).toBe(415);
	expect((await post(JSON.stringify({ to: 'a', subject: 'b', text: 'x'.repeat(1_000_001) }))).status).toBe(413);
	expect(mail.newestFirst()).toHaveLength(1);
	expect((await post('{"to":"a","subject":"b","text":"c","headers":{"X":1}}')).status).toBe(400);
	expect(mail.newestFirst()).toHaveLength(1);
});

it('lists the newest first', async () => {
	mail.add({ to: 'b@people.example', subject: 'Two', text: '2' });
	const list = await page('/');
	expect(list.indexOf('Two')).toBeLessThan(list.indexOf('One'));
	const json = (await (await fetch(`${url}/messages.json`)).json()) as { subject: string }[];
	expect(json.map(({ subject }) => subject)).toEqual(['Two', 'One']);
});

it('shows the headers that a message came with', async () => {
	const headers = { 'List-Unsubscribe': '<https://x.example/1>' };
	const { id } = mail.add({ to: 'b@people.example', subject: 'Two', text: '2', headers });
	expect(await page(`/messages/${id}`)).toContain('List-Unsubscribe: &lt;https://x.example/1&gt;');
});

it('shows a message as text, whatever is in it', async () => {
	const { id } = mail.add({
		to: '"<img src=x>"@people.example',
		subject: '<script>alert(1)</script>',
		text: '</pre><script>alert(2)</script> https://x.example/?a=1&b="2"'
	});
	for (const shown of [await page('/'), await page(`/messages/${id}`)]) {
		expect(shown).not.toMatch(/<script|<img/);
		expect(shown).toContain('&lt;script&gt;alert(1)');
	}
	expect(await page(`/messages/${id}`)).toContain('<a href="https://x.example/?a=1&amp;b=">');
});

it('shows the HTML of a message on a page that may run nothing and load nothing', async () => {
	const html = '<!doctype html><style>p{color:red}</style><p>One</p><script>alert(1)</script>';
	const message = JSON.stringify({ to: 'a@people.example', subject: 'One', text: 'Only this', html });
	const sent = await fetch(`${url}/messages`, {
		method: 'POST',
		body: message,
		headers: { 'content-type': 'application/json' }
	});
	const { id } = (await sent.json()) as { id: number };
	const text = await page(`/messages/${id}`);
	expect(text).toContain('Only this');
	expect(text).toContain(`href="/messages/${id}/html"`);
	expect(text).not.toContain('<script');
	const shown = await fetch(`${url}/messages/${id}/html`);
	expect(await shown.text()).toBe(html);
	const policy = shown.headers.get('content-security-policy');
	expect(policy).toContain("default-src 'none'");
	expect(policy).toMatch(/; sandbox$/);
});

it('has no HTML page of a message without HTML', async () => {
	const { id } = mail.add({ to: 'b@people.example', subject: 'Three', text: '3' });
	expect(await page(`/messages/${id}`)).not.toContain('/html"');
	expect((await fetch(`${url}/messages/${id}/html`)).status).toBe(404);
});

it('allows no script, no frame and no other origin', async () => {
	const { headers } = await fetch(url);
	expect(headers.get('content-security-policy')).toContain("default-src 'none'");
	expect(headers.get('access-control-allow-origin')).toBeNull();
});

it('answers 404 and 405 in words', async () => {
	for (const address of ['/messages/999', '/messages/x', '/nothing'])
		expect((await fetch(url + address)).status).toBe(404);
	expect((await fetch(url, { method: 'DELETE' })).status).toBe(405);
});

it('refuses another name for this computer', async () => {
	const status = await new Promise((resolve) =>
		request(`${url}/messages.json`, { headers: { host: 'evil.example' } }, ({ statusCode }) =>
			resolve(statusCode)
		).end()
	);
	expect(status).toBe(403);
});
