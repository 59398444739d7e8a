/** A coordinator's inbox in the database itself: under row level security, as somebody who is signed in. */
import type { Sql, TransactionSql } from 'postgres';
import { heading, row, time } from './measure.ts';
import { randomFrom } from './places.ts';
import { INBOX_PAGES, shuffled, type InboxFilters } from './queries.ts';
import type { BenchProgram } from './referrals.ts';

const RUNS = 300;

export async function benchInbox(
	sql: Sql,
	program: BenchProgram,
	count: number,
	print: (line: string) => void
): Promise<void> {
	const rows = await sql<{ at: string; id: string }[]>`
		select submitted_at::text as at, id from public.referrals where program_id = ${program.id} and closed_at is null`;
	const random = randomFrom(7);
	const among = { teamIds: program.teamIds, open: rows };
	await sql.begin(async (tx) => {
		await signIn(tx, program.coordinatorIds[0]!);
		const inbox = ({ mine = false, ...filters }: InboxFilters) =>
			tx`public.inbox(${program.id}, ${tx.json({ mine, ...filters } as never)})`;
		const counts = ({ mine = false, team }: Partial<InboxFilters>) =>
			tx`public.inbox_counts(${program.id}, ${mine}, ${team ?? null})`;
		const many = <T>(task: () => T) => Array.from({ length: RUNS }, () => task);

		print(heading(`An inbox, ${count.toLocaleString('en')} referrals`));
		const asked = INBOX_PAGES.flatMap(({ share, filters }) =>
			Array.from({ length: (share * RUNS) / 100 }, () => filters(random, among))
		);
		const pages = shuffled(asked, random).map((filters) => () => tx`select ${inbox(filters)}, ${counts(filters)}`);
		print(row('a page: the mix', await time(pages, 40), 'promised: p95 ≤ 5 ms at 1,000,000'));
		const today = { view: 'today' };
		print(row('a page: today, all', await time(many(() => tx`select ${inbox(today)}, ${counts(today)}`))));
		for (const { name, filters } of INBOX_PAGES) {
			print(row(`  rows: ${name}`, await time(many(() => tx`select ${inbox(filters(random, among))}`))));
		}
		for (const mine of [true, false]) {
			print(row(`  counts: ${mine ? 'mine' : 'all'}`, await time(many(() => tx`select ${counts({ mine })}`))));
		}
	});
}

/** What PostgREST does before each request. */
async function signIn(tx: TransactionSql, id: string): Promise<void> {
	await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: id, role: 'authenticated' })}, true),
		set_config('request.jwt.claim.sub', ${id}, true)`;
	await tx`set local role authenticated`;
}
