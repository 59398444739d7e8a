/* Every table of referrals × everybody who may knock: who reads it, and that nobody writes to it by themselves. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { aReferral, forgetPrograms } from '../factories/referral.ts';
import { aCaller, CALLERS, type Caller } from '../factories/staff.ts';
import { asService, asUser, ownerSql, sql, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let coordinator: User;
let worker: User;

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('referral-tables'), await aProgram('referral-tables-elsewhere')];
	coordinator = await aMember(program, 'coordinator');
	worker = await aMember(program, 'worker');
	await aReferral(program);
	await sql`
		with a as (insert into public.areas (program_id, name) values (${program.id}, 'An area') returning id),
			ac as (insert into public.area_coordinators (area_id, user_id) select id, ${coordinator.id} from a),
			t as (insert into public.teams (program_id, name) values (${program.id}, 'A team') returning id),
			tc as (insert into public.team_coordinators (team_id, user_id) select id, ${coordinator.id} from t),
			d as (insert into public.work_domains (program_id, domain) values (${program.id}, 'clinic.example'))
		insert into public.workers (program_id, user_id) values (${program.id}, ${worker.id})`;
	await sql`insert into public.worker_areas (program_id, user_id, area_id)
		select program_id, ${worker.id}, id from public.areas where program_id = ${program.id}`;
	await sql`insert into public.supervisions (program_id, worker_id, supervisor_id)
		values (${program.id}, ${worker.id}, ${(await aMember(program, 'supervisor')).id})`;
});
afterAll(() => forgetPrograms(program, elsewhere));

const ALL_STAFF: Caller[] = ['a worker', 'a supervisor', 'an editor', 'a coordinator', 'an admin'];
const COORDINATORS: Caller[] = ['a coordinator', 'an admin'];
const isNobody = (caller: Caller) => caller === 'somebody not signed in';

const TABLES = {
	areas: ALL_STAFF,
	teams: ALL_STAFF,
	area_coordinators: ALL_STAFF,
	team_coordinators: ALL_STAFF,
	work_domains: ALL_STAFF,
	working_hours: ALL_STAFF,
	referral_settings: ALL_STAFF,
	workers: COORDINATORS,
	worker_areas: COORDINATORS,
	supervisions: COORDINATORS,
	referrals: COORDINATORS
} satisfies Record<string, Caller[]>;
type Table = keyof typeof TABLES;

/** The condition that finds the program's own rows. */
const ownRows = (table: Table): [column: string, value: string] =>
	table === 'area_coordinators' || table === 'team_coordinators'
		? ['user_id', coordinator.id]
		: ['program_id', program.id];

describe.each(Object.entries(TABLES) as [Table, Caller[]][])('%s', (table, readers) => {
	test.each(CALLERS)('%s', async (caller) => {
		const { db } = await aCaller(caller, program, elsewhere);
		const [column, value] = ownRows(table);
		const { data, error } = await db
			.from(table as 'areas')
			.select('*')
			.eq(column as 'program_id', value);
		if (isNobody(caller)) expect(error?.code).toBe('42501');
		else expect([error, data!.length > 0]).toEqual([null, readers.includes(caller)]);
		const written = [
			await db.from(table as 'areas').insert({ program_id: program.id, name: 'Added' }),
			await db
				.from(table as 'areas')
				.update({ [column]: elsewhere.id } as { program_id: string })
				.eq(column as 'program_id', value),
			await db
				.from(table as 'areas')
				.delete()
				.eq(column as 'program_id', value)
		];
		for (const answer of written) expect(answer.error, 'writes nothing').not.toBeNull();
		expect(written.slice(1).map((answer) => answer.error?.code)).toEqual(['42501', '42501']);
	});
});

test('a worker reads their own cap, and nobody who has left reads anything', async () => {
	expect((await asUser(worker).from('workers').select('cap')).data).toEqual([{ cap: 2 }]);
	const gone = asUser(await aMember.deactivated(program, 'admin'));
	for (const table of Object.keys(TABLES) as Table[])
		expect((await gone.from(table as 'areas').select('*')).data, table).toEqual([]);
});

test('the service does not read referrals, nor anybody a table of the private schema', async () => {
	expect((await asService().from('referrals').select('id')).error?.code).toBe('42501');
	const tables = await sql<{ name: string }[]>`
		select relname as name from pg_class where relnamespace = 'private'::regnamespace and relkind = 'r'`;
	const names = tables.map(({ name }) => name);
	expect(names).toEqual(
		expect.arrayContaining(['referral_details', 'referral_events', 'referral_drafts', 'unconfirmed_referrals'])
	);
	for (const role of ['anon', 'authenticated', 'service_role'])
		for (const name of names) {
			const read = ownerSql.begin(async (tx) => {
				await tx.unsafe(`set local role ${role}`);
				await tx`select * from ${tx(`private.${name}`)} limit 1`;
			});
			await expect(read, `${role} ${name}`).rejects.toMatchObject({ code: '42501' });
		}
});
