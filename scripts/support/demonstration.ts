import postgres from 'postgres';
import type { LocalSupabase } from '../../supabase/local/index.ts';
import { loadDemonstration, renewDemonstration } from '../../supabase/seed/load.ts';
import { fingerprint } from './fingerprint.ts';
import * as messages from './messages.ts';
import { root } from './root.ts';

const SEED = 'supabase/seed';

/**
 * Loads the demonstration data, unless this database already holds it as it is now. What was loaded is noted in the
 * Supabase CLI's own table of seeds, so that the note lives and dies with the database.
 */
export async function loadOnce(supabase: LocalSupabase, log: (line: string) => void): Promise<void> {
	const wanted = fingerprint(root, [SEED, 'supabase/migrations', 'src/lib/directory/import']);
	const sql = postgres(supabase.databaseUrl, { max: 1, onnotice: () => {} });
	try {
		await sql.unsafe(
			'create table if not exists supabase_migrations.seed_files (path text not null primary key, hash text not null)'
		);
		const [loaded] = await sql`select hash from supabase_migrations.seed_files where path = ${SEED}`;
		const target = { url: supabase.url, secretKey: supabase.keys.secret, databaseUrl: supabase.databaseUrl, log };
		if (loaded?.hash === wanted) return await renewDemonstration(target);
		log(messages.seeding);
		await loadDemonstration(target);
		await sql`
			insert into supabase_migrations.seed_files (path, hash) values (${SEED}, ${wanted})
			on conflict (path) do update set hash = excluded.hash`;
	} finally {
		await sql.end({ timeout: 2 });
	}
}
