import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendMail, type EmailBinding } from './transport.server';

const message = { to: 'a@people.example', subject: 'One', text: '1', html: '<p>1</p>' };
const from = 'Bearings <hello@bearings.example>';

describe('Email Service', () => {
	const failing = (error: unknown): EmailBinding => ({ send: () => Promise.reject(error) });
	const coded = (code: string) => Object.assign(new Error('a@people.example is no good'), { code });

	test.each([
		['Bearings <hello@bearings.example>', { name: 'Bearings', email: 'hello@bearings.example' }],
		[
			'"Bearings, Vancouver" <hello@bearings.example>',
			{ name: 'Bearings, Vancouver', email: 'hello@bearings.example' }
		],
		['<hello@bearings.example>', 'hello@bearings.example'],
		['hello@bearings.example', 'hello@bearings.example']
	])('is given the message, from %s', async (sender, expected) => {
		const sent: unknown[] = [];
		const binding: EmailBinding = { send: async (given) => sent.push(given) };
		expect(await sendMail(message, { from: sender, binding })).toEqual({ sent: true });
		expect(sent).toEqual([{ ...message, from: expected, headers: { 'Auto-Submitted': 'auto-generated' } }]);
	});

	test('is given the headers of a letter beside our own', async () => {
		const sent: { headers?: Record<string, string> }[] = [];
		const binding: EmailBinding = { send: async (given) => sent.push(given) };
		await sendMail({ ...message, headers: { 'List-Unsubscribe': '<https://x.example>' } }, { from, binding });
		expect(sent[0]!.headers).toEqual({
			'Auto-Submitted': 'auto-generated',
			'List-Unsubscribe': '<https://x.example>'
		});
	});

	test.each(['E_VALIDATION_ERROR', 'E_RECIPIENT_SUPPRESSED', 'E_CONTENT_TOO_LARGE', 'E_HEADER_VALUE_INVALID'])(
		'refuses for good with %s',
		async (code) => {
			const delivery = await sendMail(message, { from, binding: failing(coded(code)) });
			expect(delivery).toEqual({ sent: false, forGood: true, why: code });
		}
	);

	test.each(['E_RATE_LIMIT_EXCEEDED', 'E_DAILY_LIMIT_EXCEEDED', 'E_DELIVERY_FAILED', 'E_SENDER_NOT_VERIFIED'])(
		'may take it later after %s',
		async (code) => {
			const delivery = await sendMail(message, { from, binding: failing(coded(code)) });
			expect(delivery).toEqual({ sent: false, forGood: false, why: code });
		}
	);

	test.each([new Error('a@people.example'), coded('a@people.example'), null, 'a@people.example'])(
		'may take it later after a failure of no known kind, of which nothing is told',
		async (error) => {
			const delivery = await sendMail(message, { from, binding: failing(error) });
			expect(delivery).toEqual({ sent: false, forGood: false, why: 'email service failed' });
		}
	);
});

describe('the mailbox', () => {
	let server: Server;
	let mailboxUrl: string;
	let status = 201;
	let received: { url?: string; headers: IncomingHttpHeaders; body: string };

	beforeAll(async () => {
		server = createServer(async (request, response) => {
			let body = '';
			for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
			received = { url: request.url, headers: request.headers, body };
			response.writeHead(status).end();
		});
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		mailboxUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});

	test('takes all mail where it is set, also beside the binding', async () => {
		const binding: EmailBinding = { send: () => Promise.reject(new Error('not this way')) };
		const headed = { ...message, headers: { 'List-Unsubscribe': '<https://x.example>' } };
		expect(await sendMail(headed, { from, mailboxUrl, binding })).toEqual({ sent: true });
		expect(received.url).toBe('/messages');
		expect(received.headers['content-type']).toBe('application/json');
		expect(JSON.parse(received.body)).toEqual(headed);
	});

	test.each([
		[400, true],
		[413, true],
		[429, false],
		[500, false],
		[503, false]
	])('answering %i: for good is %s', async (answer, forGood) => {
		status = answer;
		expect(await sendMail(message, { from, mailboxUrl })).toEqual({ sent: false, forGood, why: `mailbox ${answer}` });
	});

	test('not there: later', async () => {
		const nobody = 'http://127.0.0.1:9';
		const delivery = await sendMail(message, { from, mailboxUrl: nobody });
		expect(delivery).toEqual({ sent: false, forGood: false, why: 'mailbox not reached' });
	});
});

test('with no way out it says which settings are missing', async () => {
	await expect(sendMail(message, { from })).rejects.toThrow('neither the binding EMAIL nor MAILBOX_URL');
});
