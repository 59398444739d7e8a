import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Mail {
	id: number;
	/** ISO 8601, UTC. */
	at: string;
	to: string;
	subject: string;
	text: string;
	html?: string;
	headers?: Record<string, string>;
}

/** What a mail driver hands over: text, HTML, or both. */
export interface OutgoingMail {
	to: string;
	subject: string;
	text?: string;
	html?: string;
	headers?: Record<string, string>;
}

/** The mail that the local site has sent, kept in one file, one JSON object a line, oldest first. */
export class MailStore {
	readonly #file: string;
	readonly #messages: Mail[];

	constructor(file: string) {
		this.#file = file;
		mkdirSync(path.dirname(file), { recursive: true });
		this.#messages = existsSync(file) ? readLines(readFileSync(file, 'utf8')) : [];
	}

	add(mail: OutgoingMail): Mail {
		const kept: Mail = {
			id: (this.#messages.at(-1)?.id ?? 0) + 1,
			at: new Date().toISOString(),
			to: mail.to,
			subject: mail.subject,
			text: mail.text ?? textOf(mail.html ?? ''),
			...(mail.html === undefined ? {} : { html: mail.html }),
			...(mail.headers === undefined ? {} : { headers: mail.headers })
		};
		this.#messages.push(kept);
		appendFileSync(this.#file, `${JSON.stringify(kept)}\n`);
		return kept;
	}

	newestFirst(): Mail[] {
		return this.#messages.toReversed();
	}

	find(id: number): Mail | null {
		return this.#messages.find((mail) => mail.id === id) ?? null;
	}
}

/** A line cut short by a kill is dropped. */
function readLines(content: string): Mail[] {
	return content.split('\n').flatMap((line) => {
		try {
			return [JSON.parse(line) as Mail];
		} catch {
			return [];
		}
	});
}

/** HTML as readable text: links show their address. */
export function textOf(html: string): string {
	return html
		.replace(/<(style|head)\b.*?<\/\1>/gis, '')
		.replace(/<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gis, '$2 $1')
		.replace(/<(br|\/p|\/h\d|\/li|\/div|\/tr)\b[^>]*>/gi, '\n')
		.replace(/<[^>]+>/g, '')
		.replace(/&(lt|gt|quot|#39|nbsp|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
		.replace(/[ \t]+/g, ' ')
		.replace(/ *\n */g, '\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ', amp: '&' };
