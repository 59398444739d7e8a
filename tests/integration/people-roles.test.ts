/* Changing what members may do, and noting who is away. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, asMember, forgetProgram, type Program, type Role } from '../factories/program.ts';
import { aCaller, CALLERS, eventsAbout, type Caller } from '../factories/staff.ts';
import { asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
const programs: Program[] = [];

beforeAll(async () => {
	program = await aProgram('roles');
	elsewhere = await aProgram('roles-elsewhere');
	programs.push(program, elsewhere);
});
afterAll(async () => {
	for (const each of programs) await forgetProgram(each);
});

async function anEmptyProgram(): Promise<Program> {
	const made = await aProgram('roles-own');
	programs.push(made);
	return made;
}

const setRole = (db: Client, where: Program, user: User, wanted: Role | null) =>
	db.rpc('set_member_role', { program: where.id, person: user.id, wanted: wanted as Role });

/** The active roles of somebody in a program. */
async function rolesOf(user: User, where: Program): Promise<string[]> {
	const rows = await sql<{ role: string }[]>`select role from public.memberships
		where user_id = ${user.id} and program_id = ${where.id} and deactivated_at is null order by role`;
	return rows.map(({ role }) => role);
}

const isNobody = (caller: Caller) => caller === 'somebody not signed in';

describe('a member’s role', () => {
	test.each(CALLERS)('changed, and taken away, by %s', async (caller) => {
		const { db, user } = await aCaller(caller, program, elsewhere);
		const member = await aMember(program, 'worker');
		const [changed, ended] = [await setRole(db, program, member, 'editor'), await setRole(db, program, member, null)];
		const events = await eventsAbout(member.id);
		if (isNobody(caller)) {
			expect([changed.error?.code, ended.error?.code]).toEqual(['42501', '42501']);
			expect([await rolesOf(member, program), events]).toEqual([['worker'], []]);
		} else if (caller === 'an admin') {
			expect([changed.data, ended.data]).toEqual([{ ok: true }, { ok: true }]);
			expect(await rolesOf(member, program)).toEqual([]);
			expect(events).toEqual([
				expect.objectContaining({
					event: 'member.role_changed',
					outcome: 'done',
					actor_id: user!.id,
					details: { role: 'editor' }
				}),
				expect.objectContaining({ event: 'member.deactivated', outcome: 'done', actor_id: user!.id, details: {} })
			]);
		} else {
			expect([changed.data, ended.data]).toEqual([{ refused: 'not_allowed' }, { refused: 'not_allowed' }]);
			expect(await rolesOf(member, program)).toEqual(['worker']);
			expect(events).toMatchObject([
				{ event: 'member.role_changed', outcome: 'refused', actor_id: user!.id, details: { why: 'not_allowed' } },
				{ event: 'member.deactivated', outcome: 'refused', actor_id: user!.id, details: { why: 'not_allowed' } }
			]);
		}
	});

	test('given takes the place of all they had', async () => {
		const admin = await asMember(program, 'admin');
		const member = await aMember(program, 'worker');
		await sql`insert into public.memberships (program_id, user_id, role)
			values (${program.id}, ${member.id}, 'editor'), (${elsewhere.id}, ${member.id}, 'worker')`;
		expect((await setRole(admin, program, member, 'coordinator')).data).toEqual({ ok: true });
		expect(await rolesOf(member, program)).toEqual(['coordinator']);
		expect(await rolesOf(member, elsewhere), 'another program is another matter').toEqual(['worker']);
	});

	test('is not given to somebody who never was a member', async () => {
		const admin = await asMember(program, 'admin');
		const stranger = await aMember(elsewhere, 'worker');
		expect((await setRole(admin, program, stranger, 'worker')).data).toEqual({ refused: 'not_a_member' });
		expect(await rolesOf(stranger, program)).toEqual([]);
	});

	test('taken away counts from the next request on', async () => {
		const admin = await asMember(program, 'admin');
		const member = await aMember(program, 'coordinator');
		const db = asUser(member);
		expect((await db.rpc('whoami')).data).toMatchObject({ programs: [{ roles: ['coordinator'] }] });
		expect((await db.rpc('program_colleagues', { program: program.id })).data).not.toBeNull();
		await setRole(admin, program, member, null);
		expect((await db.rpc('whoami')).data).toMatchObject({ programs: [] });
		expect((await db.rpc('program_colleagues', { program: program.id })).data).toBeNull();
		expect((await db.from('absences').select()).data).toEqual([]);
	});
});

describe('the last admin', () => {
	test('stays, whoever asks', async () => {
		const own = await anEmptyProgram();
		const admin = await aMember(own, 'admin');
		await aMember.deactivated(own, 'admin');
		await aMember(own, 'coordinator');
		for (const wanted of ['worker', null] as const) {
			expect((await setRole(asUser(admin), own, admin, wanted)).data).toEqual({ refused: 'last_admin' });
		}
		expect((await setRole(asUser(admin), own, admin, 'admin')).data).toEqual({ ok: true });
		expect(await rolesOf(admin, own)).toEqual(['admin']);
		expect((await eventsAbout(admin.id)).map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'done']);
	});

	test('two admins who take each other’s role at the same time: one of them is refused', async () => {
		for (let round = 0; round < 5; round += 1) {
			const own = await anEmptyProgram();
			const [one, two] = [await aMember(own, 'admin'), await aMember(own, 'admin')];
			const answers = await Promise.all([
				setRole(asUser(one), own, two, 'worker'),
				setRole(asUser(two), own, one, 'worker')
			]);
			expect(answers.map(({ data }) => JSON.stringify(data)).sort()).toEqual([
				'{"ok":true}',
				'{"refused":"not_allowed"}'
			]);
			expect([...(await rolesOf(one, own)), ...(await rolesOf(two, own))].sort()).toEqual(['admin', 'worker']);
		}
	});

	test('two admins who leave at the same time: one of them stays', async () => {
		const own = await anEmptyProgram();
		const [one, two] = [await aMember(own, 'admin'), await aMember(own, 'admin')];
		const answers = await Promise.all([setRole(asUser(one), own, one, null), setRole(asUser(two), own, two, null)]);
		expect(answers.map(({ data }) => JSON.stringify(data)).sort()).toEqual(['{"ok":true}', '{"refused":"last_admin"}']);
	});

	test('without the lock, both would have gone', async () => {
		const own = await anEmptyProgram();
		const [one, two] = [await aMember(own, 'admin'), await aMember(own, 'admin')];
		const leave = async (person: User, bothHaveLooked: () => Promise<void>) =>
			sql.begin(async (tx) => {
				const [row] = await tx<{ other: boolean }[]>`
					select private.has_other_admin(${own.id}, ${person.id}) as other`;
				await bothHaveLooked();
				if (!row!.other) return;
				await tx`update public.memberships set deactivated_at = now()
					where program_id = ${own.id} and user_id = ${person.id}`;
			});
		let looked = 0;
		let open: () => void;
		const gate = new Promise<void>((resolve) => (open = resolve));
		const bothHaveLooked = () => {
			if (++looked === 2) open();
			return gate;
		};
		await Promise.all([leave(one, bothHaveLooked), leave(two, bothHaveLooked)]);
		expect([...(await rolesOf(one, own)), ...(await rolesOf(two, own))]).toEqual([]);
	});
});

/** `YYYY-MM-DD`, in the programs' zone. */
async function day(offset: number): Promise<string> {
	const [row] = await sql<{ day: string }[]>`
		select ((now() at time zone 'America/Vancouver')::date + ${offset}::int)::text as day`;
	return row!.day;
}

const setAway = (db: Client, where: Program, person: User, until: string | null, cover?: User) =>
	db.rpc('set_away', {
		program: where.id,
		person: person.id,
		last_day: until as string,
		...(cover && { cover: cover.id })
	});

const absenceOf = async (user: User) => [
	...(await sql`select program_id, until::text, cover_id from public.absences where user_id = ${user.id}`)
];

describe('time away', () => {
	test.each(CALLERS)('of oneself, by %s', async (caller) => {
		const { db, user } = await aCaller(caller, program, elsewhere);
		const self = user ?? (await aMember(program, 'worker'));
		const { data, error } = await setAway(db, program, self, await day(7));
		if (isNobody(caller)) return expect(error?.code).toBe('42501');
		const isStaff = caller !== 'somebody without a role' && caller !== 'an admin of another program';
		expect(data).toEqual(isStaff ? { ok: true } : { refused: 'not_allowed' });
		expect(await absenceOf(self)).toEqual(
			isStaff ? [{ program_id: program.id, until: await day(7), cover_id: null }] : []
		);
		expect(await eventsAbout(self.id)).toMatchObject([
			{ event: 'member.away', outcome: isStaff ? 'done' : 'refused', actor_id: self.id }
		]);
	});

	test.each(CALLERS)('of a colleague, by %s', async (caller) => {
		const { db } = await aCaller(caller, program, elsewhere);
		const member = await aMember(program, 'worker');
		const { data, error } = await setAway(db, program, member, await day(7));
		if (isNobody(caller)) return expect(error?.code).toBe('42501');
		const isAdmin = caller === 'an admin';
		expect(data).toEqual(isAdmin ? { ok: true } : { refused: 'not_allowed' });
		expect(await absenceOf(member)).toHaveLength(isAdmin ? 1 : 0);
	});

	test('may end today, not yesterday; a new day takes the old one’s place, and none ends it', async () => {
		const member = await aMember(program, 'worker');
		const db = asUser(member);
		expect((await setAway(db, program, member, await day(-1))).data).toEqual({ refused: 'past' });
		expect(await absenceOf(member)).toEqual([]);
		expect((await setAway(db, program, member, await day(0))).data).toEqual({ ok: true });
		expect((await setAway(db, program, member, await day(3))).data).toEqual({ ok: true });
		expect(await absenceOf(member)).toEqual([{ program_id: program.id, until: await day(3), cover_id: null }]);
		expect((await setAway(db, program, member, null)).data).toEqual({ ok: true });
		expect(await absenceOf(member)).toEqual([]);
		const events = await eventsAbout(member.id);
		expect(events.map(({ outcome, details }) => [outcome, details])).toEqual([
			['refused', { why: 'past' }],
			['done', { until: await day(0) }],
			['done', { until: await day(3) }],
			['done', {}]
		]);
	});

	test('is covered by an active colleague who is here', async () => {
		const member = await aMember(program, 'worker');
		const db = asUser(member);
		const until = await day(7);
		const cover = await aMember(program, 'worker');
		expect((await setAway(db, program, member, until, cover)).data).toEqual({ ok: true });
		expect(await absenceOf(member)).toMatchObject([{ cover_id: cover.id }]);

		const absent = await aMember(program, 'worker');
		await setAway(asUser(absent), program, absent, until);
		const cannot = {
			oneself: member,
			'somebody who is away too': absent,
			'somebody who has left': await aMember.deactivated(program, 'worker'),
			'somebody of another program': await aMember(elsewhere, 'worker')
		};
		for (const [who, person] of Object.entries(cannot)) {
			expect((await setAway(db, program, member, until, person)).data, who).toEqual({ refused: 'no_cover' });
		}
		expect(await absenceOf(member), 'what held before still holds').toMatchObject([{ cover_id: cover.id }]);
	});

	test('of somebody who has left is not noted', async () => {
		const admin = await asMember(program, 'admin');
		const former = await aMember.deactivated(program, 'worker');
		expect((await setAway(admin, program, former, await day(7))).data).toEqual({ refused: 'not_allowed' });
	});

	test('that is over is no longer told', async () => {
		const member = await aMember(program, 'worker');
		await sql`insert into public.absences (program_id, user_id, until) values (${program.id}, ${member.id}, ${await day(-1)})`;
		const { data } = await asUser(member).rpc('program_colleagues', { program: program.id });
		expect(data).toContainEqual({ id: member.id, name: member.email, away_until: null, cover_id: null });
	});
});
