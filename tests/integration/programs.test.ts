import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, asMember, forgetProgram, type Program, type Role } from '../factories/program.ts';
import { asAnonymous, asService, asUser, aUser, client, keys, sql, type User } from '../support/database.ts';
import { signToken } from '../support/token.ts';

const ROLES: Role[] = ['admin', 'coordinator', 'supervisor', 'worker', 'editor'];

/** DESIGN §4, by hand: who acts as what. Nobody is a worker or a supervisor without the role itself. */
const ACTS_AS: Record<Role, Record<Role, boolean>> = {
	admin: { admin: true, coordinator: true, supervisor: false, worker: false, editor: true },
	coordinator: { admin: false, coordinator: true, supervisor: false, worker: false, editor: true },
	supervisor: { admin: false, coordinator: false, supervisor: true, worker: false, editor: false },
	worker: { admin: false, coordinator: false, supervisor: false, worker: true, editor: false },
	editor: { admin: false, coordinator: false, supervisor: false, worker: false, editor: true }
};

let program: Program;
let elsewhere: Program;

beforeAll(async () => {
	program = await aProgram('programs');
	elsewhere = await aProgram('elsewhere');
});
afterAll(async () => {
	await forgetProgram(program);
	await forgetProgram(elsewhere);
});

/** The programs in which the database lets this person act as `needed`. */
async function programsOf(user: User | null, needed: Role): Promise<string[]> {
	return sql.begin(async (tx) => {
		const claims = user ? { sub: user.id, role: 'authenticated' } : { role: 'anon' };
		await tx`select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
			set_config('request.jwt.claim.sub', ${user?.id ?? ''}, true)`;
		await tx.unsafe(`set local role ${user ? 'authenticated' : 'anon'}`);
		const rows = await tx<{ id: string }[]>`select private.my_programs(${needed}) as id`;
		return rows.map(({ id }) => id);
	});
}

describe('my_programs', () => {
	test.each(ROLES)('a person with the role %s acts as the table says, in their own program only', async (role) => {
		const user = await aMember(program, role);
		for (const needed of ROLES) {
			expect(await programsOf(user, needed), `${role} as ${needed}`).toEqual(ACTS_AS[role][needed] ? [program.id] : []);
		}
	});

	test.each(ROLES)('a deactivated %s acts as nothing', async (role) => {
		const user = await aMember.deactivated(program, role);
		for (const needed of ROLES) expect(await programsOf(user, needed)).toEqual([]);
	});

	test('a person without a role, and somebody who is not signed in, act as nothing', async () => {
		const user = await aUser();
		for (const needed of ROLES) {
			expect(await programsOf(user, needed)).toEqual([]);
			expect(await programsOf(null, needed)).toEqual([]);
		}
	});

	test('two roles in one program name it once, and each program is judged by itself', async () => {
		const user = await aMember(program, 'admin');
		await sql`insert into public.memberships (program_id, user_id, role) values
			(${program.id}, ${user.id}, 'coordinator'), (${elsewhere.id}, ${user.id}, 'worker')`;
		expect(await programsOf(user, 'coordinator')).toEqual([program.id]);
		expect(await programsOf(user, 'worker')).toEqual([elsewhere.id]);
	});
});

describe('programs', () => {
	test('everybody reads them', async () => {
		for (const person of [asAnonymous(), asUser(await aUser())]) {
			const { data } = await person.from('programs').select('slug').eq('id', program.id);
			expect(data).toEqual([{ slug: program.slug }]);
		}
	});

	test.each(ROLES)('not even a person with the role %s changes, makes or deletes one', async (role) => {
		const person = await asMember(program, role);
		const answers = [
			await person.from('programs').insert({ slug: 'own-program', name: 'Own' }),
			await person.from('programs').update({ name: 'Renamed' }).eq('id', program.id),
			await person.from('programs').delete().eq('id', program.id)
		];
		expect(answers.map(({ error }) => error?.code)).toEqual(['42501', '42501', '42501']);
	});

	test('only one is the default', async () => {
		const before = await sql`select id from public.programs where is_default`;
		if (before.length === 0) await sql`update public.programs set is_default = true where id = ${program.id}`;
		await expect(sql`update public.programs set is_default = true where id = ${elsewhere.id}`).rejects.toMatchObject({
			code: '23505'
		});
	});
});

describe('memberships', () => {
	test('a person reads their own, ended ones too, and nobody else’s', async () => {
		const worker = await aMember(program, 'worker');
		const former = await aMember.deactivated(program, 'worker');
		for (const user of [worker, former]) {
			const { data } = await asUser(user).from('memberships').select('user_id, role');
			expect(data).toEqual([{ user_id: user.id, role: 'worker' }]);
		}
	});

	test('an admin reads those of the own program and of no other', async () => {
		await aMember(elsewhere, 'worker');
		const worker = await aMember(program, 'worker');
		const { data } = await (await asMember(program, 'admin')).from('memberships').select('user_id, program_id');
		expect(data).toContainEqual({ user_id: worker.id, program_id: program.id });
		expect(new Set(data?.map((row) => row.program_id))).toEqual(new Set([program.id]));
	});

	test.each(['coordinator', 'supervisor', 'worker', 'editor'] as const)('a %s reads only the own one', async (role) => {
		const user = await aMember(program, role);
		const { data } = await asUser(user).from('memberships').select('user_id');
		expect(data).toEqual([{ user_id: user.id }]);
	});

	test('a person without a role reads none, and somebody who is not signed in is refused', async () => {
		const nobody = await asUser(await aUser())
			.from('memberships')
			.select();
		expect([nobody.error, nobody.data]).toEqual([null, []]);
		expect((await asAnonymous().from('memberships').select()).error?.code).toBe('42501');
	});

	test('a session with a forged signature, or one that has run out, reads none', async () => {
		const admin = await aMember(program, 'admin');
		const tokens = [
			signToken(admin, 'a secret that is not the one of this project'),
			signToken(admin, keys.jwtSecret, -60)
		];
		for (const token of tokens) {
			const { data, error, status } = await client(keys.publishable, token).from('memberships').select();
			expect([data, status]).toEqual([null, 401]);
			expect(error).not.toBeNull();
		}
	});

	test.each([...ROLES, 'nobody'] as const)('%s can neither add, change nor remove one over REST', async (role) => {
		const user = role === 'nobody' ? await aUser() : await aMember(program, role);
		const person = asUser(user);
		const answers = [
			await person.from('memberships').insert({ program_id: program.id, user_id: user.id, role: 'admin' }),
			await person.from('memberships').update({ role: 'admin' }).eq('user_id', user.id),
			await person.from('memberships').delete().eq('user_id', user.id)
		];
		expect(answers.map(({ error }) => error?.code)).toEqual(['42501', '42501', '42501']);
		const rows = await sql`select role from public.memberships where user_id = ${user.id}`;
		expect(rows.map((row) => row.role as string)).toEqual(role === 'nobody' ? [] : [role]);
	});

	test('the service, which invites people, adds one', async () => {
		const user = await aUser();
		const { error } = await asService()
			.from('memberships')
			.insert({ program_id: program.id, user_id: user.id, role: 'editor' });
		expect(error).toBeNull();
		expect(await programsOf(user, 'editor')).toEqual([program.id]);
	});
});
