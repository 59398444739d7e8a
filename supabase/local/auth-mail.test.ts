import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { authMailer } from './auth-mail.ts';
import { MailStore } from './mail.ts';

const SECRET = `whsec_${'ab'.repeat(24)}`;
const HASH = 'c0ffee00'.repeat(7);

let dir: string;
let mail: MailStore;
let site: Server;
let siteUrl: string;
let status: number;
let asked: unknown[];

beforeEach(async () => {
	dir = mkdtempSync(path.join(tmpdir(), 'bearings-auth-mail-'));
	mail = new MailStore(path.join(dir, 'mail.jsonl'));
	[status, asked] = [200, []];
	site = createServer(async (request, response) => {
		let body = '';
		for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
		asked.push([request.url, new Webhook(SECRET).verify(body, request.headers as Record<string, string>)]);
		response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
	});
	await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
	siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterEach(() => {
	vi.restoreAllMocks();
	site.closeAllConnections();
	site.close();
	rmSync(dir, { recursive: true });
});

/** The project's own template, as it is filled in. */
const message = () => {
	const values: Record<string, string> = { Token: '012345', TokenHash: HASH, SiteURL: siteUrl, RedirectTo: siteUrl };
	const html = readFileSync(path.join(import.meta.dirname, 'mail', 'code.html'), 'utf8');
	return {
		to: 'sam@people.example',
		subject: 'Your sign-in code',
		text: 'unused',
		html: html.replace(/\{\{ \.(\w+) \}\}/g, (_, name: string) => values[name]!)
	};
};

test('a code goes to the site, signed as Supabase signs it, and not into the mailbox', async () => {
	await authMailer(mail, siteUrl, SECRET)(message());
	expect(asked).toEqual([
		[
			'/api/hooks/send-email',
			{
				user: { email: 'sam@people.example' },
				email_data: {
					token: '012345',
					token_hash: HASH,
					redirect_to: siteUrl,
					site_url: siteUrl,
					email_action_type: 'magiclink'
				}
			}
		]
	]);
	expect(mail.newestFirst()).toEqual([]);
});

test('without a secret it goes plain into the mailbox', async () => {
	await authMailer(mail, siteUrl)(message());
	expect(asked).toEqual([]);
	const text = mail.newestFirst()[0]?.text;
	expect(text).toContain('012345');
	expect(text).toContain(`${siteUrl}/sign-in/confirm?token_hash=${HASH}`);
});

test('where the site is not there, or can’t, it goes plain into the mailbox', async () => {
	await authMailer(mail, 'http://127.0.0.1:9', SECRET)(message());
	expect(mail.newestFirst()).toHaveLength(1);
	vi.spyOn(console, 'error').mockImplementation(() => {});
	status = 503;
	await authMailer(mail, siteUrl, SECRET)(message());
	expect(mail.newestFirst()).toHaveLength(2);
});

test('any other mail of Auth’s goes plain into the mailbox', async () => {
	await authMailer(mail, siteUrl, SECRET)({ to: 'sam@people.example', subject: 'Hm', html: '<p>Your code: none</p>' });
	expect(asked).toEqual([]);
	expect(mail.newestFirst()).toHaveLength(1);
});
