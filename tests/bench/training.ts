/** Signing up for trainings in the database itself, many people at once, each in a transaction of their own. */
import { randomUUID } from 'node:crypto';
import postgres, { type Sql } from 'postgres';
import { figures, heading, row } from './measure.ts';

/** Connections: what a Worker's pool would hold. */
const AT_ONCE = 16;
const COHORTS = 200;
const SEATS = 30;
const SEALED = `s1.k1.${'A'.repeat(400)}`;

/** @param url of a superuser's connection */
export async function benchSignUps(sql: Sql, url: string, count: number, print: (line: string) => void): Promise<void> {
	const people = Array.from({ length: count }, () => randomUUID());
	await sql`
		insert into auth.users (id, aud, role, email, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
		select x, 'authenticated', 'authenticated', x || '@people.example', now(), '{}', '{}' from unnest(${people}::uuid[]) x`;
	const [program] = await sql<{ id: string }[]>`
		insert into public.programs (slug, name) values (${`bench-${randomUUID()}`}, 'Bench') returning id`;
	const cohorts = await sql<{ id: string }[]>`
		insert into public.cohorts (program_id, slug, title, state, capacity, announced_at)
		select ${program!.id}, 'bench-' || gen_random_uuid(), 'A training', 'open', ${SEATS}, now()
		from generate_series(1, ${COHORTS + 1}) returning id`;
	const pool = postgres(url, { max: AT_ONCE, onnotice: () => {} });
	try {
		print(heading(`Signing up, ${count.toLocaleString('en')} people, ${AT_ONCE} at once`));
		for (const [name, into] of [
			['one hot cohort', cohorts.slice(0, 1)],
			[`${COHORTS} cohorts`, cohorts.slice(1)]
		] as const) {
			const milliseconds: number[] = [];
			const waiting = people.entries();
			const started = performance.now();
			const work = async () => {
				for (const [index, person] of waiting) {
					const began = performance.now();
					await signUp(pool, into[index % into.length]!.id, person);
					milliseconds.push(performance.now() - began);
				}
			};
			await Promise.all(Array.from({ length: AT_ONCE }, work));
			const seconds = (performance.now() - started) / 1000;
			print(row(name, figures(milliseconds), `${(count / seconds).toFixed(0)} sign-ups a second`));
			await expectSeats(
				sql,
				into.map(({ id }) => id),
				count
			);
		}
	} finally {
		await pool.end({ timeout: 2 });
	}
}

/** As PostgREST does for each request. */
const signUp = (pool: Sql, cohort: string, person: string) =>
	pool.begin(async (tx) => {
		await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: person, role: 'authenticated' })}, true),
			set_config('request.jwt.claim.sub', ${person}, true)`;
		await tx`set local role authenticated`;
		await tx`select public.sign_up(${cohort}, ${randomUUID()}, ${SEALED})`;
	});

/** A figure is worth nothing where seats were sold twice, or people lost. */
async function expectSeats(sql: Sql, cohorts: string[], count: number): Promise<void> {
	const rows = await sql<{ people: number; seated: number }[]>`
		select count(*)::integer as people, (count(*) filter (where state = 'enrolled'))::integer as seated
		from public.enrolments where cohort_id = any (${cohorts}) group by cohort_id`;
	const people = rows.reduce((sum, each) => sum + each.people, 0);
	if (people !== count || rows.some(({ people, seated }) => seated !== Math.min(people, SEATS)))
		throw new Error('Seats and people do not add up.');
}
