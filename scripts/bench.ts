/*
 * npm run bench [-- 10000 100000]
 *
 * Prints medians and 95th percentiles at each number of generated places. Figures are for reading and comparing; no test
 * depends on them.
 */
import { cpus } from 'node:os';
import postgres from 'postgres';
import { startThrowawaySupabase } from '../supabase/local/throwaway.ts';
import { loadDemonstration } from '../supabase/seed/load.ts';
import { benchPoints } from '../tests/bench/bytes.ts';
import { benchDatabase } from '../tests/bench/database.ts';
import { loadPlaces } from '../tests/bench/places.ts';
import { benchSite } from '../tests/bench/site.ts';
import { build } from './support/build.ts';
import { runMain } from './support/main.ts';

const print = (line: string) => console.log(line);

runMain(async () => {
	const sizes = process.argv.slice(2).map(Number);
	await build(print);
	print(
		`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, embedded PostgreSQL 17`
	);
	for (const size of sizes.length > 0 ? sizes : [10_000, 100_000]) await benchAt(size);
	process.exit(0);
});

async function benchAt(size: number): Promise<void> {
	const supabase = await startThrowawaySupabase('bench', 55_421);
	const sql = postgres(supabase.adminDatabaseUrl, { max: 2, onnotice: () => {} });
	try {
		await loadDemonstration({ url: supabase.url, secretKey: supabase.keys.secret, log: () => {} });
		const started = performance.now();
		await loadPlaces(sql, size);
		print(
			`\n${size.toLocaleString('en')} places generated and loaded in ${((performance.now() - started) / 1000).toFixed(1)} s`
		);
		await benchDatabase(sql, size, print);
		await benchPoints(sql, print);
		await benchSite(supabase, print);
	} finally {
		await sql.end({ timeout: 2 });
		await supabase.stop();
	}
}
