/* Ending well: closing steps with their words, a call that is asked for, more time, completing, reminders while there is time left. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../src/lib/server/database.types.ts';
import { aMember, aProgram, asMember, type Program } from '../factories/program.ts';
import {
	aReferral,
	day,
	forgetPrograms,
	mailAbout,
	move,
	rowOf,
	sealedText,
	timelineOf,
	zoneAtNoon,
	type Referral
} from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import { aSupervisorOf, aSupport, auditedOf, readSupport, type Entry, type Support } from '../factories/support.ts';
import { asService, asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let lead: User;
let coordinator: Client;

beforeAll(async () => {
	program = await aProgram('ending', { timeZone: zoneAtNoon() });
	elsewhere = await aProgram('ending-elsewhere');
	lead = await aMember(program, 'coordinator');
	coordinator = asUser(lead);
});
afterAll(() => forgetPrograms(program, elsewhere));

const STEPS = ['look_back', 'proud_of', 'can_do_now', 'strengths', 'feelings', 'where_else', 'thanks', 'achievement'];
const WORDLESS = ['look_back', 'achievement'];

async function settle(
	db: Client,
	{ id: referral }: Referral,
	step: string,
	settled: string | null = 'done',
	given: Record<string, Json> = {}
) {
	const { data, error } = await db.rpc('settle_closing_step', { referral, step, settled: settled as string, given });
	if (error) throw new Error(`${error.code}: ${error.message}`);
	return data as { ok?: number; refused?: string; entry?: Entry };
}
const said = (given: Record<string, Json> = {}) => ({
	entry_id: randomUUID(),
	expected: 0,
	words: sealedText(),
	...given
});
/** Settles every step, over the words that are there by now. */
async function settleAll(db: Client, referral: Referral): Promise<void> {
	const { entries } = (await readSupport(db, referral))!;
	for (const step of STEPS) {
		const before = entries.find((entry) => entry.step === step);
		const given = said({ has_other: true, ...(before && { entry_id: before.id, expected: before.version }) });
		expect(await settle(db, referral, step, 'done', given), step).toHaveProperty('ok');
	}
}
async function anEnding(days = 28): Promise<Support> {
	const support = await aSupport(program, { coordinator_id: lead.id });
	const end_on = await day(program, days);
	const given = { reason: 'goal_reached', end_on, ...(days < 28 ? { words: sealedText() } : {}) };
	expect(await move(support.db, support.referral, 'begin_ending', given)).toMatchObject({ ok: 'ending' });
	return support;
}
const settledOf = async ({ db, referral }: Support) =>
	Object.fromEntries((await readSupport(db, referral))!.steps.map(({ step, settled }) => [step, settled]));
const attentionOf = async ({ id }: Referral) =>
	(await sql`select attention_on::text from public.referrals where id = ${id}`)[0]!.attention_on as string | null;

describe('closing steps', () => {
	test('are eight, and complete the support once each is done or set aside, by the worker or a coordinator', async () => {
		const { referral, worker, db } = await anEnding();
		expect(await attentionOf(referral), 'due on the day that was agreed on').toBe(await day(program, 28));
		for (const [n, step] of STEPS.entries()) {
			expect(await move(db, referral, 'complete')).toMatchObject({ refused: 'steps_open', state: 'ending' });
			const by = n % 2 ? coordinator : asUser(worker);
			expect(await settle(by, referral, step, n % 3 ? 'done' : 'set_aside', said({ has_other: true })), step).toEqual({
				ok: 1
			});
		}
		expect(await move(db, referral, 'complete')).toMatchObject({ ok: 'completed' });
		expect(await rowOf(referral)).toMatchObject({ attention_on: null, closed_at: expect.any(Date) });
		expect(await settle(coordinator, referral, 'thanks', 'done', said())).toEqual({ refused: 'not_possible' });
		const settled = (await eventsAbout(referral.id)).filter(({ event }) => event === 'referral.step_settled');
		expect(settled.map(({ outcome }) => outcome)).toEqual([...STEPS.map(() => 'done'), 'refused']);
	});

	test('take words, but for looking back and the achievement; set aside each takes a word', async () => {
		const support = await anEnding();
		for (const step of STEPS) {
			expect(await settle(support.db, support.referral, step, 'set_aside'), step).toEqual({ refused: 'words' });
			expect(await settle(support.db, support.referral, step), step).toEqual(
				WORDLESS.includes(step) ? { ok: 0 } : { refused: 'words' }
			);
		}
		expect(await settledOf(support)).toEqual(
			Object.fromEntries(STEPS.map((step) => [step, WORDLESS.includes(step) ? 'done' : null]))
		);
	});

	test('keep their words, sealed, where both may read and change them', async () => {
		const support = await anEnding();
		const first = said();
		expect(await settle(support.db, support.referral, 'proud_of', 'done', first)).toEqual({ ok: 1 });
		const next = said({ entry_id: first.entry_id, expected: 1 });
		expect(await settle(coordinator, support.referral, 'proud_of', 'done', next)).toEqual({ ok: 2 });
		expect(
			await settle(support.db, support.referral, 'proud_of', 'done', said({ ...first, expected: 1 }))
		).toMatchObject({
			refused: 'stale',
			entry: { id: first.entry_id, words: next.words, version: 2, is_mine: false }
		});
		expect(await settle(support.db, support.referral, 'proud_of', 'done', said()), 'begun by another').toMatchObject({
			refused: 'stale',
			entry: { id: first.entry_id }
		});
		await expect(settle(support.db, support.referral, 'thanks', 'done', said({ words: 'Thank you.' }))).rejects.toThrow(
			'23514'
		);
		expect((await readSupport(support.db, support.referral))!.entries).toMatchObject([
			{ kind: 'step', step: 'proud_of', words: next.words }
		]);
	});

	test('can be opened again, and keep what was said', async () => {
		const support = await anEnding();
		await settle(support.db, support.referral, 'thanks', 'done', said());
		expect(await settle(coordinator, support.referral, 'thanks', null)).toEqual({ ok: 0 });
		expect(await settledOf(support)).toMatchObject({ thanks: null });
		const [row] = await sql`select settled_at, settled_by from private.referral_closing_steps
			where referral_id = ${support.referral.id} and step = 'thanks'`;
		expect(row).toEqual({ settled_at: null, settled_by: null });
		expect((await readSupport(support.db, support.referral))!.entries).toHaveLength(1);
		await expect(settle(support.db, support.referral, 'thanks', 'perhaps')).rejects.toThrow('23514');
	});

	test('are settled by nobody else, and only where an ending has begun', async () => {
		const support = await anEnding();
		const strangers = [
			asUser(await aSupervisorOf(program, support.worker)),
			await asMember(program, 'worker'),
			await asMember(program, 'supervisor'),
			await asMember(elsewhere, 'admin')
		];
		for (const db of strangers)
			expect(await settle(db, support.referral, 'thanks', 'done', said())).toEqual({ refused: 'not_found' });
		expect(await settle(coordinator, support.referral, 'no_such_step', 'done', said())).toEqual({
			refused: 'not_possible'
		});
		const active = await aSupport(program);
		expect(await settle(coordinator, active.referral, 'thanks', 'done', said())).toEqual({ refused: 'not_possible' });
		expect(await readSupport(active.db, active.referral)).toMatchObject({ entries: [], steps: [] });
		expect(await auditedOf(active.worker)).toEqual(['support.read done']);
	});
});

describe('feelings', () => {
	test('may ask for a coordinator’s call, who is told, and it is due today until they have seen to it', async () => {
		const support = await anEnding();
		const { referral, db } = support;
		const today = await day(program, 0);
		expect(await settle(db, referral, 'feelings', 'done', said()), 'with nobody to turn to').toEqual({
			refused: 'words'
		});
		const given = said({ call: true });
		expect(await settle(db, referral, 'feelings', 'done', given)).toEqual({ ok: 1 });
		expect(await rowOf(referral)).toMatchObject({ asked_for: ['call'], state: 'ending' });
		expect(await attentionOf(referral)).toBe(today);
		expect(await mailAbout(referral.reference)).toEqual([`support_asked ${lead.email}`]);
		await settle(db, referral, 'feelings', 'done', said({ entry_id: given.entry_id, expected: 1, call: true }));
		expect(await mailAbout(referral.reference), 'asked again while it is due').toHaveLength(1);
		expect((await timelineOf(referral)).map(({ event }) => event)).toEqual(['begin_ending', 'ask_call']);
		await settleAll(db, referral);
		await move(db, referral, 'complete');
		expect(await rowOf(referral), 'also when all else has ended').toMatchObject({
			state: 'completed',
			asked_for: ['call']
		});
		expect(await attentionOf(referral)).toBe(today);
		expect(await move(coordinator, referral, 'settle_call', { words: sealedText() })).toMatchObject({
			ok: 'completed'
		});
		expect(await rowOf(referral)).toMatchObject({ asked_for: [], attention_on: null });
		expect(await move(coordinator, referral, 'settle_call')).toMatchObject({ refused: 'not_asked' });
	});

	test('once seen to, the day that was agreed on is due again', async () => {
		const { referral, db } = await anEnding(40);
		await settle(db, referral, 'feelings', 'done', said({ call: true }));
		await move(coordinator, referral, 'settle_call');
		expect(await attentionOf(referral)).toBe(await day(program, 40));
	});

	test('alone ask for it, no other step does', async () => {
		const { referral, db } = await anEnding();
		await settle(db, referral, 'thanks', 'done', said({ call: true }));
		expect(await rowOf(referral)).toMatchObject({ asked_for: [] });
	});
});

describe('more time', () => {
	test('makes it run on, and an ending begun again begins anew', async () => {
		const support = await anEnding();
		const { referral } = support;
		await settleAll(support.db, referral);
		await move(coordinator, referral, 'extend', { words: sealedText() });
		expect(await rowOf(referral)).toMatchObject({ state: 'active', ends_on: null, attention_on: null });
		expect((await readSupport(support.db, referral))!.steps).toEqual([]);
		await move(coordinator, referral, 'begin_ending', { reason: 'goal_reached', end_on: await day(program, 40) });
		expect(Object.values(await settledOf(support))).toEqual(STEPS.map(() => null));
		expect(await move(coordinator, referral, 'complete')).toMatchObject({ refused: 'steps_open' });
		expect((await readSupport(support.db, referral))!.entries, 'what was said is kept').toHaveLength(8);
	});

	test('after an end that came early, an ending begins anew, too', async () => {
		const support = await anEnding();
		const { referral } = support;
		await settleAll(support.db, referral);
		await move(coordinator, referral, 'end_early', { reason: 'moved_away' });
		await move(coordinator, referral, 'reopen', { words: sealedText() });
		expect(await rowOf(referral), 'and no end is agreed on').toMatchObject({ state: 'triage', ends_on: null });
		expect((await timelineOf(referral)).map(({ event }) => event)).toEqual(['begin_ending', 'end_early', 'reopen']);
		await sql`update public.referrals set state = 'active' where id = ${referral.id}`;
		await move(coordinator, referral, 'begin_ending', { reason: 'goal_reached', end_on: await day(program, 40) });
		expect(await move(coordinator, referral, 'complete')).toMatchObject({ refused: 'steps_open' });
	});
});

describe('reminders', () => {
	const remind = async () => (await asService().rpc('remind_endings')).data;
	const remindersOf = async ({ reference }: Referral) =>
		(
			await sql<{ to: string; data: { days: number } }[]>`select to_address as to, data from private.outbox
				where template = 'ending_near' and data->>'reference' = ${reference} order by created_at`
		).map(({ to, data }) => `${data.days} ${to}`);
	/** As if so many days had passed. */
	async function pass({ id, reference }: Referral, days: number): Promise<void> {
		await sql`update public.referrals set ends_on = ends_on - ${days}::integer where id = ${id}`;
		await sql`update private.ending_reminders set ends_on = ends_on - ${days}::integer where referral_id = ${id}`;
		await sql`update private.outbox set dedupe_key = gen_random_uuid()
			where template = 'ending_near' and data->>'reference' = ${reference}`;
	}
	beforeEach(() => remind());

	test('come to whoever supports, 28, 14 and 7 days before, each once', async () => {
		const { referral, worker } = await anEnding(30);
		const told = (...days: number[]) => days.map((left) => `${left} ${worker.email}`);
		const nights: [passed: number, number[]][] = [
			[0, []],
			[1, []],
			[1, [28]],
			[1, [28]],
			[12, [28]],
			[1, [28, 14]],
			[6, [28, 14]],
			[1, [28, 14, 7]],
			[6, [28, 14, 7]],
			[1, [28, 14, 7]],
			[1, [28, 14, 7]]
		];
		for (const [passed, days] of nights) {
			await pass(referral, passed);
			await remind();
			await remind();
			expect(await remindersOf(referral), `${passed}`).toEqual(told(...days));
		}
	});

	test('of an ending that is shorter leave out what is longer, and say how many days there are', async () => {
		const [ten, five, none] = [await anEnding(10), await anEnding(5), await anEnding(0)];
		expect(await remind()).toBe(3);
		expect(await remindersOf(ten.referral)).toEqual([`10 ${ten.worker.email}`]);
		expect(await remindersOf(five.referral)).toEqual([`5 ${five.worker.email}`]);
		expect(await remindersOf(none.referral)).toEqual([`0 ${none.worker.email}`]);
		await pass(ten.referral, 3);
		await pass(five.referral, 3);
		expect(await remind()).toBe(1);
		expect(await remindersOf(ten.referral)).toEqual([10, 7].map((left) => `${left} ${ten.worker.email}`));
		expect(await remindersOf(five.referral)).toHaveLength(1);
	});

	test('stop with the ending, and begin again with another day', async () => {
		const { referral, worker } = await anEnding(28);
		expect(await remind()).toBe(1);
		await move(coordinator, referral, 'extend', { words: sealedText() });
		expect(await remind()).toBe(0);
		await move(coordinator, referral, 'begin_ending', {
			reason: 'goal_reached',
			end_on: await day(program, 27),
			words: sealedText()
		});
		expect(await remind()).toBe(1);
		expect(await remindersOf(referral)).toEqual([28, 27].map((left) => `${left} ${worker.email}`));
		const over = await aReferral(program, { state: 'completed', ends_on: await day(program, 7) });
		expect(await remind()).toBe(0);
		expect(await remindersOf(over)).toEqual([]);
	});
});
