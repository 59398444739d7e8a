/* What admins change of routing: teams, areas, work domains, working hours, settings. Who may is in referral-access.test.ts. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../src/lib/server/database.types.ts';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { forgetPrograms, zoneAtNoon } from '../factories/referral.ts';
import { eventsOf } from '../factories/staff.ts';
import { asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let db: Client;
let coordinator: User;
const none = null as unknown as string;

beforeAll(async () => {
	elsewhere = await aProgram('settings-elsewhere');
});
beforeEach(async () => {
	program = await aProgram('settings', { timeZone: zoneAtNoon() });
	db = asUser(await aMember(program, 'admin'));
	coordinator = await aMember(program, 'coordinator');
});
const made: Program[] = [];
beforeEach(() => void made.push(program));
afterAll(() => forgetPrograms(...made, elsewhere));

interface Target {
	id: string | null;
	name: string;
	active?: boolean;
	coordinators?: string[];
	site?: string;
	where?: Program;
}
const SAVE = {
	team: ({ id, name, active = true, coordinators = [], site = '', where = program }: Target) =>
		db.rpc('save_team', {
			program: where.id,
			team: id ?? none,
			team_name: name,
			team_site: site,
			active,
			coordinators
		}),
	area: ({ id, name, active = true, coordinators = [], where = program }: Target) =>
		db.rpc('save_area', { program: where.id, area: id ?? none, area_name: name, active, coordinators })
};

describe.each(['team', 'area'] as const)('a program’s %s', (kind) => {
	const save = async (given: Target) => {
		const { data, error } = await SAVE[kind](given);
		return error ? { refused: error.code } : (data as { ok?: string; refused?: string });
	};
	const coordinatorsOf = async (id: string) =>
		(await sql`select user_id from ${sql(`public.${kind}_coordinators`)} where ${sql(`${kind}_id`)} = ${id}`).map(
			({ user_id }) => user_id as string
		);

	test('is added and changed, with those who may coordinate it and nobody else', async () => {
		const others = [
			(await aMember(program, 'worker')).id,
			(await aMember.deactivated(program, 'coordinator')).id,
			(await aMember(elsewhere, 'coordinator')).id,
			randomUUID()
		];
		const { ok: id } = await save({
			id: null,
			name: ' West End ',
			coordinators: [coordinator.id, coordinator.id, ...others]
		});
		expect(await coordinatorsOf(id!)).toEqual([coordinator.id]);
		expect(await save({ id: id!, name: 'West Side', active: false })).toEqual({ ok: id });
		const [row] = await sql`select name, is_active from ${sql(`public.${kind}s`)} where id = ${id!}`;
		expect(row).toEqual({ name: 'West Side', is_active: false });
		expect(await coordinatorsOf(id!)).toEqual([]);
		expect(await eventsOf(program, `routing.${kind}_saved`)).toMatchObject([
			{ outcome: 'done', subject_id: id, details: { active: true } },
			{ outcome: 'done', subject_id: id, details: { active: false } }
		]);
	});

	test('has a name of its own, in any case, and keeps what it had when another is taken', async () => {
		const { ok: first } = await save({ id: null, name: 'West End', coordinators: [coordinator.id] });
		const { ok: second } = await save({ id: null, name: 'East End', coordinators: [coordinator.id] });
		expect(await save({ id: null, name: 'west END' })).toEqual({ refused: 'name_taken' });
		expect(await save({ id: second!, name: 'West End' })).toEqual({ refused: 'name_taken' });
		expect(await coordinatorsOf(second!)).toEqual([coordinator.id]);
		expect(await save({ id: first!, name: 'WEST END' }), 'its own').toEqual({ ok: first });
		expect((await eventsOf(program, `routing.${kind}_saved`)).map(({ outcome }) => outcome)).toEqual([
			'done',
			'done',
			'refused',
			'refused',
			'done'
		]);
		expect(await save({ id: null, name: '  ' })).toEqual({ refused: '23514' });
	});

	test('is not changed as another program’s', async () => {
		const table = sql(`public.${kind}s`);
		const [theirs] = await sql<{ id: string }[]>`
			insert into ${table} (program_id, name) values (${elsewhere.id}, ${randomUUID()}) returning id`;
		expect(await save({ id: theirs!.id, name: 'Mine' })).toEqual({ refused: 'not_found' });
		expect(await save({ id: theirs!.id, name: 'Mine', where: elsewhere })).toEqual({ refused: 'not_allowed' });
		expect(await sql`select from ${table} where name = 'Mine'`).toHaveLength(0);
	});
});

test('teams of one name are told apart by their sites', async () => {
	for (const site of ['Robson', 'Hornby'])
		expect((await SAVE.team({ id: null, name: 'Intake', site })).data).toHaveProperty('ok');
	expect((await SAVE.team({ id: null, name: 'intake', site: 'robson' })).data).toEqual({ refused: 'name_taken' });
});

test('work domains are all replaced, in small letters, and are domains', async () => {
	const set = (domains: string[]) => db.rpc('set_work_domains', { program: program.id, domains });
	const kept = async () =>
		(await sql`select domain from public.work_domains where program_id = ${program.id} order by 1`).map(
			({ domain }) => domain as string
		);
	await set(['old.example']);
	expect((await set([' VCH.ca', 'phsa.ca', 'vch.ca'])).data).toEqual({ ok: true });
	expect(await kept()).toEqual(['phsa.ca', 'vch.ca']);
	for (const wrong of ['ca', '@vch.ca', 'vch', 'vch ca.ca', '-vch.ca', 'vch..ca', '*.ca'])
		expect((await set([wrong])).error?.code, wrong).toBe('23514');
	expect(await kept()).toEqual(['phsa.ca', 'vch.ca']);
});

describe('working hours', () => {
	const set = (hours: Json) => db.rpc('set_working_hours', { program: program.id, hours });
	const shift = (weekday: number, opens_at: string, closes_at: string) => ({ weekday, opens_at, closes_at });
	const kept = async () => [
		...(await sql`select weekday, opens_at::text, closes_at::text from public.working_hours
			where program_id = ${program.id} order by 1, 2`)
	];

	test('are weekdays from nine to half past four for a new program', async () => {
		expect(await kept()).toEqual([1, 2, 3, 4, 5].map((weekday) => shift(weekday, '09:00:00', '16:30:00')));
	});

	test('are all replaced, and may have a break', async () => {
		expect(
			(await set([shift(1, '09:00', '12:00'), shift(1, '12:00', '16:00'), shift(6, '10:00', '14:00')])).data
		).toEqual({ ok: true });
		expect(await kept()).toEqual([
			shift(1, '09:00:00', '12:00:00'),
			shift(1, '12:00:00', '16:00:00'),
			shift(6, '10:00:00', '14:00:00')
		]);
	});

	test('do not overlap, nor end before they begin', async () => {
		const before = await kept();
		expect((await set([shift(1, '09:00', '12:00'), shift(1, '11:00', '16:00')])).data).toEqual({ refused: 'overlap' });
		expect((await set([shift(1, '09:00', '12:00'), shift(1, '09:00', '12:00')])).data).toEqual({ refused: 'overlap' });
		expect((await set([shift(1, '16:00', '09:00')])).error?.code).toBe('23514');
		expect((await set([shift(8, '09:00', '16:00')])).error?.code).toBe('23514');
		expect(await kept()).toEqual(before);
	});
});

test('settings say the wait with the day on which it was said, or not at all', async () => {
	const set = (weeks_min: number | null, weeks_max: number | null, months = 24, acknowledge_hours = 8) =>
		db.rpc('set_referral_settings', {
			program: program.id,
			acknowledge_hours,
			weeks_min: weeks_min as number,
			weeks_max: weeks_max as number,
			months
		});
	const kept = async () =>
		(
			await sql`select acknowledge_within_hours, wait_weeks_min, wait_weeks_max, keep_months,
			wait_stated_on = private.program_today(program_id) as said_today from public.referral_settings where program_id = ${program.id}`
		)[0];
	expect((await set(4, 8, 36)).data).toEqual({ ok: true });
	const said = { acknowledge_within_hours: 8, wait_weeks_min: 4, wait_weeks_max: 8, keep_months: 36, said_today: true };
	expect(await kept()).toEqual(said);
	for (const wrong of [set(8, 4), set(4, null), set(null, 4), set(4, 8, 11), set(4, 8, 24, 0), set(-1, 3)])
		expect((await wrong).error?.code).toBe('23514');
	expect(await kept()).toEqual(said);
	await set(null, null);
	expect(await kept()).toMatchObject({ wait_weeks_min: null, wait_weeks_max: null, said_today: null });
});

test('how a support is safe is said with whom workers call, at most so long', async () => {
	const set = (given: { duty_name?: string; duty_phone?: string; home_visits?: boolean; personal_numbers?: boolean }) =>
		db.rpc('set_support_settings', {
			...{ program: program.id, home_visits: false, personal_numbers: false, duty_name: '', duty_phone: '' },
			...given
		});
	const kept = async () =>
		(
			await sql`select home_visits, personal_numbers, duty_name, duty_phone from public.referral_settings
			where program_id = ${program.id}`
		)[0];
	expect(await kept(), 'neither, unless the program says so').toEqual({
		...{ home_visits: false, personal_numbers: false, duty_name: '', duty_phone: '' }
	});
	const said = { home_visits: true, personal_numbers: true, duty_name: 'Robin Sample', duty_phone: '604 555 0100' };
	expect((await set({ ...said, duty_name: ' Robin Sample ' })).data).toEqual({ ok: true });
	expect(await kept()).toEqual(said);
	expect((await eventsOf(program, 'routing.support_set')).map(({ details }) => details)).toEqual([
		{ home_visits: true, personal_numbers: true }
	]);
	for (const wrong of [{ duty_name: 'R'.repeat(121) }, { duty_phone: '6'.repeat(41) }])
		expect((await set(wrong)).error?.code).toBe('23514');
	expect(await kept()).toEqual(said);
});
