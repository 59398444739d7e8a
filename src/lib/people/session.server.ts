/** Whose session a request brings: in cookies that no script reads, refreshed as they run out. */
import { createServerClient } from '@supabase/ssr';
import { isAuthRetryableFetchError } from '@supabase/supabase-js';
import { error, type Cookies, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import type { Database } from '$lib/server/database.types';
import { environment } from '$lib/server/environment';
import { patientFetch, type Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import type { Person } from './person';

const WEEK_S = 7 * 86_400;

/** Tells the pages that the edge keeps for everybody that somebody is signed in; holds nothing about whom. */
const MARKER = 'signed_in';

const cookieOptions = (url: URL) => ({
	path: '/',
	httpOnly: true,
	secure: url.protocol === 'https:',
	sameSite: 'lax' as const,
	maxAge: WEEK_S
});

/** A client that acts as the person whose session the request brings, and as a visitor without one. */
export function personalClient({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>): Supabase {
	const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = environment();
	return createServerClient<Database>(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
		cookieOptions: cookieOptions(url),
		cookies: {
			getAll: () => cookies.getAll(),
			setAll: (changed) => setAll(cookies, url, changed)
		},
		global: { fetch: patientFetch }
	});
}

function setAll(
	cookies: Cookies,
	url: URL,
	changed: readonly { name: string; value: string; options: object }[]
): void {
	try {
		for (const { name, value, options } of changed) {
			cookies.set(name, value, { ...options, ...cookieOptions(url), ...(value === '' && { maxAge: 0 }) });
		}
		// The marker lasts as long as the session does.
		if (changed.some(({ value }) => value !== '')) markSignedIn(cookies, url);
	} catch {
		// The answer has been made already: the next request refreshes the session.
	}
}

function markSignedIn(cookies: Cookies, url: URL): void {
	cookies.set(MARKER, '1', { ...cookieOptions(url), httpOnly: false });
}

export function unmarkSignedIn(cookies: Cookies): void {
	cookies.delete(MARKER, { path: '/' });
}

/** Whether the request brings any session at all: without one nothing needs to be asked. */
const bringsSession = (cookies: Cookies): boolean =>
	cookies.getAll().some(({ name }) => /^sb-.*-auth-token/.test(name));

/** Who is signed in, by the database; null for nobody, and for a session that has ended. */
export async function readPerson(cookies: Cookies, db: Supabase): Promise<Person | null> {
	if (!bringsSession(cookies)) return null;
	const { data, error: refused } = await db.auth.getClaims();
	// Auth that does not answer has not said that nobody is signed in.
	if (refused && isAuthRetryableFetchError(refused)) error(503, m.error_database_away());
	if (!data) return null;
	return available(await db.rpc('whoami')) as unknown as Person | null;
}
