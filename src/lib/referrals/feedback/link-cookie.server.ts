/**
 * The link that was just made, for the page that prints it: the database has no more than its hash. Kept on the coordinator's device for
 * half an hour, so that looking at the page again doesn't make another.
 */
import type { RequestEvent } from '@sveltejs/kit';

const COOKIE = 'asks';
const SECONDS = 30 * 60;

type LinkEvent = Pick<RequestEvent, 'cookies' | 'url'>;

export function keepLink({ cookies, url }: LinkEvent, token: string): void {
	cookies.set(COOKIE, token, {
		path: url.pathname,
		httpOnly: true,
		secure: url.protocol === 'https:',
		sameSite: 'lax',
		maxAge: SECONDS
	});
}

/** The token, or null. */
export function keptLink({ cookies }: Pick<LinkEvent, 'cookies'>): string | null {
	const token = cookies.get(COOKIE) ?? '';
	return /^[0-9a-f]{32}$/.test(token) ? token : null;
}
