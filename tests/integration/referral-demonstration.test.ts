/* Where the demonstration's requests go. */
import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadCoordinators, loadRouting } from '../../supabase/seed/referral-routing.ts';
import { readRows } from '../../supabase/seed/rows.ts';
import { loadStaff, sampleAccounts } from '../../supabase/seed/staff.ts';
import { forgetProgram, type Program } from '../factories/program.ts';
import { keys, sql, url } from '../support/database.ts';

const SLUGS = ['vancouver-sample', 'fraser-sample'];
const { databaseUrl } = inject('supabase');
const client = createClient(url, keys.secret, { auth: { persistSession: false, autoRefreshToken: false } });

async function load() {
	const loaded = await loadRouting(client);
	await loadStaff(databaseUrl);
	await loadCoordinators(databaseUrl);
	return loaded;
}

const programs = () => sql<Program[]>`select id, slug from public.programs where slug in ${sql(SLUGS)}`;

beforeAll(async () => {
	// Another file may have left one of them.
	for (const program of await programs()) await forgetProgram(program);
	for (const slug of SLUGS) await sql`insert into public.programs (slug, name) values (${slug}, ${slug})`;
	await load();
});
afterAll(async () => {
	for (const program of await programs()) await forgetProgram(program);
	const emails = (await sampleAccounts()).map(({ email }) => email);
	await sql`delete from auth.users where email in ${sql(emails)}`;
});

test('has teams and areas of both programs, with coordinators and without', async () => {
	for (const { id, slug } of await programs()) {
		const counts = await sql<{ teams: number; alone: number; areas: number }[]>`
			select count(*)::int as teams, (select count(*)::int from public.areas a where a.program_id = ${id}) as areas,
				count(*) filter (where not exists (select from public.team_coordinators c where c.team_id = t.id))::int as alone
			from public.teams t where t.program_id = ${id}`;
		expect(counts[0]!.teams, slug).toBeGreaterThanOrEqual(6);
		expect(counts[0]!.areas, slug).toBeGreaterThanOrEqual(7);
		expect(counts[0]!.alone, slug).toBeGreaterThan(0);
		expect(counts[0]!.alone, slug).toBeLessThan(counts[0]!.teams / 2);
	}
});

test('marks each team as a sample, and lists only addresses that belong to nobody', async () => {
	const teams = await sql<{ name: string }[]>`
		select t.name from public.teams t join public.programs p on p.id = t.program_id where p.slug in ${sql(SLUGS)}`;
	expect(teams.filter(({ name }) => !name.endsWith(' (sample)'))).toEqual([]);
	const domains = await sql<{ domain: string }[]>`
		select d.domain from public.work_domains d join public.programs p on p.id = d.program_id where p.slug in ${sql(SLUGS)}`;
	expect(domains.filter(({ domain }) => !domain.endsWith('.example'))).toEqual([]);
});

test('every neighbourhood of the city is an area', async () => {
	const areas = await sql<{ name: string }[]>`
		select a.name from public.areas a join public.programs p on p.id = a.program_id where p.slug = 'vancouver-sample'`;
	const known = new Set(areas.map(({ name }) => name));
	const neighbourhoods = await readRows('neighbourhoods.csv');
	expect(neighbourhoods.filter(({ name }) => !known.has(name!))).toEqual([]);
});

test('whoever coordinates a team or an area may coordinate in its program', async () => {
	const strangers = await sql`
		select t.name from public.team_coordinators c join public.teams t on t.id = c.team_id
		join public.programs p on p.id = t.program_id
		where p.slug in ${sql(SLUGS)} and not private.is_coordinator(p.id, c.user_id)
		union all
		select a.name from public.area_coordinators c join public.areas a on a.id = c.area_id
		join public.programs p on p.id = a.program_id
		where p.slug in ${sql(SLUGS)} and not private.is_coordinator(p.id, c.user_id)`;
	expect([...strangers]).toEqual([]);
});

test('one program says how long people wait, as of today, and the other that it cannot say', async () => {
	const waits = await sql`
		select p.slug, s.wait_weeks_min as min, s.wait_weeks_max as max, s.wait_stated_on = private.program_today(p.id) as today
		from public.referral_settings s join public.programs p on p.id = s.program_id where p.slug in ${sql(SLUGS)} order by p.slug`;
	expect([...waits]).toEqual([
		{ slug: 'fraser-sample', min: null, max: null, today: null },
		{ slug: 'vancouver-sample', min: 4, max: 8, today: true }
	]);
});

test('loaded again, it leaves what an admin has changed', async () => {
	const [changed] = await sql<{ id: string }[]>`
		select t.id from public.teams t join public.team_coordinators c on c.team_id = t.id
		join public.programs p on p.id = t.program_id where p.slug = 'vancouver-sample' limit 1`;
	const [amara] = await sql<{ id: string }[]>`select id from auth.users where email = 'amara@vancouver-sample.example'`;
	await sql`delete from public.team_coordinators where team_id = ${changed!.id}`;
	await sql`insert into public.team_coordinators (team_id, user_id) values (${changed!.id}, ${amara!.id})`;
	await sql`update public.referral_settings s set wait_weeks_min = null, wait_weeks_max = null, wait_stated_on = null
		from public.programs p where p.id = s.program_id and p.slug = 'vancouver-sample'`;
	const whole = () => sql`
		select t.name, t.site, c.user_id, s.wait_weeks_min from public.teams t join public.programs p on p.id = t.program_id
		join public.referral_settings s on s.program_id = p.id left join public.team_coordinators c on c.team_id = t.id
		where p.slug in ${sql(SLUGS)} order by 1, 2, 3`;
	const before = [...(await whole())];
	expect(await load()).toEqual({ teams: 22, areas: 31 });
	expect([...(await whole())]).toEqual(before);
});
