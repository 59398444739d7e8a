/*
 * npm run admin:invite -- EMAIL [--name "Their name"] [--program SLUG]
 *
 * Makes the invitation of a program's first admin and prints its link. Goes to the local Supabase, or to the one that
 * SUPABASE_URL and SUPABASE_SECRET_KEY name; SITE_URL says where the link leads.
 */
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { localKeys } from '../supabase/local/keys.ts';
import { Trouble } from '../supabase/local/trouble.ts';
import * as messages from './support/admin-invite-messages.ts';
import { runMain } from './support/main.ts';
import { readSettings } from './support/settings.ts';

interface Target {
	url: string;
	key: string;
	site: string;
}

runMain(async () => {
	const { email, name, slug } = readArguments();
	const target = readTarget();
	const client = createClient(target.url, target.key, { auth: { persistSession: false, autoRefreshToken: false } });
	const program = await findProgram(client, target.url, slug);
	const token = answerOf(
		await client.rpc('invite_first_admin', { program_slug: program.slug, address: email, person_name: name }),
		target.url
	) as string | null;
	if (!token) throw new Trouble(messages.noProgram(program.slug));
	console.log(messages.invited(email, program.name, `${target.site}/invitations/${token}`));
	process.exit(0);
});

function readArguments() {
	let parsed;
	try {
		parsed = parseArgs({
			allowPositionals: true,
			options: { name: { type: 'string' }, program: { type: 'string' } }
		});
	} catch {
		throw new Trouble(messages.usage);
	}
	const [given, ...others] = parsed.positionals;
	if (!given || others.length > 0) throw new Trouble(messages.usage);
	const email = given.trim().toLowerCase();
	if (email.length > 254 || !z.regexes.email.test(email)) throw new Trouble(messages.notAnAddress(given));
	const name = (parsed.values.name ?? email.split('@')[0] ?? '').trim();
	if (name === '' || name.length > 120) throw new Trouble(messages.notAName);
	return { email, name, slug: parsed.values.program };
}

function readTarget(): Target {
	const { SUPABASE_URL: url, SUPABASE_SECRET_KEY: key, SITE_URL } = process.env;
	if (Boolean(url) !== Boolean(key)) throw new Trouble(messages.halfATarget);
	if (SITE_URL && !/^https?:\/\/[^/\s]+\/?$/.test(SITE_URL)) throw new Trouble(messages.notASiteUrl(SITE_URL));
	const site = SITE_URL?.replace(/\/$/, '');
	if (url && key) {
		if (!site) throw new Trouble(messages.noSiteUrl);
		return { url, key, site };
	}
	const { port, supabasePort } = readSettings(process.env);
	return {
		url: `http://127.0.0.1:${supabasePort}`,
		key: localKeys.secret,
		site: site ?? `http://127.0.0.1:${port}`
	};
}

async function findProgram(client: SupabaseClient, url: string, slug: string | undefined) {
	const programs = client.from('programs').select('slug, name');
	const answer = await (slug ? programs.eq('slug', slug) : programs.eq('is_default', true));
	const [program] = answerOf(answer, url) as { slug: string; name: string }[];
	if (!program) throw new Trouble(messages.noProgram(slug));
	return program;
}

/** What was answered; a Trouble that says why there is nothing. */
function answerOf<T>(
	{ data, error, status }: { data: T; error: { message: string } | null; status: number },
	url: string
): T {
	if (!error) return data;
	if (status === 401 || status === 403) throw new Trouble(messages.keyRefused(url));
	if (status === 0 || status >= 500) throw new Trouble(messages.noDatabase(url));
	throw new Trouble(messages.failed(url, error.message));
}
