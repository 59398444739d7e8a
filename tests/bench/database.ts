/** Searches in the database itself, as a visitor. */
import type { Sql } from 'postgres';
import { dateIn, instantOf } from '../../src/lib/directory/local-time.ts';
import { heading, row, time } from './measure.ts';
import { mix, QUERIES } from './queries.ts';
import { randomFrom } from './places.ts';

export async function benchDatabase(sql: Sql, count: number, print: (line: string) => void): Promise<void> {
	const connection = await sql.reserve();
	try {
		await connection`set role anon`;
		// Noon of today, when most places are open.
		const at = instantOf(`${dateIn('America/Vancouver', new Date())}T12:00`, 'America/Vancouver').toISOString();
		const ask = (filters: Record<string, unknown>) => () =>
			connection`select public.search_places(${connection.json({ at, ...filters } as never)})`;
		print(heading(`In the database, ${count.toLocaleString('en')} places`));
		print(row('the mix', await time(mix(400).map(ask), 40), 'promised: p95 ≤ 10 ms at 10,000, ≤ 50 ms at 100,000'));
		for (const { name, filters } of QUERIES) {
			const random = randomFrom(11);
			print(row(`  ${name}`, await time(Array.from({ length: 60 }, () => ask(filters(random))))));
		}
	} finally {
		await connection`reset role`;
		connection.release();
	}
}
