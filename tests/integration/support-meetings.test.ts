/* Meetings of a worker and a peer: planned, moved, begun, ended; and one that nobody ends is looked for. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { aReferral, forgetPrograms, mailAbout, move, zoneAtNoon } from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import {
	aMeeting,
	aSupport,
	auditedOf,
	mark,
	minutesOn,
	plan,
	readSupport,
	type Support
} from '../factories/support.ts';
import { asService, asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let lead: User;
let coordinator: Client;

beforeAll(async () => {
	program = await aProgram('meetings', { timeZone: zoneAtNoon() });
	lead = await aMember(program, 'coordinator');
	coordinator = asUser(lead);
});
afterAll(() => forgetPrograms(program));

const meetingsOf = async ({ db, referral }: Support) => (await readSupport(db, referral))!.meetings;
const DAY = 24 * 60;

describe('planning', () => {
	test('is the worker’s, with its place sealed, and is moved over the version that was read', async () => {
		const support = await aSupport(program);
		const meeting = await plan(support.db, support.referral, { start: 60 });
		expect(meeting).toMatchObject({ ok: 1 });
		expect(await plan(support.db, support.referral, { start: 180, id: meeting.id, expected: 1 })).toMatchObject({
			ok: 2
		});
		expect(await plan(support.db, support.referral, { start: 60, id: meeting.id, expected: 1 })).toMatchObject({
			refused: 'stale'
		});
		expect(await plan(support.db, support.referral, { start: 60, expected: 1 }), 'of one that never was').toMatchObject(
			{
				refused: 'stale'
			}
		);
		const [kept] = await meetingsOf(support);
		expect(kept).toEqual({
			id: meeting.id,
			worker_id: support.worker.id,
			version: 2,
			starts_at: expect.any(String),
			ends_at: expect.any(String),
			place: expect.stringMatching(/^s1\./),
			...{ checked_in_at: null, checked_out_at: null, cancelled_at: null }
		});
		expect((await eventsAbout(support.referral.id)).slice(0, 4)).toMatchObject([
			{ event: 'support.meeting_planned', outcome: 'done' },
			{ outcome: 'done' },
			{ outcome: 'refused', details: { why: 'stale' } },
			{ outcome: 'refused', details: { why: 'stale' } }
		]);
	});

	test('sent twice is one meeting, and what it says the second time counts', async () => {
		const support = await aSupport(program);
		const { id } = await plan(support.db, support.referral, { start: 60 });
		expect(await plan(support.db, support.referral, { start: 180, id })).toMatchObject({ ok: 1 });
		const [kept, ...others] = (await meetingsOf(support)) as unknown as { starts_at: string }[];
		expect(others).toEqual([]);
		expect(Date.parse(kept!.starts_at)).toBeGreaterThan(Date.now() + 170 * 60_000);
	});

	test.each<[string, { start?: number; length?: number }, string | undefined]>([
		['sixteen minutes ago', { start: -16 }, 'past'],
		['fourteen minutes ago, as they just meet', { start: -14 }, undefined],
		['in 92 days', { start: 92 * DAY - 1 }, undefined],
		['in more', { start: 92 * DAY + 1 }, 'too_far'],
		['that ends as it begins', { length: 0 }, 'too_long'],
		['that ends before', { length: -30 }, 'too_long'],
		['of twelve hours', { length: 12 * 60 }, undefined],
		['of more', { length: 12 * 60 + 1 }, 'too_long']
	])('of one %s', async (_when, given, refused) => {
		const support = await aSupport(program);
		expect(await plan(support.db, support.referral, given)).toMatchObject(refused ? { refused } : { ok: 1 });
		expect(await meetingsOf(support)).toHaveLength(refused ? 0 : 1);
	});

	test('keeps a worker from two meetings at once, with whomever; one after the other is none', async () => {
		const worker = await aMember(program, 'worker');
		const [one, two] = [await aSupport(program, { worker }), await aSupport(program, { worker })];
		const first = await plan(one.db, one.referral, { start: 100, length: 60 });
		for (const start of [41, 130, 159]) {
			expect(await plan(two.db, two.referral, { start, length: 60 })).toMatchObject({ refused: 'overlap' });
		}
		expect(await plan(two.db, two.referral, { start: 30, length: 60 })).toMatchObject({ ok: 1 });
		expect(await plan(two.db, two.referral, { start: 161, length: 60 })).toMatchObject({ ok: 1 });
		await mark(one.db, first.id, 'cancel');
		expect(await plan(two.db, two.referral, { start: 95, length: 60 }), 'what is off is in nobody’s way').toMatchObject(
			{
				ok: 1
			}
		);
		const other = await aSupport(program);
		expect(await plan(other.db, other.referral, { start: 100 }), 'nor another’s').toMatchObject({ ok: 1 });
	});

	test('is nobody’s but the worker’s: no colleague’s, no coordinator’s, nor of another support', async () => {
		const [support, other] = [await aSupport(program), await aSupport(program)];
		const { id } = await plan(support.db, support.referral, { start: 60 });
		expect(await plan(other.db, support.referral, { start: 200 })).toMatchObject({ refused: 'not_found' });
		expect(await plan(coordinator, support.referral, { start: 200 })).toMatchObject({ refused: 'not_found' });
		expect(await plan(other.db, other.referral, { start: 200, id, expected: 1 })).toMatchObject({
			refused: 'not_found'
		});
		expect(await auditedOf(other.worker)).toEqual(Array(2).fill('support.meeting_planned refused'));
	});

	test('begins once both have said yes, for the first meeting, and is over with the support', async () => {
		const worker = await aMember(program, 'worker');
		const proposed = await aReferral(program, { state: 'match_proposed', worker });
		expect(await plan(asUser(worker), proposed)).toMatchObject({ refused: 'not_found' });
		const matched = await aReferral(program, { state: 'matched', worker });
		expect(await plan(asUser(worker), matched)).toMatchObject({ ok: 1 });
		await move(asUser(worker), matched, 'worker_no');
		const [row] = await sql`select cancelled_at from private.support_meetings where referral_id = ${matched.id}`;
		expect(row, 'and is off when one thinks better of it').toEqual({ cancelled_at: expect.any(Date) });
		expect(await plan(asUser(worker), matched, { start: 300 })).toMatchObject({ refused: 'not_found' });
	});

	test('of two that overlap at the same moment: one wins', async () => {
		for (let run = 0; run < 10; run++) {
			const worker = await aMember(program, 'worker');
			const [one, two] = [await aSupport(program, { worker }), await aSupport(program, { worker })];
			const answers = await Promise.all([
				plan(one.db, one.referral, { start: 100 }),
				plan(two.db, two.referral, { start: 130 })
			]);
			expect(answers.map(({ ok, refused }) => ok ?? refused).toSorted()).toEqual([1, 'overlap']);
		}
	});
});

describe('a meeting', () => {
	const rowOf = async (id: string) =>
		(
			await sql`select checked_in_at is not null as is_in, checked_out_at is not null as is_out, cancelled_at is not null as is_off
			from private.support_meetings where id = ${id}`
		)[0];

	test('begins, and ends; said twice, it is said once', async () => {
		const support = await aSupport(program);
		const { id } = await plan(support.db, support.referral, { start: 10 });
		expect(await mark(support.db, id, 'out'), 'which has not begun').toEqual({ refused: 'not_possible' });
		for (const what of ['in', 'in', 'out', 'out']) expect(await mark(support.db, id, what)).toHaveProperty('ok');
		expect(await rowOf(id)).toEqual({ is_in: true, is_out: true, is_off: false });
		const [first] = await sql`select checked_in_at from private.support_meetings where id = ${id}`;
		for (const what of ['in', 'cancel', 'dance', ''])
			expect(await mark(support.db, id, what), what).toEqual({ refused: 'not_possible' });
		expect((await sql`select checked_in_at from private.support_meetings where id = ${id}`)[0]).toEqual(first);
		expect(await plan(support.db, support.referral, { id, start: 20, expected: 5 })).toMatchObject({
			refused: 'not_possible'
		});
	});

	test('begins an hour early at most', async () => {
		const support = await aSupport(program);
		const [soon, later] = [
			await aMeeting(support.referral, support.worker, { start: 59 }),
			await aMeeting(support.referral, support.worker, { start: 61 + 60 })
		];
		expect(await mark(support.db, soon, 'in')).toHaveProperty('ok');
		expect(await mark(support.db, later, 'in')).toEqual({ refused: 'too_early' });
	});

	test('is off, and then neither begins nor moves', async () => {
		const support = await aSupport(program);
		const { id } = await plan(support.db, support.referral, { start: 10 });
		for (let twice = 0; twice < 2; twice++) expect(await mark(support.db, id, 'cancel')).toHaveProperty('ok');
		expect(await rowOf(id)).toEqual({ is_in: false, is_out: false, is_off: true });
		expect(await mark(support.db, id, 'in')).toEqual({ refused: 'not_possible' });
		const { version } = (await meetingsOf(support))[0] as unknown as { version: number };
		expect(await plan(support.db, support.referral, { id, start: 20, expected: version })).toMatchObject({
			refused: 'not_possible'
		});
	});

	test('a coordinator says out or off for a worker, never in', async () => {
		const support = await aSupport(program);
		const begun = await aMeeting(support.referral, support.worker, { start: -30, checkedIn: true });
		const planned = await aMeeting(support.referral, support.worker, { start: 30 });
		expect(await mark(coordinator, planned, 'in')).toEqual({ refused: 'not_found' });
		expect(await mark(coordinator, begun, 'out')).toHaveProperty('ok');
		expect(await mark(coordinator, planned, 'cancel')).toHaveProperty('ok');
		expect(await rowOf(begun)).toMatchObject({ is_out: true });
	});

	test('that is under way is ended by its worker even when the support has ended meanwhile', async () => {
		const support = await aSupport(program);
		const begun = await aMeeting(support.referral, support.worker, { start: -30, checkedIn: true });
		await move(coordinator, support.referral, 'end_early', { reason: 'other' });
		expect(await mark(support.db, begun, 'out')).toHaveProperty('ok');
	});

	test.each([
		['that ends before it begins', { starts_at: minutesOn(60), ends_at: minutesOn(30) }],
		['of a day', { starts_at: minutesOn(0), ends_at: minutesOn(DAY) }],
		['that is out and never was in', { checked_out_at: minutesOn(0) }],
		['at a place in plain words', { place: 'The library' }]
	])('is none %s, whatever writes it', async (_what, wrong) => {
		const { referral, worker } = await aSupport(program);
		const id = await aMeeting(referral, worker);
		await expect(sql`update private.support_meetings set ${sql(wrong)} where id = ${id}`).rejects.toMatchObject({
			code: '23514'
		});
	});
});

test('coordinators are told once of a meeting that nobody has ended, half an hour after it should have', async () => {
	const tell = async () => (await asService().rpc('tell_late_meetings')).data;
	await sql`update private.support_meetings set told_at = now() where told_at is null`;
	const support = await aSupport(program, { coordinator_id: lead.id });
	const { referral, worker } = support;
	const late = await aMeeting(referral, worker, { start: -91, checkedIn: true });
	await aMeeting(referral, worker, { start: -89, checkedIn: true });
	await aMeeting(referral, worker, { start: -200 });
	const ended = await aMeeting(referral, worker, { start: -300, checkedIn: true });
	await mark(support.db, ended, 'out');
	expect(await tell()).toBe(1);
	expect(await mailAbout(referral.reference)).toEqual([`meeting_late ${lead.email}`]);
	const [message] = await sql`select data from private.outbox where data->>'reference' = ${referral.reference}`;
	expect(message, 'the reference alone').toEqual({ data: { reference: referral.reference } });
	expect((await eventsAbout(referral.id)).at(-1)).toMatchObject({ event: 'support.meeting_late', actor_id: null });
	expect(await tell()).toBe(0);
	expect(await mark(coordinator, late, 'out')).toHaveProperty('ok');
	const two = await aSupport(program);
	await aMeeting(two.referral, two.worker, { start: -91, checkedIn: true });
	expect((await Promise.all([tell(), tell(), tell()])).toSorted(), 'by three at once').toEqual([0, 0, 1]);
	expect(await mark(two.db, randomUUID(), 'out')).toEqual({ refused: 'not_found' });
});
