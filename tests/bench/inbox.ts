/** A coordinator's inbox in the database itself: under row level security, as somebody who is signed in. */
import type { PendingQuery, Row, Sql, TransactionSql } from 'postgres';
import { figures, heading, row, type Figures } from './measure.ts';
import { randomFrom } from './places.ts';
import { INBOX_PAGES, shuffled, type InboxFilters } from './queries.ts';
import type { BenchProgram } from './referrals.ts';

const RUNS = 300;
const WARM_UP = 30;

type Ask = (tx: TransactionSql) => PendingQuery<Row[]>;

export async function benchInbox(
	sql: Sql,
	program: BenchProgram,
	count: number,
	print: (line: string) => void
): Promise<void> {
	const random = randomFrom(7);
	const open = await sql<{ at: string; id: string }[]>`
		select submitted_at::text as at, id from public.referrals where program_id = ${program.id} and closed_at is null`;
	const among = { teamIds: program.teamIds, open };
	const run = (asked: Ask[]) => timeSignedIn(sql, program.coordinatorIds[0]!, asked);
	const many = (ask: () => Ask) => Array.from({ length: RUNS }, ask);

	// As text: what the client makes of it is not the database's time.
	const inbox = (tx: TransactionSql, filters: InboxFilters) =>
		tx`public.inbox(${program.id}, ${tx.json(filters as never)})::text`;
	const counts = (tx: TransactionSql, { mine = false, team }: Partial<InboxFilters>) =>
		tx`public.inbox_counts(${program.id}, ${mine}, ${team ?? null})::text`;
	const page = (filters: InboxFilters): Ask => {
		return (tx) => tx`select ${inbox(tx, filters)}, ${counts(tx, filters)}`;
	};

	print(heading(`An inbox, ${count.toLocaleString('en')} referrals`));
	const mix = INBOX_PAGES.flatMap(({ share, filters }) =>
		Array.from({ length: (share * RUNS) / 100 }, () => page(filters(random, among)))
	);
	print(row('a page: the mix', await run(shuffled(mix, random)), 'promised: p95 ≤ 5 ms at 1,000,000'));
	print(row('a page: today, all', await run(many(() => page({ view: 'today' })))));
	for (const { name, filters } of INBOX_PAGES) {
		const ask = (asked: InboxFilters): Ask => {
			return (tx) => tx`select ${inbox(tx, asked)}`;
		};
		print(row(`  rows: ${name}`, await run(many(() => ask(filters(random, among))))));
	}
	for (const mine of [true, false]) {
		print(row(`  counts: ${mine ? 'mine' : 'all'}`, await run(many(() => (tx) => tx`select ${counts(tx, { mine })}`))));
	}
}

/** Each in a transaction of its own, begun as PostgREST does for each request. */
async function timeSignedIn(sql: Sql, id: string, asked: readonly Ask[]): Promise<Figures> {
	const milliseconds: number[] = [];
	for (const [index, ask] of [...asked.slice(0, WARM_UP), ...asked].entries()) {
		await sql.begin(async (tx) => {
			await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: id, role: 'authenticated' })}, true),
				set_config('request.jwt.claim.sub', ${id}, true)`;
			await tx`set local role authenticated`;
			const started = performance.now();
			await ask(tx);
			if (index >= WARM_UP) milliseconds.push(performance.now() - started);
		});
	}
	return figures(milliseconds);
}
