/** The address that a code was sent to, kept on the person's own device until the code is typed: never in an address bar. */
import type { Cookies } from '@sveltejs/kit';
import { z } from 'zod';

const NAME = 'signing_in';
const HALF_AN_HOUR_S = 1800;

const Pending = z.object({ email: z.email().max(254), next: z.string().max(500) });
export type Pending = z.infer<typeof Pending>;

export function keepPending(cookies: Cookies, url: URL, pending: Pending): void {
	cookies.set(NAME, JSON.stringify(pending), {
		path: '/sign-in',
		httpOnly: true,
		secure: url.protocol === 'https:',
		sameSite: 'lax',
		maxAge: HALF_AN_HOUR_S
	});
}

/** Null where nothing was asked for, or too long ago. */
export function readPending(cookies: Cookies): Pending | null {
	try {
		return Pending.safeParse(JSON.parse(cookies.get(NAME) ?? 'null')).data ?? null;
	} catch {
		return null;
	}
}

export const forgetPending = (cookies: Cookies): void => cookies.delete(NAME, { path: '/sign-in' });
