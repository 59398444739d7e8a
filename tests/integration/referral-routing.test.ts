/* Where a request goes, who looks after it, and by when it is acknowledged. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, asMember, type Program } from '../factories/program.ts';
import { anAddress, aReferral, aRequest, day, forgetPrograms, mailAbout, rowOf } from '../factories/referral.ts';
import { asAnonymous, asUser, aUser, sql, type User } from '../support/database.ts';

let program: Program;
let other: Program;
let byDefault: Program;
const programs: Program[] = [];

beforeAll(async () => {
	[program, other, byDefault] = [
		await aProgram('routing'),
		await aProgram('routing-other'),
		await aProgram('routing-default')
	];
	programs.push(program, other, byDefault);
	await sql`update public.programs set is_default = false where is_default`;
	await sql`update public.programs set is_default = true where id = ${byDefault.id}`;
});
afterAll(() => forgetPrograms(...programs));

type Kind = 'team' | 'area';
async function aTarget(kind: Kind, of: Program, coordinators: User[] = [], is_active = true): Promise<string> {
	const [row] = await sql<{ id: string }[]>`
		insert into ${sql(`public.${kind}s`)} ${sql({ program_id: of.id, name: randomUUID(), is_active })} returning id`;
	for (const { id } of coordinators)
		await sql`insert into ${sql(`public.${kind}_coordinators`)} ${sql({ [`${kind}_id`]: row!.id, user_id: id })}`;
	return row!.id;
}
const aTeam = (of: Program, coordinators?: User[], isActive?: boolean) => aTarget('team', of, coordinators, isActive);
const anArea = (of: Program, coordinators?: User[], isActive?: boolean) => aTarget('area', of, coordinators, isActive);

/** Sends a request from here, and gives what it has become and whom the mail to coordinators went to. */
async function send(from: { team_id?: string; area_id?: string }) {
	const draft = randomUUID();
	const db = asUser(await aUser({ email: anAddress() }));
	const { data } = await db.rpc('submit_referral', { draft, request: aRequest(from) });
	expect(data).toHaveProperty('ok');
	const { program_id, coordinator_id, needs_home, reference } = await rowOf(draft);
	const told = (await mailAbout(reference)).filter((mail) => mail.startsWith('referral_new '));
	return { program_id, coordinator_id, needs_home, told: told.map((mail) => mail.split(' ')[1]!) };
}

/** Away until so many days from today, with this cover. */
async function away(of: Program, user: User, days = 3, cover: User | null = null): Promise<void> {
	await sql`insert into public.absences ${sql({
		program_id: of.id,
		user_id: user.id,
		until: await day(of, days),
		cover_id: cover?.id ?? null
	})}`;
}
const aCoordinator = (of = program) => aMember(of, 'coordinator');

describe('a request goes', () => {
	test('to the coordinator of its team, before its area', async () => {
		const [ofTeam, ofArea] = [await aCoordinator(), await aCoordinator()];
		const from = { team_id: await aTeam(program, [ofTeam]), area_id: await anArea(program, [ofArea]) };
		expect(await send(from)).toEqual({
			program_id: program.id,
			coordinator_id: ofTeam.id,
			needs_home: false,
			told: [ofTeam.email]
		});
	});

	test('to the coordinator of its area where the team has none, but for an area of another program', async () => {
		const [ofArea, elsewhere] = [await aCoordinator(), await aCoordinator(other)];
		const team_id = await aTeam(program);
		expect(await send({ team_id, area_id: await anArea(program, [ofArea]) })).toMatchObject({
			coordinator_id: ofArea.id
		});
		expect(await send({ team_id, area_id: await anArea(other, [elsewhere]) })).toMatchObject({
			program_id: program.id,
			coordinator_id: null
		});
	});

	test('by its area alone', async () => {
		const ofArea = await aCoordinator(other);
		expect(await send({ area_id: await anArea(other, [ofArea]) })).toMatchObject({
			program_id: other.id,
			coordinator_id: ofArea.id,
			needs_home: false
		});
	});

	test('to the default program where nothing is listed, or what is listed is no longer served', async () => {
		const ofTeam = await aCoordinator();
		const [here, admin] = [await aCoordinator(byDefault), await aMember(byDefault, 'admin')];
		const home = { program_id: byDefault.id, coordinator_id: null, needs_home: true, told: [here.email] };
		expect(await send({})).toEqual(home);
		expect(await send({ team_id: randomUUID() })).toEqual(home);
		expect(await send({ team_id: await aTeam(program, [ofTeam], false) })).toEqual(home);
		expect(await send({ area_id: await anArea(program, [ofTeam], false) })).toEqual(home);
		await sql`update public.memberships set deactivated_at = now() where user_id = ${here.id}`;
		expect(await send({}), 'admins, where there are no coordinators').toMatchObject({ told: [admin.email] });
	});

	test('from a team that is no longer served to its area', async () => {
		const ofArea = await aCoordinator(other);
		const from = { team_id: await aTeam(program, [], false), area_id: await anArea(other, [ofArea]) };
		expect(await send(from)).toMatchObject({ program_id: other.id, coordinator_id: ofArea.id, needs_home: false });
	});
});

describe('among several coordinators', () => {
	test('the one with the fewest that are open is chosen', async () => {
		const [busy, free] = [await aCoordinator(), await aCoordinator()];
		const team_id = await aTeam(program, [busy, free]);
		for (const state of ['submitted', 'triage'] as const) await aReferral(program, { state, coordinator_id: busy.id });
		for (const state of ['active', 'completed', 'declined'] as const)
			await aReferral(program, { state, coordinator_id: free.id });
		const chosen = [];
		for (let n = 0; n < 2; n++) chosen.push((await send({ team_id })).coordinator_id);
		expect(chosen).toEqual([free.id, free.id]);
		await aReferral(program, { state: 'info_needed', coordinator_id: free.id });
		expect((await send({ team_id })).coordinator_id).toBe(busy.id);
	});

	test('one who is away is covered for, until the last day of it', async () => {
		const [first, cover] = [await aCoordinator(), await aCoordinator()];
		const team_id = await aTeam(program, [first]);
		await away(program, first, 0, cover);
		expect(await send({ team_id })).toMatchObject({ coordinator_id: cover.id, told: [cover.email] });
		await sql`update public.absences set until = ${await day(program, -1)} where user_id = ${first.id}`;
		expect(await send({ team_id })).toMatchObject({ coordinator_id: first.id });
	});

	test('one who is away with nobody to cover, or a cover who is away or has left, is passed over', async () => {
		const own = await aProgram('routing-away');
		programs.push(own);
		const [first, cover, here] = [await aCoordinator(own), await aCoordinator(own), await aCoordinator(own)];
		const team_id = await aTeam(own, [first]);
		await away(own, first);
		const everybodyHere = { coordinator_id: null, told: [cover.email, here.email].toSorted() };
		expect(await send({ team_id })).toMatchObject(everybodyHere);
		await sql`update public.absences set cover_id = ${cover.id} where user_id = ${first.id}`;
		await away(own, cover);
		expect(await send({ team_id })).toMatchObject({ coordinator_id: null, told: [here.email] });
		await away(own, here);
		const all = [first.email, cover.email, here.email].toSorted();
		expect(await send({ team_id }), 'where everybody is away, all are told').toMatchObject({
			coordinator_id: null,
			told: all
		});
		await sql`delete from public.absences where user_id = ${cover.id}`;
		expect(await send({ team_id })).toMatchObject({ coordinator_id: cover.id });
		await sql`update public.memberships set deactivated_at = now() where user_id = ${cover.id}`;
		expect(await send({ team_id })).toMatchObject({ coordinator_id: null });
	});

	test('one who has left, or is another program’s, is not chosen', async () => {
		const gone = await aMember.deactivated(program, 'coordinator');
		const team_id = await aTeam(program, [gone, await aCoordinator(other), await aMember(program, 'worker')]);
		expect(await send({ team_id })).toMatchObject({ program_id: program.id, coordinator_id: null });
		const admin = await aMember(program, 'admin');
		expect(await send({ team_id: await aTeam(program, [gone, admin]) })).toMatchObject({ coordinator_id: admin.id });
	});
});

describe('working time, in Vancouver', () => {
	/** The local time at which so many hours have passed since this local time; 2026-11-16 is a Monday. */
	async function after(of: Program, local: string, hours: number): Promise<string> {
		const [row] = await sql<{ at: string }[]>`
			select to_char(private.add_working_time(${of.id}, ${local}::timestamp at time zone 'America/Vancouver',
				make_interval(mins => ${hours * 60}::integer)) at time zone 'America/Vancouver', 'Dy YYYY-MM-DD HH24:MI') as at`;
		return row!.at;
	}

	test.each([
		['within a day', '2026-11-16 09:00', 2, 'Mon 2026-11-16 11:00'],
		['before opening', '2026-11-16 06:00', 1, 'Mon 2026-11-16 10:00'],
		['to the minute of closing', '2026-11-16 15:30', 1, 'Mon 2026-11-16 16:30'],
		['past closing', '2026-11-16 16:00', 1, 'Tue 2026-11-17 09:30'],
		['from the evening', '2026-11-16 22:00', 1, 'Tue 2026-11-17 10:00'],
		['over a weekend', '2026-11-20 16:00', 1, 'Mon 2026-11-23 09:30'],
		['from a Saturday', '2026-11-21 12:00', 0.5, 'Mon 2026-11-23 09:30'],
		['sixteen hours', '2026-11-16 09:00', 16, 'Wed 2026-11-18 10:00'],
		['over Remembrance Day', '2026-11-10 16:00', 1, 'Thu 2026-11-12 09:30'],
		['on a holiday', '2026-11-11 10:00', 1, 'Thu 2026-11-12 10:00'],
		['over Christmas and its weekend', '2026-12-24 16:00', 8, 'Mon 2026-12-28 16:30'],
		['over the spring’s change of clocks', '2027-03-12 16:00', 1, 'Mon 2027-03-15 09:30']
	])('%s: %s and %s hours', async (_what, from, hours, until) => {
		expect(await after(program, from, hours)).toBe(until);
	});

	test('with half-days, a break, and days that are none', async () => {
		const own = await aProgram('routing-half-days');
		programs.push(own);
		await sql`delete from public.working_hours where program_id = ${own.id}`;
		expect(await after(own, '2026-11-16 09:00', 1), 'none at all: sixty days').toBe('Fri 2027-01-15 09:00');
		await sql`insert into public.working_hours (program_id, weekday, opens_at, closes_at) values
			(${own.id}, 1, '09:00', '12:00'), (${own.id}, 1, '13:00', '16:00'), (${own.id}, 3, '09:00', '12:00')`;
		expect(await after(own, '2026-11-16 11:00', 2), 'over lunch').toBe('Mon 2026-11-16 14:00');
		expect(await after(own, '2026-11-16 12:30', 1), 'from lunch').toBe('Mon 2026-11-16 14:00');
		expect(await after(own, '2026-11-16 09:00', 8), 'into the half-day').toBe('Wed 2026-11-18 11:00');
		expect(await after(own, '2026-11-18 11:00', 2), 'past it').toBe('Mon 2026-11-23 10:00');
	});

	test('is what a request is acknowledged by', async () => {
		const own = await aProgram('routing-acknowledge');
		programs.push(own);
		await sql`update public.referral_settings set acknowledge_within_hours = 5 where program_id = ${own.id}`;
		const team_id = await aTeam(own);
		await send({ team_id });
		const [row] = await sql`
			select acknowledge_by = private.add_working_time(program_id, submitted_at, '5 hours') as is_right,
				acknowledge_by > submitted_at as is_later, attention_on = (submitted_at at time zone 'America/Vancouver')::date as is_due
			from public.referrals where team_id = ${team_id}`;
		expect(row).toEqual({ is_right: true, is_later: true, is_due: true });
	});
});

describe('before anything is asked', () => {
	test('everybody sees the teams and areas that are served, and what to expect of each', async () => {
		const own = await aProgram('routing-outlook');
		programs.push(own);
		const [team, area, gone] = [await aTeam(own), await anArea(own), await aTeam(own, [], false)];
		await sql`update public.referral_settings set wait_weeks_min = 4, wait_weeks_max = 8, wait_stated_on = '2026-11-01'
			where program_id = ${own.id}`;
		const choices = (await asAnonymous().rpc('referral_choices')).data as Record<string, { id: string }[]>;
		const ids = Object.values(choices).flatMap((each) => each.map(({ id }) => id));
		expect([team, area, gone].map((id) => ids.includes(id))).toEqual([true, true, false]);
		const wait = { min: 4, max: 8, stated_on: '2026-11-01' };
		for (const from of [{ team }, { area }]) {
			const { data } = await asAnonymous().rpc('referral_outlook', from);
			expect(data).toMatchObject({ program: `Program ${own.slug}`, time_zone: 'America/Vancouver', wait });
		}
		for (const from of [{}, { team: gone }]) {
			const { data } = await (await asMember(own, 'worker')).rpc('referral_outlook', from);
			expect(data).toMatchObject({ program: `Program ${byDefault.slug}`, wait: null });
		}
	});
});
