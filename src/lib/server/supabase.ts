import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Database } from './database.types';
import { environment } from './environment';

export type Supabase = SupabaseClient<Database>;

const TIMEOUT_MS = 8000;

/** A request to Supabase that takes longer than eight seconds is given up. */
export const patientFetch: typeof fetch = (input, init) =>
	fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(TIMEOUT_MS) });

const options = {
	auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
	global: { fetch: patientFetch }
};

let visitor: { url: string; key: string; client: Supabase } | undefined;

/** A client that may do what a visitor may. It knows nobody, so that one serves every visitor. */
export function visitorClient(): Supabase {
	const { SUPABASE_URL: url, SUPABASE_PUBLISHABLE_KEY: key } = environment();
	if (visitor?.url !== url || visitor.key !== key)
		visitor = { url, key, client: createClient<Database>(url, key, options) };
	return visitor.client;
}

/**
 * A client with the secret key: for cron, the outbox and calls to Auth, and nothing else (DESIGN §3). `headers` go with each
 * of its requests.
 */
export function secretClient(headers: Record<string, string> = {}): Supabase {
	const { SUPABASE_URL, SUPABASE_SECRET_KEY } = environment();
	if (!SUPABASE_SECRET_KEY) throw new Error('SUPABASE_SECRET_KEY is not set');
	return createClient<Database>(SUPABASE_URL, SUPABASE_SECRET_KEY, {
		...options,
		global: { ...options.global, headers }
	});
}
