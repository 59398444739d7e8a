/**
 * Loads the demonstration: the programs, the taxonomy, neighbourhoods, words, places, sample staff and where requests go, which
 * are data files in this folder. Idempotent: what is there already is left as it is.
 */
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { readdir, readFile } from 'node:fs/promises';
import { countByStatus, loadDirectoryFile } from '../../src/lib/directory/import/load.ts';
import { readDirectoryFile } from '../../src/lib/directory/import/csv.ts';
import { loadCoordinators, loadRouting } from './referral-routing.ts';
import { here, readRows } from './rows.ts';
import { loadStaff } from './staff.ts';
import { loadTrainings } from './training.ts';

export interface LoadOptions {
	/** The Supabase address, such as `http://127.0.0.1:54321`. */
	url: string;
	secretKey: string;
	/** PostgreSQL as `postgres`, which only the local database is reached by: for the sample accounts. */
	databaseUrl?: string;
	log(line: string): void;
}

/** Throws, naming the file and the line, where a file of the demonstration cannot be loaded whole. */
export async function loadDemonstration({ url, secretKey, databaseUrl, log }: LoadOptions): Promise<void> {
	const client = clientOf({ url, secretKey });
	const programId = await loadPrograms(client);
	const categories = await loadTaxonomy(client);
	await loadNeighbourhoods(client);
	await loadWords(client);

	let places = 0;
	for (const name of (await readdir(new URL('places/', here))).filter((file) => file.endsWith('.csv')).sort()) {
		const outcome = readDirectoryFile(await readFile(new URL(`places/${name}`, here), 'utf8'), categories);
		if (!outcome.ok) throw new Error(`supabase/seed/places/${name}: ${outcome.reason}`);
		const report = await loadDirectoryFile(client, programId, outcome.file, { dryRun: false });
		const rejected = report.find((row) => row.status === 'rejected');
		if (rejected) {
			throw new Error(`supabase/seed/places/${name}, line ${rejected.line}: ${rejected.reasons.join(' ')}`);
		}
		places += outcome.file.places.length;
		const { created, updated } = countByStatus(report);
		if (created + updated > 0) log(`${name}: ${created} rows created, ${updated} updated`);
	}
	log(`${places} places in the directory.`);
	await logTrainings(client, programId, log);
	const { teams, areas } = await loadRouting(client);
	if (!databaseUrl) return;
	log(`${await loadStaff(databaseUrl)} sample accounts of staff, ${teams} sample teams, ${areas} areas.`);
	await loadCoordinators(databaseUrl);
}

/** What the calendar has overtaken since it was loaded: a sample training that is announced lies ahead again. */
export async function renewDemonstration({ url, secretKey, log }: LoadOptions): Promise<void> {
	const client = clientOf({ url, secretKey });
	const main = client.from('programs').select('id').eq('is_default', true).single<{ id: string }>();
	await logTrainings(client, expect(await main).id, log);
}

const clientOf = ({ url, secretKey }: Pick<LoadOptions, 'url' | 'secretKey'>): SupabaseClient =>
	createClient(url, secretKey, { auth: { persistSession: false, autoRefreshToken: false } });

async function logTrainings(client: SupabaseClient, programId: string, log: LoadOptions['log']): Promise<void> {
	const trainings = await loadTrainings(client, programId, new Date());
	if (trainings > 0) log(`Sample trainings loaded: ${trainings}.`);
}

/** @returns the id of the default program: the demonstration's places are its own */
async function loadPrograms(client: SupabaseClient): Promise<string> {
	const rows = (await readRows('programs.csv')).map(({ slug, name, is_default }) => ({
		slug,
		name,
		is_default: is_default === 'true'
	}));
	const saved = expect(
		await client
			.from('programs')
			.upsert(rows, { onConflict: 'slug' })
			.select('id, is_default')
			.returns<{ id: string; is_default: boolean }[]>()
	);
	const main = saved.find((program) => program.is_default);
	if (!main) throw new Error('supabase/seed/programs.csv: no program is the default one');
	return main.id;
}

async function loadTaxonomy(client: SupabaseClient): Promise<Set<string>> {
	const taxonomy = { name: 'Bearings', description: 'What a newcomer to a neighbourhood looks for.' };
	const { id: taxonomy_id } = expect(
		await client.from('taxonomies').upsert(taxonomy, { onConflict: 'name' }).select('id').single<{ id: string }>()
	);
	const rows = await readRows('taxonomy.csv');
	const ids = new Map<string, string>();
	const load = async (terms: typeof rows) => {
		const saved = expect(
			await client
				.from('taxonomy_terms')
				.upsert(
					terms.map((row) => ({
						taxonomy_id,
						code: row.slug,
						name: row.name,
						description: row.description,
						icon: row.icon,
						parent_id: row.parent ? ids.get(row.parent) : null,
						position: rows.indexOf(row)
					})),
					{ onConflict: 'code' }
				)
				.select('id, code')
				.returns<{ id: string; code: string }[]>()
		);
		for (const { id, code } of saved) ids.set(code, id);
	};
	await load(rows.filter((row) => !row.parent));
	await load(rows.filter((row) => row.parent));
	return new Set(ids.keys());
}

async function loadNeighbourhoods(client: SupabaseClient): Promise<void> {
	const rows = await readRows('neighbourhoods.csv');
	expectNone(
		await client.from('neighbourhoods').upsert(
			rows.map((row) => ({
				slug: row.slug,
				name: row.name,
				alternate_names: splitList(row.alternate_names),
				description: row.description,
				latitude: Number(row.latitude),
				longitude: Number(row.longitude),
				// Postgres's polygon: (x,y) pairs, so longitude first.
				outline: `(${splitList(row.outline)
					.map((point) => point.split(',').map(Number))
					.map(([lat, lng]) => `(${lng},${lat})`)
					.join(',')})`
			})),
			{ onConflict: 'slug' }
		)
	);
}

async function loadWords(client: SupabaseClient): Promise<void> {
	const synonyms = (await readRows('synonyms.csv')).map((row) => ({ term: row.term, means: splitList(row.means) }));
	expectNone(await client.from('search_synonyms').upsert(synonyms, { onConflict: 'term' }));
	const names = new Map<string, { name: string; latitude: number; longitude: number }>();
	for (const row of await readRows('gazetteer.csv')) {
		for (const name of [row.name!, ...splitList(row.alternate_names)]) {
			names.set(name, { name, latitude: Number(row.latitude), longitude: Number(row.longitude) });
		}
	}
	expectNone(await client.from('gazetteer').upsert([...names.values()], { onConflict: 'name' }));
}

const splitList = (text = '') =>
	text
		.split(';')
		.map((part) => part.trim())
		.filter((part) => part !== '');

type Answer<T> = { data: T | null; error: { message: string } | null };

function expect<T>({ data, error }: Answer<T>): T {
	if (error) throw new Error(error.message);
	return data as T;
}

function expectNone({ error }: Answer<unknown>): void {
	if (error) throw new Error(error.message);
}
