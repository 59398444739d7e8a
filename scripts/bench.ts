/*
 * npm run bench                      everything
 * npm run bench -- places 10000      searches and pages at these numbers of generated places
 * npm run bench -- referrals 100000  a coordinator's inbox at these numbers of generated referrals
 * npm run bench -- training 2000     so many people who sign up for one training, and for two hundred
 *
 * Prints medians and 95th percentiles. Figures are for reading and comparing; no test depends on them.
 */
import { cpus } from 'node:os';
import postgres, { type Sql } from 'postgres';
import type { LocalSupabase } from '../supabase/local/index.ts';
import { startThrowawaySupabase } from '../supabase/local/throwaway.ts';
import { Trouble } from '../supabase/local/trouble.ts';
import { loadDemonstration } from '../supabase/seed/load.ts';
import { benchPoints } from '../tests/bench/bytes.ts';
import { benchDatabase } from '../tests/bench/database.ts';
import { benchInbox } from '../tests/bench/inbox.ts';
import { loadPlaces } from '../tests/bench/places.ts';
import { loadReferrals } from '../tests/bench/referrals.ts';
import { benchSite } from '../tests/bench/site.ts';
import { benchSignUps } from '../tests/bench/training.ts';
import { build } from './support/build.ts';
import { runMain } from './support/main.ts';
import * as messages from './support/messages.ts';

const print = (line: string) => console.log(line);

const BENCHES = {
	places: { sizes: [10_000, 100_000], prepare: () => build(print), run: benchPlaces },
	referrals: { sizes: [1_000_000], prepare: async () => {}, run: benchReferrals },
	training: { sizes: [2_000], prepare: async () => {}, run: benchTraining }
};
type Name = keyof typeof BENCHES;

runMain(async () => {
	const { names, sizes } = readArguments(process.argv.slice(2));
	print(
		`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, embedded PostgreSQL 17`
	);
	for (const name of names) {
		const bench = BENCHES[name];
		await bench.prepare();
		for (const size of sizes ?? bench.sizes) await withSupabase((supabase, sql) => bench.run(supabase, sql, size));
	}
	process.exit(0);
});

/** Numbers alone are of places. */
function readArguments(given: readonly string[]): { names: Name[]; sizes: number[] | null } {
	const sizes = given.filter((word) => /^[1-9]\d*$/.test(word)).map(Number);
	const names = given.filter((word) => word in BENCHES) as Name[];
	if (sizes.length + names.length < given.length || (sizes.length > 0 && names.length > 1)) {
		throw new Trouble(messages.benchUsage);
	}
	if (names.length > 0) return { names, sizes: sizes.length > 0 ? sizes : null };
	return sizes.length > 0 ? { names: ['places'], sizes } : { names: Object.keys(BENCHES) as Name[], sizes: null };
}

async function withSupabase(work: (supabase: LocalSupabase, sql: Sql) => Promise<void>): Promise<void> {
	const supabase = await startThrowawaySupabase('bench', 55_421);
	const sql = postgres(supabase.adminDatabaseUrl, { max: 2, onnotice: () => {} });
	try {
		await work(supabase, sql);
	} finally {
		await sql.end({ timeout: 2 });
		await supabase.stop();
	}
}

async function benchPlaces(supabase: LocalSupabase, sql: Sql, size: number): Promise<void> {
	await loadDemonstration({ url: supabase.url, secretKey: supabase.keys.secret, log: () => {} });
	await timeLoading(`${size.toLocaleString('en')} places`, () => loadPlaces(sql, size));
	await benchDatabase(sql, size, print);
	await benchPoints(sql, print);
	await benchSite(supabase, print);
}

async function benchReferrals(_supabase: LocalSupabase, sql: Sql, size: number): Promise<void> {
	const program = await timeLoading(`${size.toLocaleString('en')} referrals`, () => loadReferrals(sql, size));
	await benchInbox(sql, program, size, print);
}

async function benchTraining({ adminDatabaseUrl }: LocalSupabase, sql: Sql, size: number): Promise<void> {
	await benchSignUps(sql, adminDatabaseUrl, size, print);
}

async function timeLoading<T>(what: string, load: () => Promise<T>): Promise<T> {
	const started = performance.now();
	const loaded = await load();
	print(`\n${what} generated and loaded in ${((performance.now() - started) / 1000).toFixed(1)} s`);
	return loaded;
}
