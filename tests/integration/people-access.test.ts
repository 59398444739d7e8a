/* Who reads what about staff, and that the audit is read by few and altered by nobody. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, asMember, forgetProgram, type Program } from '../factories/program.ts';
import { aCaller, anInvitation, CALLERS, type Caller } from '../factories/staff.ts';
import { asAnonymous, asService, asUser, ownerSql, sql, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
/** A worker of the program who has a name and is away, and one who has left. */
let worker: User;
let former: User;
let invitation: { id: string; token: string };

beforeAll(async () => {
	program = await aProgram('access');
	elsewhere = await aProgram('access-elsewhere');
	worker = await aMember(program, 'worker');
	former = await aMember.deactivated(program, 'worker');
	await sql`insert into public.people (user_id, name) values (${worker.id}, 'Sam Sample'), (${former.id}, 'Lee Sample')`;
	await sql`insert into public.absences (program_id, user_id, until) values (${program.id}, ${worker.id}, current_date + 7)`;
	invitation = await anInvitation(program, 'somebody@staff.example');
});
afterAll(async () => {
	await forgetProgram(program);
	await forgetProgram(elsewhere);
});

const STAFF: readonly Caller[] = ['a worker', 'a supervisor', 'an editor', 'a coordinator', 'an admin'];
const isNobody = (caller: Caller) => caller === 'somebody not signed in';

describe.each(CALLERS)('%s', (caller) => {
	const knock = () => aCaller(caller, program, elsewhere);
	const isStaff = STAFF.includes(caller);
	const isAdmin = caller === 'an admin';

	test(`reads ${isStaff ? 'colleagues’ names, former ones too' : 'no names'}`, async () => {
		const { db } = await knock();
		const { data, error } = await db.from('people').select('name').in('user_id', [worker.id, former.id]).order('name');
		if (isNobody(caller)) return expect(error?.code).toBe('42501');
		expect(data).toEqual(isStaff ? [{ name: 'Lee Sample' }, { name: 'Sam Sample' }] : []);
	});

	test(`reads ${isStaff ? 'who is away' : 'nothing of who is away'}`, async () => {
		const { db } = await knock();
		const { data, error } = await db.from('absences').select('user_id').eq('user_id', worker.id);
		if (isNobody(caller)) return expect(error?.code).toBe('42501');
		expect(data).toEqual(isStaff ? [{ user_id: worker.id }] : []);
	});

	test(`reads ${isAdmin ? 'the invitations' : 'no invitation'}, and never a token’s hash`, async () => {
		const { db } = await knock();
		const { data, error } = await db.from('invitations').select('id').eq('id', invitation.id);
		if (isNobody(caller)) expect(error?.code).toBe('42501');
		else expect(data).toEqual(isAdmin ? [{ id: invitation.id }] : []);
		for (const columns of ['token_hash', '*', 'id, token_hash'] as const) {
			expect((await db.from('invitations').select(columns)).error?.code, columns).toBe('42501');
		}
		const byHash = await db.from('invitations').select('id').eq('token_hash', '\\x00');
		expect(byHash.error?.code, 'nor asks by one').toBe('42501');
	});

	test(`reads ${isAdmin ? 'the program’s audit' : 'no audit'}`, async () => {
		const { db } = await knock();
		const { data, error } = await db.from('audit_events').select('event').eq('subject_id', invitation.id);
		if (isNobody(caller)) return expect(error?.code).toBe('42501');
		expect(data).toEqual(isAdmin ? [{ event: 'invitation.sent' }] : []);
	});

	test(`is ${isAdmin ? 'told of every member, with address and roles' : 'told nothing of members’ addresses'}`, async () => {
		const { db } = await knock();
		const { data, error } = await db.rpc('program_members', { program: program.id });
		if (isNobody(caller)) return expect(error?.code).toBe('42501');
		if (!isAdmin) return expect(data).toBeNull();
		expect(data).toContainEqual(
			expect.objectContaining({ id: worker.id, name: 'Sam Sample', email: worker.email, roles: ['worker'] })
		);
		expect(data).toContainEqual(expect.objectContaining({ id: former.id, roles: [] }));
		const active = (data as { roles: string[] }[]).map(({ roles }) => roles.length > 0);
		expect(active, 'the active ones first').toEqual([...active].sort((a, b) => Number(b) - Number(a)));
	});

	test(`is ${isStaff ? 'told who works here now, by name' : 'not told who works here'}`, async () => {
		const { db } = await knock();
		const { data, error } = await db.rpc('program_colleagues', { program: program.id });
		if (isNobody(caller)) return expect(error?.code).toBe('42501');
		if (!isStaff) return expect(data).toBeNull();
		const ids = (data as { id: string; name: string }[]).map(({ id }) => id);
		expect(ids).toContain(worker.id);
		expect(ids).not.toContain(former.id);
		expect(data).toContainEqual(expect.objectContaining({ name: 'Sam Sample', cover_id: null }));
	});

	test('writes to none of these tables by itself', async () => {
		const { db, user } = await knock();
		const self = user?.id ?? worker.id;
		const answers = [
			await db.from('people').insert({ user_id: self, name: 'Own' }),
			await db.from('people').update({ name: 'Other' }).eq('user_id', worker.id),
			await db.from('people').delete().eq('user_id', worker.id),
			await db.from('absences').insert({ program_id: program.id, user_id: self, until: '2099-01-01' }),
			await db.from('absences').update({ until: '2099-01-01' }).eq('user_id', worker.id),
			await db.from('absences').delete().eq('user_id', worker.id),
			await db.from('invitations').update({ role: 'admin' }).eq('id', invitation.id),
			await db.from('invitations').delete().eq('id', invitation.id),
			await db.from('audit_events').insert({ event: 'member.invented' }),
			await db.from('audit_events').update({ outcome: 'done' }).gt('id', 0),
			await db.from('audit_events').delete().gt('id', 0)
		];
		expect(answers.map(({ error }) => error?.code)).toEqual(answers.map(() => '42501'));
	});
});

test('whoami tells a person of themselves, and nobody of anybody else', async () => {
	expect((await asUser(worker).rpc('whoami')).data).toMatchObject({
		id: worker.id,
		name: 'Sam Sample',
		programs: [{ id: program.id, slug: program.slug, time_zone: 'America/Vancouver', roles: ['worker'] }]
	});
	expect((await asAnonymous().rpc('whoami')).error?.code).toBe('42501');
});

describe('the audit', () => {
	const code = (work: Promise<unknown>) =>
		work.then(
			() => 'done',
			(error: { code?: string }) => error.code
		);

	test('is altered neither by the service', async () => {
		const db = asService();
		const answers = [
			await db.from('audit_events').update({ outcome: 'done' }).gt('id', 0),
			await db.from('audit_events').delete().gt('id', 0)
		];
		expect(answers.map(({ error }) => error?.code)).toEqual(['42501', '42501']);
		const truncated = ownerSql.begin(async (tx) => {
			await tx`set local role service_role`;
			await tx`truncate public.audit_events`;
		});
		expect(await code(truncated)).toBe('42501');
	});

	test('nor by the owner of the table, nor by a superuser', async () => {
		for (const db of [ownerSql, sql]) {
			expect(await code(db`update public.audit_events set outcome = 'done' where id > 0`)).toBe('42501');
			expect(await code(db`delete from public.audit_events where id > 0`)).toBe('42501');
			expect(await code(db`truncate public.audit_events`)).toBe('42501');
		}
	});

	test('outlives what it speaks of', async () => {
		const own = await aProgram('access-own');
		const { id } = await anInvitation(own, 'gone@staff.example');
		await forgetProgram(own);
		const [row] = await sql`select program_id from public.audit_events where subject_id = ${id}`;
		expect(row).toEqual({ program_id: own.id });
	});

	test('of a refusal is read by the admin of the program it was about', async () => {
		const intruder = await aMember(elsewhere, 'admin');
		await asUser(intruder).rpc('withdraw_invitation', { invitation: invitation.id });
		const { data } = await (
			await asMember(program, 'admin')
		)
			.from('audit_events')
			.select('event, outcome')
			.eq('actor_id', intruder.id);
		expect(data).toEqual([{ event: 'invitation.withdrawn', outcome: 'refused' }]);
		const own = await asUser(intruder).from('audit_events').select('event').eq('actor_id', intruder.id);
		expect(own.data).toEqual([]);
	});
});
