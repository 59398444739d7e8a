/** What the site has mailed, as the local mailbox keeps it. `npm test` names it in MAILBOX_URL. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Mail {
	id: number;
	to: string;
	subject: string;
	text: string;
	headers?: Record<string, string>;
}

/** The newest message to an address, waiting up to ten seconds for one that came after message `after` and is looked for. */
export async function newestMail(
	to: string,
	after = 0,
	isLookedFor: (mail: Mail) => boolean = () => true
): Promise<Mail> {
	const mailbox = process.env.MAILBOX_URL;
	if (!mailbox) throw new Error('MAILBOX_URL says where the site’s mail arrives; `npm test` sets it.');
	for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(100)) {
		const messages = (await (await fetch(`${mailbox}/messages.json`)).json()) as Mail[];
		const found = messages.find((mail) => mail.to === to && mail.id > after && isLookedFor(mail));
		if (found) return found;
	}
	throw new Error('No mail came.');
}
