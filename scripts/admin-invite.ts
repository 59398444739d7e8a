/*
 * npm run admin:invite -- EMAIL [--name "Their name"] [--program SLUG]
 *
 * Makes the invitation of a program's first admin and prints its link. Goes to the local Supabase, or to the one that
 * SUPABASE_URL and SUPABASE_SECRET_KEY name; SITE_URL says where the link leads.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Trouble } from '../supabase/local/trouble.ts';
import * as messages from './support/admin-invite-messages.ts';
import { runMain } from './support/main.ts';
import { readSettings } from './support/settings.ts';
import * as targetMessages from './support/target-messages.ts';
import { answerOf, findProgram, readTarget } from './support/target.ts';

runMain(async () => {
	const { email, name, slug } = readArguments();
	const target = readTarget();
	const site = readSite(target.isHosted);
	const program = await findProgram(target, slug);
	const token = answerOf(
		await target.client.rpc('invite_first_admin', { program_slug: program.slug, address: email, person_name: name }),
		target
	) as string | null;
	if (!token) throw new Trouble(targetMessages.noProgram(program.slug));
	console.log(messages.invited(email, program.name, `${site}/invitations/${token}`));
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

/** Where the link leads: only the local site's address is known. */
function readSite(isHosted: boolean): string {
	const { SITE_URL } = process.env;
	if (SITE_URL && !/^https?:\/\/[^/\s]+\/?$/.test(SITE_URL)) throw new Trouble(messages.notASiteUrl(SITE_URL));
	if (SITE_URL) return SITE_URL.replace(/\/$/, '');
	if (isHosted) throw new Trouble(messages.noSiteUrl);
	return `http://127.0.0.1:${readSettings(process.env).port}`;
}
