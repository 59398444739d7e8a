/* What coordinators do with a referral beside moving it: giving it to one another or to another program, notes, many at once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, asMember, type Program } from '../factories/program.ts';
import {
	anAddress,
	aReferral,
	day,
	forgetPrograms,
	mailAbout,
	move,
	rowOf,
	sealedText,
	somebody,
	timelineOf,
	type Referral
} from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import { asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let coordinator: { db: Client; user: User };
let there: { db: Client; user: User };

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('desk'), await aProgram('desk-elsewhere')];
	coordinator = await somebody(program, 'coordinator');
	there = await somebody(elsewhere, 'coordinator');
});
afterAll(() => forgetPrograms(program, elsewhere));

const stale = (state: string) => ({ refused: 'stale', state, version: 1 });

describe('giving it to a colleague', () => {
	const assign = async (referral: Referral, to: User, expected = 1, db = coordinator.db) =>
		(await db.rpc('assign_referral', { referral: referral.id, expected, coordinator: to.id })).data;

	test('tells the colleague, and is a line and an event', async () => {
		const colleague = await aMember(program, 'admin');
		const referral = await aReferral(program, { state: 'triage', referrer_email: anAddress() });
		expect(await assign(referral, colleague)).toEqual({ ok: 'triage', version: 2 });
		expect(await rowOf(referral)).toMatchObject({ coordinator_id: colleague.id, version: 2, state: 'triage' });
		expect(await mailAbout(referral.reference)).toEqual([`referral_new ${colleague.email}`]);
		expect(await timelineOf(referral)).toMatchObject([{ event: 'assign', actor: 'coordinator', to_state: 'triage' }]);
		expect(await eventsAbout(referral.id)).toMatchObject([
			{ event: 'referral.assigned', outcome: 'done', details: { to: colleague.id } }
		]);
	});

	test('who is away tells whoever covers', async () => {
		const [colleague, cover] = [await aMember(program, 'coordinator'), await aMember(program, 'coordinator')];
		await sql`insert into public.absences ${sql({
			program_id: program.id,
			user_id: colleague.id,
			until: await day(program, 2),
			cover_id: cover.id
		})}`;
		const referral = await aReferral(program);
		await assign(referral, colleague);
		expect(await mailAbout(referral.reference)).toEqual([`referral_new ${cover.email}`]);
	});

	test('taking it oneself tells nobody', async () => {
		const referral = await aReferral(program);
		expect(await assign(referral, coordinator.user)).toMatchObject({ ok: 'submitted' });
		expect(await mailAbout(referral.reference)).toEqual([]);
	});

	test('goes to nobody who could not coordinate it, nor over another’s change', async () => {
		const referral = await aReferral(program);
		const others = [
			await aMember(program, 'worker'),
			await aMember(program, 'supervisor'),
			await aMember.deactivated(program, 'coordinator'),
			there.user
		];
		for (const user of others) expect(await assign(referral, user)).toEqual({ refused: 'no_coordinator' });
		expect(await assign(referral, coordinator.user, 7)).toEqual(stale('submitted'));
		expect(await rowOf(referral)).toMatchObject({ coordinator_id: null, version: 1 });
		expect(await timelineOf(referral)).toEqual([]);
		const whys = (await eventsAbout(referral.id)).map(({ details }) => details.why);
		expect(whys).toEqual([...others.map(() => 'no_coordinator'), 'stale']);
	});
});

describe('giving it to another program', () => {
	const rehome = async (referral: Referral, to = elsewhere, expected = 1, given: { event_id?: string } = {}) =>
		(await coordinator.db.rpc('rehome_referral', { referral: referral.id, expected, program: to.id, ...given })).data;

	test.each(['submitted', 'triage'] as const)('%s: it is seen there, and here no more', async (state) => {
		const [team] = await sql<{ id: string }[]>`
			insert into public.teams (program_id, name) values (${program.id}, ${randomUUID()}) returning id`;
		const referral = await aReferral(program, {
			state,
			team_id: team!.id,
			coordinator_id: coordinator.user.id,
			needs_home: true,
			escalated_at: '2026-11-01T00:00Z'
		});
		expect(await rehome(referral)).toEqual({ ok: true });
		expect(await rowOf(referral)).toMatchObject({
			program_id: elsewhere.id,
			state,
			version: 2,
			coordinator_id: null,
			team_id: team!.id,
			needs_home: false,
			escalated_at: null
		});
		const seenBy = async (db: Client) =>
			(await db.rpc('read_referral', { reference: referral.reference })).data !== null;
		expect([await seenBy(coordinator.db), await seenBy(there.db)]).toEqual([false, true]);
		expect(await move(coordinator.db, referral, 'withdraw')).toEqual({ refused: 'not_found' });
		expect(await mailAbout(referral.reference)).toEqual([`referral_new ${there.user.email}`]);
		const audited = await sql`select program_id, details from public.audit_events
			where subject_id = ${referral.id} and event = 'referral.rehomed' order by id`;
		expect([...audited]).toEqual([
			{ program_id: program.id, details: { to: elsewhere.id } },
			{ program_id: elsewhere.id, details: { from: program.id } }
		]);
	});

	test('posted twice is done once', async () => {
		const referral = await aReferral(program);
		const given = { event_id: randomUUID() };
		expect(await rehome(referral, elsewhere, 1, given)).toEqual({ ok: true });
		expect(await rehome(referral, elsewhere, 1, given)).toEqual({ ok: true });
		expect(await rowOf(referral)).toMatchObject({ version: 2 });
		expect(await rehome(referral, elsewhere, 1, { event_id: randomUUID() })).toEqual({ refused: 'not_found' });
	});

	test('is not possible once it is decided, while a correction waits, to where it is, or to nowhere', async () => {
		for (const state of ['info_needed', 'waitlisted', 'active', 'declined', 'entered_in_error'] as const)
			expect(await rehome(await aReferral(program, { state }))).toMatchObject({ refused: 'not_possible', state });
		expect(await rehome(await aReferral(program, { has_correction: true }))).toMatchObject({ refused: 'not_possible' });
		expect(await rehome(await aReferral(program), program)).toMatchObject({ refused: 'not_possible' });
		expect(await rehome(await aReferral(program), { id: randomUUID(), slug: '' })).toMatchObject({
			refused: 'not_possible'
		});
		expect(await rehome(await aReferral(program), elsewhere, 3)).toEqual(stale('submitted'));
	});
});

describe('a note', () => {
	const note = async (referral: Referral, event_id = randomUUID(), words = sealedText(), db = coordinator.db) => {
		const { data, error } = await db.rpc('note_referral', { referral: referral.id, event_id, words });
		return error ? error.code : data;
	};

	test('is a line for coordinators, once however often it is posted, and changes no version', async () => {
		const referral = await aReferral(program, { state: 'active' });
		const [id, words] = [randomUUID(), sealedText()];
		expect(await note(referral, id, words)).toEqual({ ok: true });
		expect(await note(referral, id, words)).toEqual({ ok: true });
		expect(await timelineOf(referral)).toMatchObject([{ event: 'note', words }]);
		expect(await rowOf(referral)).toMatchObject({ version: 1 });
		expect(await eventsAbout(referral.id)).toMatchObject([{ event: 'referral.noted', outcome: 'done' }]);
		const { data } = await coordinator.db.rpc('read_referral', { reference: referral.reference });
		expect((data as { timeline: object[] }).timeline).toMatchObject([{ event: 'note', words }]);
	});

	test('holds no plain text, and none is added to what was erased', async () => {
		const referral = await aReferral(program);
		expect(await note(referral, randomUUID(), 'He likes the library')).toBe('23514');
		const closed = await aReferral(program, { state: 'completed' });
		expect(await note(closed)).toEqual({ ok: true });
		await (await asMember(program, 'admin')).rpc('erase_referral', { referral: closed.id, expected: 1 });
		expect(await note(closed)).toMatchObject({ refused: 'not_possible' });
	});
});

describe('acknowledging many', () => {
	test('acknowledges those that are submitted and one’s own, and says how many', async () => {
		const user = await aMember(program, 'coordinator');
		const mine = [await aReferral(program, { needs_home: true }), await aReferral(program)];
		const others = [await aReferral(program, { state: 'triage' }), await aReferral(elsewhere)];
		const referrals = [...mine, ...others].map(({ id }) => id);
		expect((await asUser(user).rpc('acknowledge_referrals', { referrals })).data).toEqual({ done: 2, refused: 2 });
		for (const referral of mine)
			expect(await rowOf(referral)).toMatchObject({
				state: 'triage',
				version: 2,
				coordinator_id: user.id,
				needs_home: false
			});
		expect(await rowOf(others[0]!)).toMatchObject({ version: 1, coordinator_id: null });
		expect(await rowOf(others[1]!)).toMatchObject({ state: 'submitted', version: 1 });
		const audited = await sql`select outcome from public.audit_events where actor_id = ${user.id}`;
		expect(audited.map(({ outcome }) => outcome as string).toSorted()).toEqual(['done', 'done', 'refused', 'refused']);
	});
});
