import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Mail, MailStore, OutgoingMail } from './mail.ts';
import { listenFailure } from './ports.ts';

/** Enough for any message of ours; more is refused. */
const LARGEST_MESSAGE = 1_000_000;

const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border:1px solid;padding:1rem}li{margin-block:.75rem}small{display:block}`;

/** A mail brings its own style, and may do nothing else. */
const MAIL_POLICY =
	"default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox";

const HEADERS = {
	'content-security-policy':
		"default-src 'none'; style-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	'cache-control': 'no-store'
};

/**
 * A small web page that shows each message the local site has sent.
 * `GET /`, `GET /messages/<id>` and its `/html` for people, `GET /messages.json` (newest first) for tests, and
 * `POST /messages` with an `OutgoingMail` as JSON for the site itself.
 */
export function startMailbox(mail: MailStore, port: number): Promise<Server> {
	const server = createServer((request, response) => {
		answer(mail, request, response).catch((error: unknown) => {
			console.error(error);
			send(response, 500, 'text/plain', 'Something went wrong.');
		});
	});
	return new Promise((resolve, reject) => {
		server.once('error', (error) => reject(listenFailure(error, 'the mailbox', port, 'SUPABASE_PORT')));
		server.listen(port, '127.0.0.1', () => resolve(server));
	});
}

async function answer(mail: MailStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
	// A page elsewhere that points its own name at 127.0.0.1 must not read the codes.
	if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
		return send(response, 403, 'text/plain', 'This mailbox answers on 127.0.0.1 only.');
	}
	const { pathname } = new URL(request.url ?? '/', 'http://localhost');
	if (request.method === 'POST' && pathname === '/messages') return receive(mail, request, response);
	if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'text/plain', 'Only GET.');
	if (pathname === '/') return send(response, 200, 'text/html', listPage(mail.newestFirst()));
	if (pathname === '/style.css') return send(response, 200, 'text/css', STYLE);
	if (pathname === '/messages.json') {
		return send(response, 200, 'application/json', JSON.stringify(mail.newestFirst()));
	}
	const [, id, form] = /^\/messages\/(\d+)(\/html)?$/.exec(pathname) ?? [];
	const one = mail.find(Number(id));
	if (one && !form) return send(response, 200, 'text/html', messagePage(one));
	if (one?.html !== undefined) {
		return send(response, 200, 'text/html', one.html, { 'content-security-policy': MAIL_POLICY });
	}
	return send(response, 404, 'text/plain', 'There is no such message.');
}

/** A JSON content type makes a browser ask first, so no page elsewhere can post here. */
async function receive(mail: MailStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
	if (request.headers['content-type']?.split(';')[0] !== 'application/json') {
		return send(response, 415, 'text/plain', 'Send JSON.');
	}
	let body = '';
	for await (const chunk of request.setEncoding('utf8')) {
		body += String(chunk);
		if (body.length > LARGEST_MESSAGE) return send(response, 413, 'text/plain', 'Too long.');
	}
	const sent = parseOutgoing(body);
	if (!sent) return send(response, 400, 'text/plain', 'A message has to, subject and text.');
	send(response, 201, 'application/json', JSON.stringify(mail.add(sent)));
}

function parseOutgoing(body: string): OutgoingMail | null {
	try {
		const { to, subject, text, html, headers } = JSON.parse(body) as Record<string, unknown>;
		if (typeof to !== 'string' || typeof subject !== 'string') return null;
		if (!isTextOrNothing(text) || !isTextOrNothing(html) || (text ?? html) === undefined) return null;
		return areHeaders(headers) ? { to, subject, text, html, headers } : null;
	} catch {
		return null;
	}
}

const isTextOrNothing = (value: unknown): value is string | undefined =>
	value === undefined || typeof value === 'string';

const areHeaders = (value: unknown): value is Record<string, string> | undefined =>
	value === undefined ||
	(typeof value === 'object' && value !== null && Object.values(value).every((header) => typeof header === 'string'));

function send(response: ServerResponse, status: number, type: string, body: string, headers = {}): void {
	response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8`, ...headers }).end(body);
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

const page = (title: string, body: string) =>
	`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
	`<title>${escape(title)}</title><link rel="stylesheet" href="/style.css"></head><body>${body}</body></html>`;

function listPage(messages: readonly Mail[]): string {
	const items = messages.map(
		(mail) =>
			`<li><a href="/messages/${mail.id}">${escape(mail.subject)}</a>` +
			`<small>to ${escape(mail.to)}, ${escape(mail.at)}</small></li>`
	);
	const empty = '<p>Nothing has been sent yet. What the local site sends appears here and goes nowhere else.</p>';
	return page('Mailbox', `<main><h1>Mailbox</h1>${items.length ? `<ol>${items.join('')}</ol>` : empty}</main>`);
}

function messagePage(mail: Mail): string {
	const asHtml =
		mail.html === undefined ? '' : `<p><a href="/messages/${mail.id}/html">As mail programs show it</a></p>`;
	const headers = Object.entries(mail.headers ?? {}).map(
		([name, value]) => `<small>${escape(name)}: ${escape(value)}</small>`
	);
	return page(
		mail.subject,
		`<main><p><a href="/">All messages</a></p><h1>${escape(mail.subject)}</h1>` +
			`<p>To ${escape(mail.to)}, ${escape(mail.at)}${headers.join('')}</p><pre>${linked(mail.text)}</pre>${asHtml}</main>`
	);
}

/** Escaped text in which addresses of web pages can be followed. */
const linked = (text: string) =>
	escape(text).replace(/https?:\/\/[^\s&<]+(?:&amp;[^\s&<]+)*/g, (address) => `<a href="${address}">${address}</a>`);
