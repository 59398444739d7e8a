/** Mail with this Worker's own settings: what routes call. */
import { environment } from '$lib/server/environment';
import { logFailure } from '$lib/server/log';
import { secretClient } from '$lib/server/supabase';
import { drainOutbox, type Drained, type Send } from './drain.server';
import { renderMail, type TemplateData, type TemplateName } from './templates';
import { sendMail, type Delivery, type EmailBinding, type MailSettings } from './transport.server';

type Platform = Readonly<App.Platform> | undefined;

/** @throws Error with the names of the settings that are missing */
function mailSettings(platform: Platform): MailSettings & { siteUrl: string } {
	const { MAIL_FROM, MAILBOX_URL, SITE_URL } = environment();
	const binding = platform?.env.EMAIL as EmailBinding | undefined;
	const missing = [
		...(MAIL_FROM ? [] : ['MAIL_FROM']),
		...(SITE_URL ? [] : ['SITE_URL']),
		...(MAILBOX_URL || binding ? [] : ['EMAIL or MAILBOX_URL'])
	];
	if (!MAIL_FROM || !SITE_URL || missing.length > 0) {
		throw new Error(`Mail can't be sent; settings are missing: ${missing.join(', ')}`);
	}
	return { from: MAIL_FROM, siteUrl: SITE_URL, mailboxUrl: MAILBOX_URL, binding };
}

/** Sends one mail at once, past the outbox: for what must not be stored, as a code. */
export async function sendNow<Name extends TemplateName>(
	platform: Platform,
	to: string,
	template: Name,
	data: TemplateData<Name>
): Promise<Delivery> {
	const settings = mailSettings(platform);
	return sendMail({ to, ...renderMail(template, data, settings) }, settings);
}

/** Sends what is due in the outbox, `rounds` times twenty at most. */
export async function drainMail(platform: Platform, rounds: number): Promise<Drained> {
	const settings = mailSettings(platform);
	const send: Send = (message) => sendMail(message, settings);
	return drainOutbox(secretClient(), send, { siteUrl: settings.siteUrl, rounds });
}

/** What was just written is the last in line: so much may wait before it, and it leaves at once all the same. */
const ROUNDS_SOON = 5;

/**
 * For a route that has written to the outbox: sends it without the reader having to wait. Never fails; what is left is for
 * the next run of cron.
 */
export function drainSoon({ platform, locals, route }: DrainEvent): void {
	const work = drainMail(platform, ROUNDS_SOON).then(
		({ sent, unsent, aside }) => {
			if (unsent + aside === 0) return;
			console.warn(JSON.stringify({ id: locals.requestId, event: 'mail_drained', sent, unsent, aside }));
		},
		(error: unknown) => logFailure(locals.requestId, route.id, error)
	);
	platform?.ctx?.waitUntil(work);
}

/** A `RequestEvent`, or what of it this needs. */
interface DrainEvent {
	platform: Platform;
	locals: Pick<App.Locals, 'requestId'>;
	route: { id: string | null };
}
