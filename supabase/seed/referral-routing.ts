/**
 * Where the demonstration's requests go: teams, areas and work domains of its programs, what they say of the wait, and who
 * coordinates what. Idempotent: what is there already is left as it is.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import postgres from 'postgres';
import { dateIn } from '../../src/lib/directory/local-time.ts';
import { readRows } from './rows.ts';

type Row = Record<string, string>;

interface Place {
	name: string;
	/** Teams alone have one. */
	site?: string;
}

/** Loads teams, areas, domains and the wait; returns how many teams and areas the files name. */
export async function loadRouting(client: SupabaseClient): Promise<{ teams: number; areas: number }> {
	const [teams, areas, domains] = await Promise.all([
		readRows('teams.csv'),
		readRows('areas.csv'),
		readRows('work-domains.csv')
	]);
	for (const program of await readRows('programs.csv')) {
		const own = (rows: Row[]) => rows.filter((row) => row.program === program.slug);
		const { id, time_zone } = expect(
			await client
				.from('programs')
				.select('id, time_zone')
				.eq('slug', program.slug)
				.single<{ id: string; time_zone: string }>()
		);
		const isNew = await addMissing(
			client,
			id,
			'teams',
			own(teams).map(({ name = '', site = '' }) => ({ name, site }))
		);
		await addMissing(
			client,
			id,
			'areas',
			own(areas).map(({ name = '' }) => ({ name }))
		);
		const listed = own(domains).map(({ domain }) => ({ program_id: id, domain }));
		expect(await client.from('work_domains').upsert(listed, { onConflict: 'program_id,domain' }));
		if (isNew) await stateWait(client, id, program, dateIn(time_zone, new Date()));
	}
	return { teams: teams.length, areas: areas.length };
}

/** @returns whether the program had none before */
async function addMissing(
	client: SupabaseClient,
	program_id: string,
	table: 'teams' | 'areas',
	rows: Place[]
): Promise<boolean> {
	const there = expect(
		await client
			.from(table)
			.select(table === 'teams' ? 'name, site' : 'name')
			.eq('program_id', program_id)
			.returns<Place[]>()
	);
	const key = ({ name, site = '' }: Place) => `${name}\n${site}`.toLowerCase();
	const known = new Set(there.map(key));
	const missing = rows.filter((row) => !known.has(key(row)));
	if (missing.length > 0) expect(await client.from(table).insert(missing.map((row) => ({ program_id, ...row }))));
	return there.length === 0;
}

/** What the program says of the wait, as of `today`; where its row has no weeks, that it can't say. */
async function stateWait(client: SupabaseClient, id: string, program: Row, today: string): Promise<void> {
	const { wait_weeks_min, wait_weeks_max } = program;
	if (!wait_weeks_min) return;
	const wait = {
		wait_weeks_min: Number(wait_weeks_min),
		wait_weeks_max: Number(wait_weeks_max),
		wait_stated_on: today
	};
	expect(await client.from('referral_settings').update(wait).eq('program_id', id));
}

/** Ties teams and areas that nobody coordinates to the sample accounts, which only a local database has. */
export async function loadCoordinators(databaseUrl: string): Promise<void> {
	const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
	try {
		const [teams, areas] = await Promise.all([readRows('teams.csv'), readRows('areas.csv')]);
		await sql.begin(async (transaction) => {
			for (const row of teams) await coordinate(transaction, 'team', row);
			for (const row of areas) await coordinate(transaction, 'area', row);
		});
	} finally {
		await sql.end({ timeout: 2 });
	}
}

async function coordinate(
	sql: postgres.TransactionSql,
	kind: 'team' | 'area',
	{ program = '', name = '', site = '', coordinators = '' }: Row
): Promise<void> {
	const emails = coordinators
		.split(';')
		.map((email) => email.trim())
		.filter(Boolean);
	if (emails.length === 0) return;
	const people = await sql<{ id: string }[]>`select id from auth.users where email in ${sql(emails)}`;
	if (people.length < emails.length) {
		throw new Error(`supabase/seed/${kind}s.csv: no sample account for one of ${emails.join(', ')}`);
	}
	const [place, key] = [sql(`public.${kind}s`), sql(`${kind}_id`)];
	const table = sql(`public.${kind}_coordinators`);
	await sql`
		insert into ${table} (${key}, user_id)
		select x.id, u.id
		from ${place} x join public.programs p on p.id = x.program_id
		cross join auth.users u
		where p.slug = ${program} and lower(x.name) = lower(${name}) ${kind === 'team' ? sql`and lower(x.site) = lower(${site})` : sql``}
			and u.id in ${sql(people.map(({ id }) => id))}
			and not exists (select from ${table} c where c.${key} = x.id)`;
}

function expect<T>({ data, error }: { data: T | null; error: { message: string } | null }): T {
	if (error) throw new Error(error.message);
	return data as T;
}
