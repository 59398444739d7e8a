/* Workers and peers: both say yes, either says no, a match that falls through, a worker's own cap, ending well. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, asMember, type Program } from '../factories/program.ts';
import {
	aMatch,
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
	zoneAtNoon,
	type Referral,
	type State
} from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import { asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let coordinator: Client;
const words = sealedText();

beforeAll(async () => {
	program = await aProgram('matches', { timeZone: zoneAtNoon() });
	elsewhere = await aProgram('matches-elsewhere');
	coordinator = (await somebody(program, 'coordinator')).db;
});
afterAll(() => forgetPrograms(program, elsewhere));

const aWorker = () => aMember(program, 'worker');

/** Who is the worker of a referral now, if any. */
async function workerOf(referral: Referral): Promise<string | undefined> {
	const rows = await sql<{ worker_id: string }[]>`
		select worker_id from private.referral_matches where referral_id = ${referral.id} and ended_at is null`;
	expect(rows.length).toBeLessThanOrEqual(1);
	return rows[0]?.worker_id;
}

describe('both say yes', () => {
	test.each([['worker_yes', 'peer_yes'] as const, ['peer_yes', 'worker_yes'] as const])(
		'%s, then %s',
		async (...events) => {
			const worker = await aWorker();
			const referral = await aReferral(program, { state: 'match_proposed', worker, referrer_email: anAddress() });
			const { referrer_email, state_since } = await rowOf(referral);
			const say = (event: (typeof events)[number]) =>
				move(event === 'worker_yes' ? asUser(worker) : coordinator, referral, event, {
					for_peer: event === 'peer_yes'
				});
			expect(await say(events[0])).toEqual({ ok: 'match_proposed', version: 2 });
			expect(await rowOf(referral)).toMatchObject({ state_since });
			expect(await mailAbout(referral.reference), 'half of a yes is nobody else’s news').toEqual([]);
			expect(await say(events[0]), 'said twice').toEqual({ ok: 'match_proposed', version: 3 });
			expect(await say(events[1])).toEqual({ ok: 'matched', version: 4 });
			expect(await mailAbout(referral.reference)).toEqual([`referral_news ${referrer_email}`]);
			const lines =
				await sql`select event, for_peer from private.referral_events where referral_id = ${referral.id} order by number`;
			expect([...lines]).toEqual(
				[events[0], events[0], events[1]].map((event) => ({ event, for_peer: event === 'peer_yes' }))
			);
		}
	);
});

describe('a no', () => {
	test.each<['worker_no' | 'peer_no', State]>([
		['worker_no', 'triage'],
		['peer_no', 'triage'],
		['worker_no', 'waitlisted'],
		['peer_no', 'waitlisted']
	])('%s leads back to %s, without a reason and without a mail', async (event, came_from) => {
		const worker = await aWorker();
		const referral = await aReferral(program, { state: came_from, referrer_email: anAddress() });
		const before = await rowOf(referral);
		expect(await move(coordinator, referral, 'propose', { worker: worker.id })).toMatchObject({ ok: 'match_proposed' });
		expect(await move(event === 'worker_no' ? asUser(worker) : coordinator, referral, event)).toMatchObject({
			ok: came_from
		});
		const { next_word_on, waiting_since, attention_on } = await rowOf(referral);
		expect(
			{ next_word_on, waiting_since, attention_on },
			'the place in line and the day that was promised are kept'
		).toEqual({
			next_word_on: before.next_word_on,
			waiting_since: before.waiting_since,
			attention_on: before.attention_on
		});
		expect(await workerOf(referral)).toBeUndefined();
		expect(await mailAbout(referral.reference)).toEqual([]);
		expect(await move(asUser(worker), referral, 'worker_yes'), 'and is nobody’s any more').toEqual({
			refused: 'not_found'
		});
	});

	test('comes with no reason, even if one is given', async () => {
		const worker = await aWorker();
		const referral = await aReferral(program, { state: 'match_proposed', worker });
		await move(asUser(worker), referral, 'worker_no', { reason: 'i_know_them' });
		const [line] = await sql`select reason from private.referral_events where referral_id = ${referral.id}`;
		expect(line).toEqual({ reason: null });
	});
});

describe('handing over', () => {
	test.each<['active' | 'paused', 'worker_no' | 'peer_no']>([
		['active', 'worker_no'],
		['active', 'peer_no'],
		['paused', 'worker_no'],
		['paused', 'peer_no']
	])('that falls through leaves it %s with the worker from before (%s)', async (state, event) => {
		const [former, first, next] = [await aWorker(), await aWorker(), await aWorker()];
		const referral = await aReferral(program, { state, worker: former });
		// An earlier one, whom nobody should come back to.
		await aMatch(referral.id, first, { state: 'active', ended_at: '2026-10-01T00:00Z', first_met_on: '2026-09-01' });
		await move(coordinator, referral, 'propose', { worker: next.id });
		expect(await workerOf(referral)).toBe(next.id);
		await move(event === 'worker_no' ? asUser(next) : coordinator, referral, event);
		expect(await rowOf(referral)).toMatchObject({ state });
		expect(await workerOf(referral)).toBe(former.id);
		expect(await move(asUser(former), referral, state === 'active' ? 'pause' : 'resume')).toHaveProperty('ok');
	});

	test('that succeeds leaves the goals, and nothing to the worker from before', async () => {
		const [former, next] = [await aWorker(), await aWorker()];
		const referral = await aReferral(program, { state: 'active', worker: former });
		const [before] = await sql`select goals from private.referral_details where referral_id = ${referral.id}`;
		await move(coordinator, referral, 'propose', { worker: next.id });
		await move(asUser(next), referral, 'worker_yes');
		await move(coordinator, referral, 'peer_yes');
		expect(await move(asUser(next), referral, 'begin', { first_met_on: await day(program, 0) })).toMatchObject({
			ok: 'active'
		});
		expect(await workerOf(referral)).toBe(next.id);
		expect(await move(asUser(former), referral, 'pause')).toEqual({ refused: 'not_found' });
		const [after] = await sql`select goals from private.referral_details where referral_id = ${referral.id}`;
		expect(after).toEqual(before);
	});
});

describe('who may be proposed', () => {
	const propose = async (worker: string) =>
		move(coordinator, await aReferral(program, { state: 'triage' }), 'propose', { worker });

	test('a worker has two at most, unless they say otherwise', async () => {
		const worker = await aWorker();
		expect(await propose(worker.id)).toMatchObject({ ok: 'match_proposed' });
		expect(await propose(worker.id)).toMatchObject({ ok: 'match_proposed' });
		expect(await propose(worker.id)).toMatchObject({ refused: 'worker_full', state: 'triage' });
		await sql`insert into public.workers (program_id, user_id, cap) values (${program.id}, ${worker.id}, 3)`;
		expect(await propose(worker.id)).toMatchObject({ ok: 'match_proposed' });
		await sql`update public.workers set cap = 0 where user_id = ${worker.id}`;
		expect(await propose(worker.id), 'less this week').toMatchObject({ refused: 'worker_full' });
	});

	test('one that has ended makes room', async () => {
		const worker = await aWorker();
		await sql`insert into public.workers (program_id, user_id, cap) values (${program.id}, ${worker.id}, 1)`;
		const first = await aReferral(program, { state: 'active', worker });
		expect(await propose(worker.id)).toMatchObject({ refused: 'worker_full' });
		await move(coordinator, first, 'end_early', { reason: 'peer_wish' });
		expect(await propose(worker.id)).toMatchObject({ ok: 'match_proposed' });
	});

	test('nobody who has left, works elsewhere, or is no worker', async () => {
		const others = [
			await aMember.deactivated(program, 'worker'),
			await aMember(elsewhere, 'worker'),
			await aMember(program, 'coordinator'),
			await aMember(program, 'supervisor')
		];
		for (const { id } of others) expect(await propose(id)).toMatchObject({ refused: 'worker_full' });
	});

	test('a worker who has left acts no more', async () => {
		const worker = await aWorker();
		const referral = await aReferral(program, { state: 'match_proposed', worker });
		await sql`update public.memberships set deactivated_at = now() where user_id = ${worker.id}`;
		expect(await move(asUser(worker), referral, 'worker_yes')).toEqual({ refused: 'not_found' });
		expect(await eventsAbout(referral.id)).toMatchObject([{ outcome: 'refused', actor_id: worker.id }]);
	});
});

describe('ending well', () => {
	const STEPS = ['look_back', 'proud_of', 'can_do_now', 'strengths', 'feelings', 'where_else', 'thanks', 'achievement'];
	const settle = async (db: Client, referral: Referral, step: string, settled = 'done') =>
		(await db.rpc('settle_closing_step', { referral: referral.id, step, settled })).data;

	async function anEnding(worker: User): Promise<Referral> {
		const referral = await aReferral(program, { state: 'active', worker });
		await move(asUser(worker), referral, 'begin_ending', { reason: 'goal_reached', end_on: await day(program, 28) });
		return referral;
	}

	test('is complete when each step is done or set aside, by the worker or a coordinator', async () => {
		const worker = await aWorker();
		const referral = await anEnding(worker);
		for (const [n, step] of STEPS.entries()) {
			expect(await move(asUser(worker), referral, 'complete')).toMatchObject({
				refused: 'steps_open',
				state: 'ending'
			});
			expect(await settle(n % 2 ? coordinator : asUser(worker), referral, step, n % 3 ? 'done' : 'set_aside')).toEqual({
				ok: true
			});
		}
		expect(await move(asUser(worker), referral, 'complete')).toMatchObject({ ok: 'completed' });
		expect(await settle(coordinator, referral, 'thanks')).toEqual({ refused: 'not_possible' });
		const settled = (await eventsAbout(referral.id)).filter(({ event }) => event === 'referral.step_settled');
		expect(settled.map(({ outcome }) => outcome)).toEqual([...STEPS.map(() => 'done'), 'refused']);
	});

	test('is settled by nobody else, and only where an ending has begun', async () => {
		const worker = await aWorker();
		const referral = await anEnding(worker);
		const strangers = [
			asUser(await aWorker()),
			await asMember(program, 'supervisor'),
			await asMember(elsewhere, 'admin')
		];
		for (const db of strangers) expect(await settle(db, referral, 'thanks')).toEqual({ refused: 'not_found' });
		expect(await settle(coordinator, referral, 'no_such_step')).toEqual({ refused: 'not_possible' });
		const active = await aReferral(program, { state: 'active', worker });
		expect(await settle(coordinator, active, 'thanks')).toEqual({ refused: 'not_possible' });
	});

	test('begun again begins anew', async () => {
		const worker = await aWorker();
		const referral = await anEnding(worker);
		for (const step of STEPS) await settle(coordinator, referral, step);
		await move(coordinator, referral, 'extend', { words });
		expect(await rowOf(referral)).toMatchObject({ state: 'active', ends_on: null });
		await move(coordinator, referral, 'begin_ending', { reason: 'goal_reached', end_on: await day(program, 40) });
		expect(await move(coordinator, referral, 'complete')).toMatchObject({ refused: 'steps_open' });
	});

	test('begun again after an end that came early begins anew, too', async () => {
		const worker = await aWorker();
		const referral = await anEnding(worker);
		for (const step of STEPS) await settle(coordinator, referral, step);
		await move(coordinator, referral, 'end_early', { reason: 'moved_away' });
		await move(coordinator, referral, 'reopen', { words });
		expect(await rowOf(referral), 'and no end is agreed on').toMatchObject({ state: 'triage', ends_on: null });
		expect((await timelineOf(referral)).map(({ event }) => event)).toEqual(['begin_ending', 'end_early', 'reopen']);
		await sql`update public.referrals set state = 'active' where id = ${referral.id}`;
		await move(coordinator, referral, 'begin_ending', { reason: 'goal_reached', end_on: await day(program, 40) });
		expect(await move(coordinator, referral, 'complete')).toMatchObject({ refused: 'steps_open' });
	});
});
