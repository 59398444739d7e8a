/* How staff come in, what becomes of their roles, and that nobody else decides it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, asMember, forgetProgram, type Program } from '../factories/program.ts';
import { aCaller, anInvitation, CALLERS, eventsAbout, eventsOf, tokenOf, type Caller } from '../factories/staff.ts';
import { asAnonymous, asService, asUser, aUser, client, keys, sql } from '../support/database.ts';

let program: Program;
let elsewhere: Program;

beforeAll(async () => {
	program = await aProgram('people');
	elsewhere = await aProgram('people-elsewhere');
});
afterAll(async () => {
	await forgetProgram(program);
	await forgetProgram(elsewhere);
});

const anAddress = () => `${randomUUID()}@staff.example`;
const isAdmin = (caller: Caller) => caller === 'an admin';
const isNobody = (caller: Caller) => caller === 'somebody not signed in';

describe('inviting', () => {
	test.each(CALLERS)('%s', async (caller) => {
		const { db } = await aCaller(caller, program, elsewhere);
		const address = anAddress();
		const invite = () =>
			db.rpc('invite_member', { program: program.id, address, person_name: 'Robin', wanted: 'worker' });
		const before = (await eventsOf(program, 'invitation.sent')).length;
		const { data, error } = await invite();
		const events = (await eventsOf(program, 'invitation.sent')).slice(before);
		const rows = await sql`select id from public.invitations where email = ${address}`;
		const mail = await sql`select template from private.outbox where to_address = ${address}`;
		if (isNobody(caller)) {
			expect([error?.code, events, rows.length]).toEqual(['42501', [], 0]);
		} else if (isAdmin(caller)) {
			expect(data).toEqual({ ok: rows[0]!.id as string });
			expect(mail.map(({ template }) => template as string)).toEqual(['invitation']);
			expect(events).toMatchObject([{ outcome: 'done', subject_id: rows[0]!.id as string }]);
		} else {
			expect(data).toEqual({ refused: 'not_allowed' });
			expect([rows.length, mail.length]).toEqual([0, 0]);
			expect(events).toMatchObject([{ outcome: 'refused', details: { why: 'not_allowed' } }]);
		}
	});

	test('somebody who has the role already is not invited to it again, whatever the case of the address', async () => {
		const worker = await aMember(program, 'worker');
		const { data } = await (
			await asMember(program, 'admin')
		).rpc('invite_member', {
			program: program.id,
			address: ` ${worker.email.toUpperCase()} `,
			person_name: 'Robin',
			wanted: 'worker'
		});
		expect(data).toEqual({ refused: 'already_member' });
		expect((await eventsOf(program, 'invitation.sent')).at(-1)).toMatchObject({
			outcome: 'refused',
			details: { why: 'already_member' }
		});
	});

	test('a second invitation to the same takes the first one’s place', async () => {
		const email = anAddress();
		const first = await anInvitation(program, email);
		const second = await anInvitation(program, email);
		const state = async (token: string) =>
			((await asAnonymous().rpc('invitation_by_token', { token })).data as { state: string }).state;
		expect([await state(first.token), await state(second.token)]).toEqual(['withdrawn', 'open']);
	});

	test('naming no program invites nobody', async () => {
		const admin = await asMember(program, 'admin');
		const { data } = await admin.rpc('invite_member', {
			program: null as unknown as string,
			address: anAddress(),
			person_name: 'Robin',
			wanted: 'admin'
		});
		expect(data).toEqual({ refused: 'not_allowed' });
	});
});

describe('the first admin', () => {
	const invite = (db: ReturnType<typeof asService>, slug: string, address = anAddress()) =>
		db.rpc('invite_first_admin', { program_slug: slug, address, person_name: 'Robin' });

	test.each(CALLERS)('is not invited by %s', async (caller) => {
		const { db } = await aCaller(caller, program, elsewhere);
		expect((await invite(db, program.slug)).error?.code).toBe('42501');
	});

	test('is invited by the operator, with a token that opens exactly that', async () => {
		const user = await aUser();
		const { data: token } = await invite(asService(), program.slug, user.email);
		expect(token).toMatch(/^[0-9a-f]{32}$/);
		expect((await asUser(user).rpc('redeem_invitation', { token: token! })).data).toEqual({ ok: program.id });
		expect((await asUser(user).rpc('whoami')).data).toMatchObject({ programs: [{ id: program.id, roles: ['admin'] }] });
	});

	test('of a program that is not there is nobody', async () => {
		expect((await invite(asService(), 'no-such-program')).data).toBeNull();
	});
});

describe('what a link shows', () => {
	test.each(CALLERS)('is shown to %s, and changes nothing', async (caller) => {
		const { db } = await aCaller(caller, program, elsewhere);
		const email = anAddress();
		const { id, token } = await anInvitation(program, email, 'editor');
		for (let look = 0; look < 2; look += 1) {
			const { data } = await db.rpc('invitation_by_token', { token });
			expect(data).toEqual({
				program: `Program ${program.slug}`,
				role: 'editor',
				name: 'Robin Sample',
				email,
				state: 'open'
			});
		}
		expect((await eventsAbout(id)).map(({ event }) => event)).toEqual(['invitation.sent']);
	});

	test('is nothing for a token nobody made', async () => {
		const { data } = await asAnonymous().rpc('invitation_by_token', { token: '0'.repeat(32) });
		expect(data).toBeNull();
	});
});

describe('taking up an invitation', () => {
	const redeem = async (user: Parameters<typeof asUser>[0], token: string) =>
		(await asUser(user).rpc('redeem_invitation', { token })).data;

	test('makes the person signed in with its address a member, once', async () => {
		const user = await aUser({ email: `Robin.${randomUUID()}@Staff.example`.toLowerCase() });
		const { id, token } = await anInvitation(program, user.email.toUpperCase(), 'coordinator');
		expect(await redeem(user, token)).toEqual({ ok: program.id });
		expect(await redeem(user, token)).toEqual({ refused: 'accepted' });
		expect((await asUser(user).rpc('whoami')).data).toEqual({
			id: user.id,
			email: user.email,
			name: 'Robin Sample',
			programs: [expect.objectContaining({ id: program.id, roles: ['coordinator'] })]
		});
		expect(await eventsAbout(id)).toMatchObject([
			{ event: 'invitation.sent', outcome: 'done' },
			{ event: 'invitation.accepted', outcome: 'done', actor_id: user.id, details: { role: 'coordinator' } },
			{ event: 'invitation.accepted', outcome: 'refused', actor_id: user.id, details: { why: 'accepted' } }
		]);
	});

	test.each(CALLERS)('with another address is refused to %s', async (caller) => {
		const { db, user } = await aCaller(caller, program, elsewhere);
		const { id, token } = await anInvitation(program, anAddress(), 'admin');
		const { data, error } = await db.rpc('redeem_invitation', { token });
		if (isNobody(caller)) return expect(error?.code).toBe('42501');
		expect(data).toEqual({ refused: 'other_address' });
		expect((await eventsAbout(id)).at(-1)).toMatchObject({
			event: 'invitation.accepted',
			outcome: 'refused',
			actor_id: user!.id,
			details: { why: 'other_address' }
		});
		const roles = await sql`select from public.memberships
			where user_id = ${user!.id} and program_id = ${program.id} and role = 'admin'`;
		expect(roles).toHaveLength(isAdmin(caller) ? 1 : 0);
	});

	test('that has run out, was taken back, or was never made is refused, and says why', async () => {
		const user = await aUser();
		const late = await anInvitation(program, user.email, 'worker');
		await sql`update public.invitations set expires_at = now() - interval '1 second' where id = ${late.id}`;
		expect(await redeem(user, late.token)).toEqual({ refused: 'expired' });
		const back = await anInvitation(program, user.email, 'editor');
		await (await asMember(program, 'admin')).rpc('withdraw_invitation', { invitation: back.id });
		expect(await redeem(user, back.token)).toEqual({ refused: 'withdrawn' });
		expect(await redeem(user, 'f'.repeat(32))).toEqual({ refused: 'unknown' });
		expect((await asUser(user).rpc('whoami')).data).toMatchObject({ programs: [] });
	});

	test('twice at the same time: one of them wins', async () => {
		for (let round = 0; round < 5; round += 1) {
			const user = await aUser();
			const { id, token } = await anInvitation(program, user.email);
			const answers = await Promise.all([redeem(user, token), redeem(user, token), redeem(user, token)]);
			expect(answers.filter((answer) => 'ok' in (answer as object))).toHaveLength(1);
			expect(answers.filter((answer) => 'refused' in (answer as object))).toEqual([
				{ refused: 'accepted' },
				{ refused: 'accepted' }
			]);
			expect((await eventsAbout(id)).map(({ outcome }) => outcome).sort()).toEqual([
				'done',
				'done',
				'refused',
				'refused'
			]);
		}
	});

	test('gives a role back to somebody who had left', async () => {
		const former = await aMember.deactivated(program, 'worker');
		const { token } = await anInvitation(program, former.email, 'worker');
		expect(await redeem(former, token)).toEqual({ ok: program.id });
		expect((await asUser(former).rpc('whoami')).data).toMatchObject({ programs: [{ roles: ['worker'] }] });
	});

	test('a password set on the address beforehand opens nothing', async () => {
		const email = anAddress();
		const password = 'set by somebody else, beforehand';
		const stranger = client(keys.publishable);
		await stranger.auth.signUp({ email, password });
		const [user] = await sql<{ id: string; encrypted_password: string | null }[]>`
			select id, encrypted_password from auth.users where email = ${email}`;
		expect(user!.encrypted_password).toBeNull();

		const { token } = await anInvitation(program, email, 'admin');
		// The person proves the address by the code that was mailed there; from then on it counts as confirmed.
		await sql`update auth.users set email_confirmed_at = now() where id = ${user!.id}`;
		expect(await redeem({ id: user!.id, email }, token)).toEqual({ ok: program.id });

		const signedIn = await client(keys.publishable).auth.signInWithPassword({ email, password });
		expect(signedIn.data.session).toBeNull();
		expect(signedIn.error).not.toBeNull();
	});
});

describe('taking an invitation back', () => {
	test.each(CALLERS)('%s', async (caller) => {
		const { db, user } = await aCaller(caller, program, elsewhere);
		const { id } = await anInvitation(program, anAddress());
		const { data, error } = await db.rpc('withdraw_invitation', { invitation: id });
		const [row] = await sql`select withdrawn_at from public.invitations where id = ${id}`;
		const events = (await eventsAbout(id)).slice(1);
		if (isNobody(caller)) {
			expect([error?.code, row!.withdrawn_at, events]).toEqual(['42501', null, []]);
		} else if (isAdmin(caller)) {
			expect(data).toEqual({ ok: true });
			expect(row!.withdrawn_at).not.toBeNull();
			expect(events).toMatchObject([{ event: 'invitation.withdrawn', outcome: 'done', actor_id: user!.id }]);
		} else {
			expect([data, row!.withdrawn_at]).toEqual([{ refused: 'not_allowed' }, null]);
			expect(events).toMatchObject([{ event: 'invitation.withdrawn', outcome: 'refused', actor_id: user!.id }]);
		}
	});

	test('a second time, or once it is taken up, is refused', async () => {
		const admin = await asMember(program, 'admin');
		const withdraw = async (invitation: string) => (await admin.rpc('withdraw_invitation', { invitation })).data;
		const user = await aUser();
		const [twice, taken] = [await anInvitation(program, anAddress()), await anInvitation(program, user.email)];
		await asUser(user).rpc('redeem_invitation', { token: taken.token });
		expect(await withdraw(twice.id)).toEqual({ ok: true });
		expect(await withdraw(twice.id)).toEqual({ refused: 'not_open' });
		expect(await withdraw(taken.id)).toEqual({ refused: 'not_open' });
		expect(await withdraw(randomUUID())).toEqual({ refused: 'not_allowed' });
	});
});

test('tokens are 128 bits, and only their hash is kept', async () => {
	const { id, token } = await anInvitation(program, anAddress());
	expect(token).toMatch(/^[0-9a-f]{32}$/);
	expect(await tokenOf(id)).toBe(token);
	const [row] = await sql`
		select token_hash = sha256(convert_to(${token}, 'UTF8')) as same, length(token_hash) as bytes
		from public.invitations where id = ${id}`;
	expect(row).toEqual({ same: true, bytes: 32 });
});
