/* What must not be lost when a support ends, is handed over, or a match comes to nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import {
	aMatch,
	aProposal,
	aReferral,
	day,
	forgetPrograms,
	mailAbout,
	move,
	rowOf,
	sealedText,
	zoneAtNoon
} from '../factories/referral.ts';
import { aMeeting, aSupervisorOf, aSupport, readSupport } from '../factories/support.ts';
import { asService, asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let lead: User;
let coordinator: Client;

beforeAll(async () => {
	program = await aProgram('loose-ends', { timeZone: zoneAtNoon() });
	elsewhere = await aProgram('loose-ends-elsewhere');
	lead = await aMember(program, 'coordinator');
	coordinator = asUser(lead);
});
afterAll(() => forgetPrograms(program, elsewhere));

const dueOn = async (id: string) =>
	(await sql`select attention_on::text from public.referrals where id = ${id}`)[0]!.attention_on as string | null;
const myWork = async (worker: User) =>
	(await asUser(worker).rpc('my_work', { program: program.id })).data as unknown as {
		under_way: { reference: string; meeting: { id: string } }[];
		people: { asked_for: string[] }[];
	};

describe('a wish for another worker', () => {
	test.each(['worker_no', 'peer_no', 'take_back'])('stands, due today, when nobody was found: %s', async (event) => {
		const { referral, db } = await aSupport(program);
		const next = await aMember(program, 'worker');
		await move(db, referral, 'ask_handover', { for_peer: true });
		await move(coordinator, referral, 'propose', aProposal(next));
		expect(await rowOf(referral)).toMatchObject({ asked_for: [] });
		expect(await move(event === 'worker_no' ? asUser(next) : coordinator, referral, event)).toMatchObject({
			ok: 'active'
		});
		expect(await rowOf(referral)).toMatchObject({ asked_for: ['handover'] });
		expect(await dueOn(referral.id)).toBe(await day(program, 0));
		await move(coordinator, referral, 'settle_handover');
		expect(await dueOn(referral.id)).toBeNull();
	});

	test('is over when the ending begins', async () => {
		const { referral, db } = await aSupport(program);
		await move(db, referral, 'ask_handover');
		await move(db, referral, 'begin_ending', { reason: 'goal_reached', end_on: await day(program, 30) });
		expect(await rowOf(referral)).toMatchObject({ asked_for: [] });
		expect(await dueOn(referral.id)).toBe(await day(program, 30));
	});

	test('that a coordinator has noted is nothing to the worker', async () => {
		const { referral, worker, db } = await aSupport(program);
		await move(coordinator, referral, 'ask_handover', { for_peer: true });
		expect((await myWork(worker)).people).toMatchObject([{ asked_for: [] }]);
		const { asked_for, timeline } = (await readSupport(db, referral))!;
		expect([asked_for, timeline]).toEqual([[], []]);
		await move(db, referral, 'ask_call', { for_peer: true });
		expect((await myWork(worker)).people).toMatchObject([{ asked_for: ['call'] }]);
		expect(await readSupport(coordinator, referral)).toMatchObject({ asked_for: ['call', 'handover'] });
	});
});

describe('a question to a worker', () => {
	test('is taken back by a coordinator, and the referrer hears of it where they heard of a match', async () => {
		for (const state of ['match_proposed', 'matched'] as const) {
			const worker = await aMember(program, 'worker');
			const referral = await aReferral(program, {
				state,
				worker,
				cameFrom: 'waitlisted',
				referrer_email: 'a@clinic.example'
			});
			expect(await move(coordinator, referral, 'take_back')).toMatchObject({ ok: 'waitlisted' });
			const told = [`work_news ${worker.email}`];
			if (state === 'matched') told.unshift('referral_news a@clinic.example');
			expect(await mailAbout(referral.reference)).toEqual(told);
		}
	});

	test('that has a yes is for a coordinator to go on with today', async () => {
		const worker = await aMember(program, 'worker');
		const referral = await aReferral(program, { state: 'triage' });
		await move(coordinator, referral, 'propose', aProposal(worker));
		expect(await dueOn(referral.id)).toBe(await day(program, 3));
		await move(asUser(worker), referral, 'worker_yes');
		expect(await dueOn(referral.id)).toBe(await day(program, 0));
	});
});

describe('a meeting', () => {
	test('that is under way when the support ends is still the worker’s to check out of, and keeps it from being erased', async () => {
		const { referral, worker } = await aSupport(program);
		const meeting = await aMeeting(referral, worker, { start: -10, checkedIn: true });
		await move(coordinator, referral, 'end_early', { reason: 'moved_away' });
		expect((await myWork(worker)).under_way).toMatchObject([
			{ reference: referral.reference, meeting: { id: meeting } }
		]);
		const admin = asUser(await aMember(program, 'admin'));
		const erase = async () =>
			(await admin.rpc('erase_referral', { referral: referral.id, expected: (await rowOf(referral)).version })).data;
		expect(await erase()).toEqual({ refused: 'still_open' });
		expect((await asUser(worker).rpc('mark_meeting', { meeting, what: 'out' })).data).toHaveProperty('ok');
		expect((await myWork(worker)).under_way).toEqual([]);
		expect(await erase()).toEqual({ ok: true });
	});

	test('that is over took place, once its worker says so, and nobody is looked for; a former worker says nothing of it', async () => {
		const { referral, worker, db } = await aSupport(program);
		const over = await aMeeting(referral, worker, { start: -200 });
		const other = await aMeeting(referral, worker, { start: -300 });
		expect((await db.rpc('mark_meeting', { meeting: over, what: 'in' })).data).toHaveProperty('ok');
		const [row] = await sql`select checked_out_at from private.support_meetings where id = ${over}`;
		expect(row!.checked_out_at).toBeInstanceOf(Date);
		expect((await db.rpc('mark_meeting', { meeting: over, what: null as unknown as string })).data).toEqual({
			refused: 'not_possible'
		});
		await move(coordinator, referral, 'end_early', { reason: 'moved_away' });
		expect((await db.rpc('mark_meeting', { meeting: other, what: 'in' })).data).toEqual({ refused: 'not_possible' });
	});

	test('that nobody checks out of is told to all coordinators who are here and the worker’s supervisors', async () => {
		const own = await aProgram('late', { timeZone: zoneAtNoon() });
		const [one, two, away] = await Promise.all([
			aMember(own, 'coordinator'),
			aMember(own, 'coordinator'),
			aMember(own, 'coordinator')
		]);
		await sql`insert into public.absences (program_id, user_id, until) values (${own.id}, ${away.id}, ${await day(own, 3)})`;
		const { referral, worker } = await aSupport(own, { coordinator_id: one.id });
		const supervisor = await aSupervisorOf(own, worker);
		await aMember(own, 'supervisor');
		await aMeeting(referral, worker, { start: -200, checkedIn: true });
		await asService().rpc('tell_late_meetings');
		expect(await mailAbout(referral.reference)).toEqual(
			[one, two, supervisor].map(({ email }) => `meeting_late ${email}`).toSorted()
		);
		await forgetPrograms(own);
	});
});

test('an end that the worker has written down is told to the coordinator', async () => {
	const { referral, db } = await aSupport(program, { state: 'ending', coordinator_id: lead.id });
	await sql`update private.referral_closing_steps set settled = 'done', settled_at = now() where referral_id = ${referral.id}`;
	expect(await move(db, referral, 'complete')).toMatchObject({ ok: 'completed' });
	expect(await mailAbout(referral.reference)).toContain(`support_ended ${lead.email}`);
});

test('what was written in a support stays in its program', async () => {
	const { referral, worker } = await aSupport(program);
	await move(coordinator, referral, 'end_early', { reason: 'moved_away' });
	await move(coordinator, referral, 'reopen', { words: sealedText() });
	const rehome = async (id: string) =>
		(
			await coordinator.rpc('rehome_referral', {
				referral: id,
				expected: (await rowOf(id)).version,
				program: elsewhere.id
			})
		).data;
	expect(await rehome(referral.id)).toMatchObject({ refused: 'not_possible', state: 'triage' });
	const asked = await aReferral(program, { state: 'triage' });
	await aMatch(asked.id, worker, { state: 'match_proposed', ended_at: '2026-11-01T00:00Z' });
	expect(await rehome(asked.id), 'where they only were asked about').toEqual({ ok: true });
});
