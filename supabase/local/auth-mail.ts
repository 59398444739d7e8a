import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { textOf, type MailStore, type OutgoingMail } from './mail.ts';

/** What Auth does with a mail of its own. */
export type SendAuthMail = (message: OutgoingMail) => Promise<void>;

/** Hosted gives a hook five seconds. */
const PATIENCE_MS = 5000;

/**
 * Sends a mail of Auth's as hosted Supabase does: by the site's Send Email hook, which writes and sends it. Where there is
 * no secret, or the site is not there, the plain message goes straight into the mailbox.
 *
 * @param secret `whsec_…`, the site's SEND_EMAIL_HOOK_SECRET
 */
export function authMailer(mail: MailStore, siteUrl: string, secret?: string): SendAuthMail {
	const webhook = secret ? new Webhook(secret) : null;
	return async ({ to, subject, text, html }) => {
		const code = html ? readCode(html) : null;
		if (webhook && code && (await callHook(webhook, siteUrl, to, code))) return;
		mail.add(html ? { to, subject, text: textOf(html) } : { to, subject, text });
	};
}

interface Code {
	token: string;
	token_hash: string;
	redirect_to: string;
}

/** Takes `mail/code.html` apart again; null for any other mail. */
export function readCode(html: string): Code | null {
	const text = textOf(html);
	const token = /^Your code: (\d{6})$/m.exec(text)?.[1];
	const token_hash = /token_hash=([\w-]+)$/m.exec(text)?.[1];
	const redirect_to = /^Then on to: (\S*)$/m.exec(text)?.[1] ?? '';
	return token && token_hash ? { token, token_hash, redirect_to } : null;
}

/** @returns whether the site has taken the mail on */
async function callHook(webhook: Webhook, siteUrl: string, email: string, code: Code): Promise<boolean> {
	const body = JSON.stringify({
		user: { email },
		email_data: { ...code, site_url: siteUrl, email_action_type: 'magiclink' }
	});
	const id = `msg_${randomUUID()}`;
	const now = new Date();
	try {
		const response = await fetch(`${siteUrl}/api/hooks/send-email`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'webhook-id': id,
				'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
				'webhook-signature': webhook.sign(id, now, body)
			},
			body,
			signal: AbortSignal.timeout(PATIENCE_MS)
		});
		await response.body?.cancel();
		if (!response.ok) console.error(`The site answered its Send Email hook ${response.status}.`);
		return response.ok;
	} catch {
		// Not listening yet.
		return false;
	}
}
