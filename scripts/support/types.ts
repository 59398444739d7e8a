import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateTypescript, sortGeneratorMetadata } from '@supabase/postgrest-typegen/generation';
import { introspect } from '@supabase/postgrest-typegen/introspection';
import postgres from 'postgres';
import { startThrowawaySupabase } from '../../supabase/local/throwaway.ts';
import * as messages from './messages.ts';
import { root } from './root.ts';

const FILE = path.join(root, 'src', 'lib', 'server', 'database.types.ts');

const NOTICE = '// Written by `npm run db:types` from supabase/migrations. Change those, not this.\n\n';

/** Null when the types in the checkout are what the migrations say, else the sentence that says how to mend it. */
export async function checkDatabaseTypes(): Promise<string | null> {
	const found = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
	return found === (await typesOfMigrations()) ? null : messages.typesOutdated;
}

/** @returns the file, relative to the checkout; it is left alone when nothing changed */
export async function writeDatabaseTypes(): Promise<string> {
	const types = await typesOfMigrations();
	mkdirSync(path.dirname(FILE), { recursive: true });
	if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== types) writeFileSync(FILE, types);
	return path.relative(root, FILE);
}

/** Generated from a throwaway database, so that a local one with other migrations makes no difference. */
async function typesOfMigrations(): Promise<string> {
	const supabase = await startThrowawaySupabase('types', 56_321);
	try {
		return NOTICE + (await generate(supabase.databaseUrl));
	} finally {
		await supabase.stop();
	}
}

/** The types of the schema `public`, as `supabase gen types typescript` writes them. */
async function generate(databaseUrl: string): Promise<string> {
	const sql = postgres(databaseUrl, { max: 4, onnotice: () => {} });
	try {
		const database = { query: async (text: string) => ({ rows: [...(await sql.unsafe(text))] }) };
		const metadata = await introspect(database, { includedSchemas: ['public'] });
		return await generateTypescript(sortGeneratorMetadata(metadata), {
			postgrestVersion: '14',
			detectOneToOneRelationships: true
		});
	} finally {
		await sql.end({ timeout: 2 });
	}
}
