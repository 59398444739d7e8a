/** Which database a script speaks with, and what it answers. */
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { localKeys } from '../../supabase/local/keys.ts';
import { Trouble } from '../../supabase/local/trouble.ts';
import { readSettings } from './settings.ts';
import * as messages from './target-messages.ts';

export interface Target {
	url: string;
	/** Not the local one. */
	isHosted: boolean;
	/** With the secret key: row level security does not apply. */
	client: SupabaseClient;
}

/**
 * The Supabase that SUPABASE_URL and SUPABASE_SECRET_KEY name, or the local one.
 *
 * @throws Trouble where only one of the two is set
 */
export function readTarget(env = process.env): Target {
	const { SUPABASE_URL, SUPABASE_SECRET_KEY } = env;
	if (Boolean(SUPABASE_URL) !== Boolean(SUPABASE_SECRET_KEY)) throw new Trouble(messages.halfATarget);
	const isHosted = Boolean(SUPABASE_URL);
	const url = SUPABASE_URL || `http://127.0.0.1:${readSettings(env).supabasePort}`;
	const key = SUPABASE_SECRET_KEY || localKeys.secret;
	return {
		url,
		isHosted,
		client: createClient(url, key, { auth: { persistSession: false, autoRefreshToken: false } })
	};
}

/** The program of this slug, or the one that is marked as the default. @throws Trouble where there is none */
export async function findProgram(target: Target, slug: string | undefined) {
	const programs = target.client.from('programs').select('id, slug, name');
	const answer = await (slug ? programs.eq('slug', slug) : programs.eq('is_default', true));
	const [program] = answerOf(answer, target) as { id: string; slug: string; name: string }[];
	if (!program) throw new Trouble(messages.noProgram(slug));
	return program;
}

/** What a call gives: data, or an error and the HTTP status (0 where nobody answered). */
interface Answer<T> {
	data: T;
	error: { message: string } | null;
	status: number;
}

/** The data. @throws Trouble that says why there is none */
export function answerOf<T>({ data, error, status }: Answer<T>, { url }: Pick<Target, 'url'>): T {
	if (!error) return data;
	if (status === 401 || status === 403) throw new Trouble(messages.keyRefused(url));
	if (status === 0 || status >= 500) throw new Trouble(messages.noDatabase(url));
	throw new Trouble(messages.failed(url, error.message));
}
