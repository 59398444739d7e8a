/* What each event requires: without it the referral stays where it is, and the answer and the audit name what is missing. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../src/lib/server/database.types.ts';
import { aMember, aProgram, type Program } from '../factories/program.ts';
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
	zoneAtNoon,
	type Given,
	type Referral,
	type State
} from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import { asUser, aUser, sql, type Client, type User } from '../support/database.ts';

type Said = Record<string, Json>;

let program: Program;
let coordinator: Client;
let coordinatorId: string;
let colleague: Client;
let referrer: User;
let worker: User;
const words = sealedText();
/** Days from today, as the program has it. */
const days: Record<string, string> = {};
const OFFSETS = [-1, 0, 1, 27, 28, 92, 93, 366, 367];

beforeAll(async () => {
	program = await aProgram('requires', { timeZone: zoneAtNoon() });
	const first = await somebody(program, 'coordinator');
	[coordinator, coordinatorId] = [first.db, first.user.id];
	colleague = (await somebody(program, 'coordinator')).db;
	referrer = await aUser({ email: anAddress() });
	worker = await aMember(program, 'worker');
	for (const offset of OFFSETS) days[offset] = await day(program, offset);
});
afterAll(() => forgetPrograms(program));

const aCase = (state: State, given: Given = {}) =>
	aReferral(program, { state, worker, referrer_email: referrer.email, ...given });

/** That this is refused for this reason, changes nothing, and is written down once. */
async function expectRefused(referral: Referral, event: string, said: Said, why: string, db = coordinator) {
	const before = await rowOf(referral);
	const audited = (await eventsAbout(referral.id)).length;
	expect(await move(db, referral, event, said)).toEqual({ refused: why, state: before.state, version: before.version });
	expect(await rowOf(referral)).toEqual(before);
	expect(await timelineOf(referral)).toEqual([]);
	expect(await mailAbout(referral.reference)).toEqual([]);
	expect((await eventsAbout(referral.id)).slice(audited)).toMatchObject([
		{ event: 'referral.moved', outcome: 'refused', details: { event, why, state: before.state } }
	]);
}

/** `day:27` stands for the day that far from today, `words` for sealed words. */
const filled = (said: Record<string, string>): Said =>
	Object.fromEntries(
		Object.entries(said).map(([key, value]) => [
			key,
			value.startsWith('day:') ? days[value.slice(4)]! : value === 'words' ? words : value
		])
	);

type Case = [state: State, event: string, said: Record<string, string>, why: string];
const W = { words: 'words' };

test.each<Case>([
	['triage', 'ask', {}, 'words'],
	['ending', 'extend', {}, 'words'],
	['declined', 'reopen', {}, 'words'],
	['withdrawn', 'reopen', {}, 'words'],
	['ended_early', 'reopen', {}, 'words'],
	['active', 'ask_correction', {}, 'words'],
	['triage', 'decline', W, 'reason'],
	['triage', 'decline', { ...W, reason: 'goal_reached' }, 'reason'],
	['triage', 'decline', { ...W, reason: 'because' }, 'reason'],
	['triage', 'decline', { reason: 'no_worker_free' }, 'words'],
	['triage', 'redirect', W, 'reason'],
	['triage', 'redirect', { ...W, reason: 'no_worker_free' }, 'reason'],
	['triage', 'redirect', { reason: 'other_program' }, 'words'],
	['triage', 'waitlist', {}, 'next_word_on'],
	['triage', 'waitlist', { next_word_on: 'day:-1' }, 'past'],
	['triage', 'waitlist', { next_word_on: 'day:93' }, 'too_far'],
	['waitlisted', 'keep_waiting', {}, 'next_word_on'],
	['waitlisted', 'keep_waiting', { next_word_on: 'day:-1' }, 'past'],
	['waitlisted', 'keep_waiting', { next_word_on: 'day:93' }, 'too_far'],
	['triage', 'propose', {}, 'worker'],
	['waitlisted', 'propose', {}, 'worker'],
	['active', 'propose', {}, 'worker'],
	['paused', 'propose', {}, 'worker'],
	['matched', 'begin', {}, 'first_met_on'],
	['matched', 'begin', { first_met_on: 'day:1' }, 'too_far'],
	['active', 'begin_ending', { end_on: 'day:28' }, 'reason'],
	['active', 'begin_ending', { end_on: 'day:28', reason: 'moved_away' }, 'reason'],
	['active', 'begin_ending', { reason: 'goal_reached' }, 'end_on'],
	['active', 'begin_ending', { reason: 'goal_reached', end_on: 'day:-1' }, 'past'],
	['active', 'begin_ending', { reason: 'goal_reached', end_on: 'day:367', ...W }, 'too_far'],
	['active', 'begin_ending', { reason: 'goal_reached', end_on: 'day:27' }, 'words'],
	['active', 'end_early', {}, 'reason'],
	['paused', 'end_early', { reason: 'goal_reached' }, 'reason'],
	['ending', 'end_early', {}, 'reason'],
	['ending', 'complete', {}, 'steps_open'],
	['triage', 'confirm_correction', {}, 'not_asked'],
	['triage', 'drop_correction', {}, 'not_asked']
])('%s: %s with %o is refused: %s', async (state, event, said, why) => {
	await expectRefused(await aCase(state), event, filled(said), why);
});

test('an answer needs its words', async () => {
	await expectRefused(await aCase('info_needed'), 'answer', {}, 'words', asUser(referrer));
});

test.each<Case>([
	['triage', 'waitlist', { next_word_on: 'day:0' }, 'waitlisted'],
	['triage', 'waitlist', { next_word_on: 'day:92' }, 'waitlisted'],
	['matched', 'begin', { first_met_on: 'day:0' }, 'active'],
	['matched', 'begin', { first_met_on: 'day:-1' }, 'active'],
	['active', 'begin_ending', { reason: 'goal_reached', end_on: 'day:28' }, 'ending'],
	['active', 'begin_ending', { reason: 'worker_needed_elsewhere', end_on: 'day:0', ...W }, 'ending'],
	['active', 'begin_ending', { reason: 'goal_reached', end_on: 'day:366' }, 'ending']
])('%s: %s with %o is enough to be %s', async (state, event, said, reached) => {
	const referral = await aCase(state);
	expect(await move(coordinator, referral, event, filled(said))).toEqual({ ok: reached, version: 2 });
	const [named] = Object.entries(filled(said)).filter(([key]) => key.endsWith('_on'));
	const [line] = await sql`select day::text, reason from private.referral_events where referral_id = ${referral.id}`;
	expect(line).toEqual({ day: named![1], reason: said.reason ?? null });
});

describe('a version that is not the present one', () => {
	test.each([0, 2, 99])('is stale: %i', async (expected) => {
		const referral = await aCase('submitted');
		const answer = await move(coordinator, referral, 'acknowledge', {}, expected);
		expect(answer).toEqual({ refused: 'stale', state: 'submitted', version: 1 });
		expect(await eventsAbout(referral.id)).toMatchObject([{ outcome: 'refused', details: { why: 'stale' } }]);
	});

	test('nor is none', async () => {
		const referral = await aCase('submitted');
		const { data } = await coordinator.rpc('move_referral', {
			referral: referral.id,
			event: 'acknowledge',
			expected: null as unknown as number
		});
		expect(data).toMatchObject({ refused: 'stale' });
	});
});

test('a referral that is not there is not found, and nothing is written', async () => {
	const id = randomUUID();
	const { data } = await coordinator.rpc('move_referral', { referral: id, event: 'acknowledge', expected: 1 });
	expect(data).toEqual({ refused: 'not_found' });
	expect(await eventsAbout(id)).toEqual([]);
});

test('plain words are refused by the database, whatever the Worker does', async () => {
	const referral = await aCase('triage');
	await expect(move(coordinator, referral, 'ask', { words: 'When may we call?' })).rejects.toThrow('23514');
	expect(await rowOf(referral)).toMatchObject({ state: 'triage', version: 1 });
});

test('what an event does not ask for is not taken with it', async () => {
	const referral = await aCase('match_proposed', { cameFrom: 'waitlisted', next_word_on: days[27]! });
	await move(asUser(worker), referral, 'worker_no', {
		next_word_on: '2999-01-01',
		reason: 'anna_smith',
		end_on: '2999-01-01'
	});
	const { next_word_on, attention_on } = (
		await sql`select next_word_on::text, attention_on::text from public.referrals where id = ${referral.id}`
	)[0]!;
	expect([next_word_on, attention_on], 'a worker’s no is for a coordinator to see').toEqual([days[27], days[0]]);
	const [line] = await sql`select day, reason from private.referral_events where referral_id = ${referral.id}`;
	expect(line).toEqual({ day: null, reason: null });
	const [audited] = await eventsAbout(referral.id);
	expect(audited!.details).not.toHaveProperty('reason');
});

test('an answer is told apart from what was never asked, until the next step', async () => {
	const referral = await aCase('info_needed');
	await move(asUser(referrer), referral, 'answer', { words });
	expect(await rowOf(referral)).toMatchObject({ state: 'triage', is_answered: true });
	await move(coordinator, referral, 'ask_correction', { words });
	expect(await rowOf(referral)).toMatchObject({ is_answered: true });
	await move(coordinator, referral, 'waitlist', { next_word_on: days[27]! });
	expect(await rowOf(referral)).toMatchObject({ state: 'waitlisted', is_answered: false });
});

test('a correction that waits for its second person is due today, whatever else becomes of the referral', async () => {
	const isDue = async ({ id }: Referral) =>
		(await sql`select attention_on::text from public.referrals where id = ${id}`)[0]!.attention_on as string | null;
	for (const state of ['active', 'completed', 'waitlisted'] as const) {
		const referral = await aCase(state);
		await move(coordinator, referral, 'ask_correction', { words });
		expect(await isDue(referral), state).toBe(days[0]);
		if (state === 'waitlisted') await move(coordinator, referral, 'keep_waiting', { next_word_on: days[27]! });
		expect(await isDue(referral), state).toBe(days[0]);
		await move(colleague, referral, 'drop_correction');
		expect(await isDue(referral), state).toBe(state === 'waitlisted' ? days[27] : null);
	}
});

describe('opening again', () => {
	test.each<[State, string, string]>([
		['declined', '29 days 23:59', 'triage'],
		['declined', '30 days 00:01', 'too_late'],
		['withdrawn', '29 days 23:59', 'triage'],
		['withdrawn', '30 days 00:01', 'too_late'],
		['ended_early', '29 days 23:59', 'triage'],
		['ended_early', '30 days 00:01', 'too_late']
	])('%s, %s ago: %s', async (state, ago, result) => {
		const referral = await aCase(state, { referrer_email: null });
		await sql`update public.referrals set closed_at = now() - ${ago}::interval where id = ${referral.id}`;
		if (result === 'too_late') return expectRefused(referral, 'reopen', { words }, 'too_late');
		expect(await move(coordinator, referral, 'reopen', { words })).toEqual({ ok: 'triage', version: 2 });
		expect(await rowOf(referral)).toMatchObject({ closed_at: null, ends_on: null, attention_on: expect.any(Date) });
	});
});

describe('entered in error', () => {
	test('is asked by one coordinator and confirmed by another, and stays what it is meanwhile', async () => {
		const referral = await aCase('active');
		expect(await move(coordinator, referral, 'ask_correction', { words })).toEqual({ ok: 'active', version: 2 });
		expect(await rowOf(referral)).toMatchObject({ has_correction: true, closed_at: null });
		const pending = await sql`select asked_by from private.pending_corrections where referral_id = ${referral.id}`;
		expect([...pending]).toEqual([{ asked_by: coordinatorId }]);
		expect(await move(coordinator, referral, 'confirm_correction')).toEqual({
			refused: 'same_person',
			state: 'active',
			version: 2
		});
		expect(await move(colleague, referral, 'confirm_correction')).toEqual({ ok: 'entered_in_error', version: 3 });
		expect(await rowOf(referral)).toMatchObject({
			has_correction: false,
			closed_at: expect.any(Date),
			attention_on: null
		});
		expect(await sql`select from private.pending_corrections where referral_id = ${referral.id}`).toHaveLength(0);
		expect(
			await sql`select from private.referral_matches where referral_id = ${referral.id} and ended_at is null`
		).toHaveLength(0);
	});

	test('is dropped by whoever asked, or another', async () => {
		for (const db of [coordinator, colleague]) {
			const referral = await aCase('triage');
			await move(coordinator, referral, 'ask_correction', { words });
			expect(await move(db, referral, 'drop_correction')).toMatchObject({ ok: 'triage' });
			expect(await rowOf(referral)).toMatchObject({ has_correction: false, state: 'triage' });
			expect(await move(colleague, referral, 'confirm_correction')).toMatchObject({ refused: 'not_asked' });
		}
	});

	test('of something that was closed before keeps the day on which it was closed', async () => {
		const referral = await aCase('completed');
		const { closed_at } = await rowOf(referral);
		await move(coordinator, referral, 'ask_correction', { words });
		await move(colleague, referral, 'confirm_correction');
		expect(await rowOf(referral)).toMatchObject({ state: 'entered_in_error', closed_at });
	});
});
