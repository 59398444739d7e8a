import { env } from '$env/dynamic/private';
import { fail, redirect, type Cookies } from '@sveltejs/kit';
import { z } from 'zod';
import { drainSoon } from '$lib/mail/outbox.server';
import * as mine from '$lib/referrals/mine.server';
import { sentInWords } from '$lib/referrals/mine-words';
import { slipContact } from '$lib/referrals/slip';
import { REFERENCE } from '$lib/referrals/states';
import { readContact } from '$lib/server/contact';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { Actions, PageServerLoad } from './$types';

/** What this link has sent, for as long as somebody reads it, and for nobody but the browser that sent it. */
const COOKIE = 'sent_by_link';
const SECONDS = 30 * 60;

const Sent = z.object({
	ok: z.string().regex(REFERENCE),
	acknowledge_by: z.iso.datetime({ offset: true }),
	time_zone: z.string()
});

function readSent(cookies: Cookies): mine.SentByLink | null {
	try {
		return Sent.parse(JSON.parse(cookies.get(COOKIE) ?? 'null'));
	} catch {
		return null;
	}
}

/** What a mailed link opens. Looking changes nothing, as mail scanners open every link; the button sends. */
export const load: PageServerLoad = async ({ params, locals, cookies, setHeaders }) => {
	setHeaders({ 'cache-control': PRIVATE_CACHE });
	const [isOpen, person] = await Promise.all([mine.isKept(locals.supabase, params.token), locals.person()]);
	const sent = isOpen ? null : readSent(cookies);
	const contact = readContact(env);
	return {
		person,
		isOpen,
		sent: sent && { reference: sent.ok, next: sentInWords(sent) },
		contact,
		slip: slipContact(contact)
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { cookies, locals, params, url } = event;
		const sent = await mine.sendByLink(locals.supabase, params.token);
		// Pressed twice: the page says what has become of it.
		if (!sent) return readSent(cookies) ? redirect(303, url.pathname) : fail(409);
		drainSoon(event);
		cookies.set(COOKIE, JSON.stringify(sent), {
			path: url.pathname,
			httpOnly: true,
			secure: url.protocol === 'https:',
			sameSite: 'lax',
			maxAge: SECONDS
		});
		redirect(303, url.pathname);
	}
};
