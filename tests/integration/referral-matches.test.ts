/* Workers and peers: both say yes, either says no, a match that falls through, who may be proposed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import {
	aMatch,
	anAddress,
	aProposal,
	aReferral,
	day,
	forgetPrograms,
	mailAbout,
	move,
	rowOf,
	somebody,
	zoneAtNoon,
	type Referral,
	type State
} from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import { asUser, sql, type Client } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let coordinator: Client;

beforeAll(async () => {
	program = await aProgram('matches', { timeZone: zoneAtNoon() });
	elsewhere = await aProgram('matches-elsewhere');
	coordinator = (await somebody(program, 'coordinator')).db;
});
afterAll(() => forgetPrograms(program, elsewhere));

const aWorker = () => aMember(program, 'worker');

/** The workers of a referral now: who supports, then who is proposed. */
const workersOf = async (referral: Referral) =>
	(
		await sql`select worker_id from private.referral_matches where referral_id = ${referral.id} and ended_at is null
			order by first_met_on is null`
	).map(({ worker_id }) => worker_id as string);

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
			const told = [`referral_news ${referrer_email}`];
			if (events[1] === 'peer_yes') told.push(`work_news ${worker.email}`);
			expect(await mailAbout(referral.reference)).toEqual(told);
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
	])('%s leads back to %s, without a reason and without a mail to the referrer', async (event, came_from) => {
		const worker = await aWorker();
		const referral = await aReferral(program, { state: came_from, referrer_email: anAddress() });
		const before = await rowOf(referral);
		expect(await move(coordinator, referral, 'propose', aProposal(worker))).toMatchObject({ ok: 'match_proposed' });
		expect(await move(event === 'worker_no' ? asUser(worker) : coordinator, referral, event)).toMatchObject({
			ok: came_from
		});
		const { next_word_on, waiting_since, attention_on } = await rowOf(referral);
		const [{ today }] = await sql<[{ today: Date }]>`select private.program_today(${program.id}) as today`;
		expect(
			{ next_word_on, waiting_since, attention_on },
			'the place in line and the day that was promised are kept; a worker’s no is for a coordinator to see today'
		).toEqual({
			next_word_on: before.next_word_on,
			waiting_since: before.waiting_since,
			attention_on: event === 'worker_no' ? today : before.attention_on
		});
		expect(await workersOf(referral)).toEqual([]);
		const told = [`work_asked ${worker.email}`];
		if (event === 'peer_no') told.push(`work_news ${worker.email}`);
		expect(await mailAbout(referral.reference)).toEqual(told);
		expect(await move(asUser(worker), referral, 'worker_yes'), 'and is nobody’s any more').toEqual({
			refused: 'not_found'
		});
	});

	test.each([
		['i_know_them', null],
		['knows_them', 'knows_them']
	])('comes with no reason, even if one is given, but that they know each other (%s)', async (reason, kept) => {
		const worker = await aWorker();
		const referral = await aReferral(program, { state: 'match_proposed', worker });
		await move(asUser(worker), referral, 'worker_no', { reason });
		const [line] = await sql`select reason from private.referral_events where referral_id = ${referral.id}`;
		expect(line).toEqual({ reason: kept });
		const [match] = await sql`select knows_them from private.referral_matches where referral_id = ${referral.id}`;
		expect(match).toEqual({ knows_them: kept !== null });
	});

	test('after both said yes leads back, too, and the referrer hears of it', async () => {
		for (const event of ['worker_no', 'peer_no'] as const) {
			const worker = await aWorker();
			const referral = await aReferral(program, {
				state: 'matched',
				worker,
				cameFrom: 'waitlisted',
				referrer_email: anAddress()
			});
			const { referrer_email } = await rowOf(referral);
			const db = event === 'worker_no' ? asUser(worker) : coordinator;
			expect(await move(db, referral, event, { reason: 'knows_them' })).toMatchObject({ ok: 'waitlisted' });
			expect(await workersOf(referral)).toEqual([]);
			const [match] = await sql`select knows_them from private.referral_matches where referral_id = ${referral.id}`;
			expect(match, 'a peer’s no says nothing of the worker').toEqual({ knows_them: event === 'worker_no' });
			const told = [`referral_news ${referrer_email}`];
			if (event === 'peer_no') told.push(`work_news ${worker.email}`);
			expect(await mailAbout(referral.reference)).toEqual(told);
		}
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
		await move(coordinator, referral, 'propose', aProposal(next));
		expect(await workersOf(referral), 'the worker from before goes on').toEqual([former.id, next.id]);
		await move(event === 'worker_no' ? asUser(next) : coordinator, referral, event);
		expect(await rowOf(referral)).toMatchObject({ state });
		expect(await workersOf(referral)).toEqual([former.id]);
		expect(await move(asUser(former), referral, state === 'active' ? 'pause' : 'resume')).toHaveProperty('ok');
	});

	test('that succeeds leaves the goals, and nothing to the worker from before', async () => {
		const [former, next] = [await aWorker(), await aWorker()];
		const referral = await aReferral(program, { state: 'active', worker: former });
		const [before] = await sql`select goals from private.referral_details where referral_id = ${referral.id}`;
		await move(coordinator, referral, 'propose', aProposal(next));
		await move(asUser(next), referral, 'worker_yes');
		await move(coordinator, referral, 'peer_yes');
		expect(await move(asUser(next), referral, 'begin', { first_met_on: await day(program, 0) })).toMatchObject({
			ok: 'active'
		});
		expect(await workersOf(referral)).toEqual([next.id]);
		expect(await move(asUser(former), referral, 'pause')).toEqual({ refused: 'not_found' });
		const [after] = await sql`select goals from private.referral_details where referral_id = ${referral.id}`;
		expect(after).toEqual(before);
	});
});

describe('who may be proposed', () => {
	const propose = async (worker: string) =>
		move(coordinator, await aReferral(program, { state: 'triage' }), 'propose', aProposal({ id: worker }));

	test('a worker has two at most, unless they say otherwise', async () => {
		const worker = await aWorker();
		expect(await propose(worker.id)).toMatchObject({ ok: 'match_proposed' });
		expect(await propose(worker.id)).toMatchObject({ ok: 'match_proposed' });
		expect(await propose(worker.id)).toMatchObject({ refused: 'worker_full', state: 'triage' });
		await sql`insert into public.workers (program_id, user_id, cap) values (${program.id}, ${worker.id}, 3)`;
		expect(await propose(worker.id)).toMatchObject({ ok: 'match_proposed' });
		await sql`update public.workers set cap = 0 where user_id = ${worker.id}`;
		expect(await propose(worker.id)).toMatchObject({ refused: 'worker_full' });
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
