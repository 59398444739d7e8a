/** How a mail leaves: by Cloudflare's Email Service, or into the mailbox of a developer's machine. */

export interface Message {
	to: string;
	subject: string;
	text: string;
	html: string;
	headers?: Record<string, string>;
}

/** What became of it. `why` is a code, never an address or a word of the message; `forGood`: trying again is no use. */
export type Delivery = { sent: true } | { sent: false; forGood: boolean; why: string };

/** The binding `send_email`. https://developers.cloudflare.com/email-service/api/send-emails/workers-api/ */
export interface EmailBinding {
	send(message: {
		from: string | { email: string; name: string };
		to: string;
		subject: string;
		text: string;
		html: string;
		headers?: Record<string, string>;
	}): Promise<unknown>;
}

export interface MailSettings {
	/** `Name <address>`, or an address alone. */
	from: string;
	/** Where it is set, all mail goes there: a developer's machine writes to nobody. */
	mailboxUrl?: string;
	binding?: EmailBinding;
}

const TIMEOUT_MS = 8000;

/**
 * Sends one message. Does not throw for what may happen on the way.
 *
 * @throws Error when the settings name no way to send
 */
export async function sendMail(message: Message, { from, mailboxUrl, binding }: MailSettings): Promise<Delivery> {
	if (mailboxUrl) return intoMailbox(message, mailboxUrl);
	if (binding) return byEmailService(message, from, binding);
	throw new Error('Mail has no way out: neither the binding EMAIL nor MAILBOX_URL is set');
}

async function intoMailbox({ to, subject, text, html, headers }: Message, mailboxUrl: string): Promise<Delivery> {
	try {
		const response = await fetch(`${mailboxUrl.replace(/\/+$/, '')}/messages`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ to, subject, text, html, headers }),
			signal: AbortSignal.timeout(TIMEOUT_MS)
		});
		await response.body?.cancel();
		if (response.ok) return { sent: true };
		const { status } = response;
		return { sent: false, forGood: status >= 400 && status < 500 && !LATER.has(status), why: `mailbox ${status}` };
	} catch {
		return { sent: false, forGood: false, why: 'mailbox not reached' };
	}
}

/** Request timeout, too early, too many requests. */
const LATER = new Set([408, 425, 429]);

async function byEmailService(
	{ to, subject, text, html, headers }: Message,
	from: string,
	binding: EmailBinding
): Promise<Delivery> {
	try {
		await binding.send({
			from: parseSender(from),
			to,
			subject,
			text,
			html,
			// Nobody's "I am away" comes back to it (RFC 3834).
			headers: { 'Auto-Submitted': 'auto-generated', ...headers }
		});
		return { sent: true };
	} catch (error) {
		// The error's message may quote the address.
		const code = (error as { code?: unknown } | null)?.code;
		const why = typeof code === 'string' && /^E_[A-Z_]{1,60}$/.test(code) ? code : 'email service failed';
		return { sent: false, forGood: NO_USE.test(why), why };
	}
}

/**
 * The message or its recipient is refused. What an operator mends (a domain not verified, a limit) or time does is not
 * among them: those messages wait.
 */
const NO_USE =
	/^E_(VALIDATION_ERROR|FIELD_MISSING|TOO_MANY_RECIPIENTS|RECIPIENT_NOT_ALLOWED|RECIPIENT_SUPPRESSED|CONTENT_TOO_LARGE|HEADER.*)$/;

function parseSender(from: string): string | { email: string; name: string } {
	const [, name, email] = /^\s*"?([^"<]*?)"?\s*<([^<>\s]+)>\s*$/.exec(from) ?? [];
	if (!email) return from.trim();
	return name ? { name, email } : email;
}
