/* What people in a training are told of each step: the right thing, once, by mail, or by a call where they have no address. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import {
	aCohort,
	anEnrolment,
	enrolment,
	forgetTrainings,
	moveEnrolment,
	people,
	signUp,
	type Cohort,
	type EnrolmentState
} from '../factories/training.ts';
import { ask, callsOf, mailsOf, toldOf } from '../factories/training-told.ts';
import { sealedText } from '../factories/referral.ts';
import { asAnonymous, asService, asUser, sql, type User } from '../support/database.ts';

let program: Program;
let coordinator: User;
let crowd: User[];

beforeAll(async () => {
	program = await aProgram('training-mail');
	coordinator = await aMember(program, 'coordinator');
	crowd = await people(8);
});
afterAll(() => forgetTrainings(program));

const desk = () => asUser(coordinator);
const expire = () => ask<number>(asService(), 'expire_offers');
const runOut = (id: string) =>
	sql`update public.enrolments set offered_until = now() - interval '1 second' where id = ${id}`;
const startOf = async ({ id }: Cohort) =>
	(await sql<{ at: string }[]>`select to_jsonb(private.first_class(${id}))#>>'{}' as at`)[0]!.at;

describe('signing up', () => {
	test.each([
		['a seat', {}, 'enrolled', 'training_seat'],
		['a place in line', { capacity: 1 }, 'waitlisted', 'training_line'],
		['an application', { kind: 'application' }, 'applied', 'training_applied']
	] as const)(
		'tells of %s once, with a link, the title and the times, and nothing of who',
		async (_, given, ok, kind) => {
			const cohort = await aCohort(program, given);
			if (ok === 'waitlisted') await anEnrolment(cohort, 'enrolled');
			const id = randomUUID();
			const person = crowd[0]!;
			const [answer] = await Promise.all([signUp(cohort, person, id), signUp(cohort, person, id)]);
			expect(answer).toMatchObject({ ok, id });
			const mails = await mailsOf(id);
			expect(mails).toEqual([
				{
					kind,
					to: person.email,
					data: {
						token: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
						title: 'Peer support training',
						time_zone: 'America/Vancouver',
						starts_at: await startOf(cohort)
					}
				}
			]);
			expect(JSON.stringify(mails[0]!.data)).not.toContain(person.id);
			const place = await ask(asAnonymous(), 'enrolment_by_link', { token: mails[0]!.data.token });
			expect(place).toMatchObject({ id, state: ok });
		}
	);
});

describe('a step', () => {
	const STEPS: [event: string, from: EnrolmentState, kind: string | null][] = [
		['offer', 'applied', 'training_offer'],
		['waitlist', 'applied', 'training_news'],
		['decline', 'applied', 'training_news'],
		['decline', 'waitlisted', 'training_news'],
		['reconsider', 'declined', null],
		['accept', 'offered', 'training_seat'],
		['withdraw', 'applied', 'training_left'],
		['withdraw', 'enrolled', 'training_left'],
		['complete', 'enrolled', 'training_completed'],
		['not_complete', 'enrolled', null],
		['not_complete', 'completed', null]
	];
	test.each(STEPS)('%s of %s tells %s', async (event, from, kind) => {
		const isOver = event.endsWith('complete');
		const cohort = await aCohort(program, {
			kind: 'application',
			...(isOver ? { state: 'running', classes: [-1, 6] } : {})
		});
		// No seat is free for who is put in line.
		if (event === 'waitlist') await sql`update public.cohorts set capacity = 0 where id = ${cohort.id}`;
		const [written, rung] = [await anEnrolment(cohort, from, { person: crowd[0]! }), await anEnrolment(cohort, from)];
		for (const id of [written, rung]) {
			expect(await moveEnrolment(coordinator, id, event)).toHaveProperty('ok');
			expect(await moveEnrolment(coordinator, id, event, 1), 'the same form again').toHaveProperty('refused');
		}
		expect(await toldOf(written)).toEqual({ mails: kind ? [kind] : [], calls: [] });
		// Who rings and leaves, or accepts, is told by whoever writes it down.
		const isOnPhone = ['accept', 'withdraw'].includes(event);
		expect(await toldOf(rung)).toEqual({ mails: [], calls: kind && !isOnPhone ? [kind] : [] });
		if (event === 'offer') {
			const { offered_until } = await enrolment(written);
			const [mail] = await mailsOf(written);
			expect(Date.parse(mail!.data.until as string)).toBe(offered_until!.getTime());
			expect((await callsOf(rung))[0]!.data).toEqual({ until: expect.any(String) as string });
		}
	});

	test('an offer that passes tells that one’s place is kept; a second that it is over', async () => {
		const cohort = await aCohort(program, { capacity: 1 });
		const [written, rung] = [
			await anEnrolment(cohort, 'offered', { person: crowd[0]! }),
			await anEnrolment(cohort, 'waitlisted')
		];
		for (const late of [written, rung, written, rung]) {
			await runOut(late);
			await expire();
			await expire();
		}
		const kinds = ['training_offer_passed', 'training_offer', 'training_offer_over'];
		expect(await toldOf(written)).toEqual({ mails: kinds, calls: [] });
		// Nobody is called about an offer that stands no more.
		expect(await toldOf(rung)).toEqual({ mails: [], calls: ['training_offer_passed', 'training_offer_over'] });
	});

	test('an offer that runs into the first class is over: there is no line to keep a place in', async () => {
		const cohort = await aCohort(program, { capacity: 1, state: 'closed', classes: [-0.01, 6] });
		const offered = await anEnrolment(cohort, 'offered', {
			person: crowd[0]!,
			offered_until: new Date(0).toISOString()
		});
		const waiting = await anEnrolment(cohort, 'waitlisted', { person: crowd[1]! });
		const run = [expire, () => ask<number>(asService(), 'advance_cohorts')];
		for (const each of [...run, ...run]) await each();
		expect((await toldOf(offered)).mails).toEqual(['training_offer_over']);
		expect((await toldOf(waiting)).mails).toEqual(['training_no_seat']);
		expect((await enrolment(offered)).state).toBe('expired');
	});
});

describe('calls', () => {
	test('somebody entered without an address has none, and somebody with one has a mail', async () => {
		const cohort = await aCohort(program);
		const enter = (id: string, address: string | null) =>
			ask(desk(), 'enter_enrolment', { cohort: cohort.id, enrolment: id, details: sealedText(), address });
		const [rung, wrote] = [randomUUID(), randomUUID()];
		expect(await enter(rung, null)).toEqual({ ok: 'enrolled', id: rung });
		expect(await enter(wrote, 'wrote@people.example')).toEqual({ ok: 'enrolled', id: wrote });
		expect([await toldOf(rung), await toldOf(wrote)]).toEqual([
			{ mails: [], calls: [] },
			{ mails: ['training_seat'], calls: [] }
		]);
	});

	test('are settled once, by the program’s coordinators alone, and it is written down', async () => {
		const cohort = await aCohort(program, { kind: 'application' });
		const id = await anEnrolment(cohort, 'applied');
		await moveEnrolment(coordinator, id, 'offer');
		const [call] = await callsOf(id);
		const settle = (user: User) => ask<boolean>(asUser(user), 'settle_call', { call: call!.id });
		for (const role of ['worker', 'supervisor', 'editor'] as const)
			expect(await settle(await aMember(program, role)), role).toBe(false);
		expect(await settle(crowd[0]!)).toBe(false);
		expect(await callsOf(id)).toHaveLength(1);
		expect([await settle(coordinator), await settle(coordinator)]).toEqual([true, true]);
		expect(await callsOf(id)).toEqual([]);
		const [row] = await sql`select told_by from private.enrolment_calls where id = ${call!.id}`;
		expect(row!.told_by).toBe(coordinator.id);
		const audited = await sql`select outcome from public.audit_events where subject_id = ${id}
			and event = 'enrolment.noted' order by id`;
		expect(audited.map(({ outcome }) => outcome as string)).toEqual([
			...Array<string>(4).fill('refused'),
			'done',
			'done'
		]);
	});
});

test('who still waits when it begins is told once, and whoever has a seat is not', async () => {
	const cohort = await aCohort(program, { capacity: 1, state: 'closed', classes: [-0.01, 6] });
	const states = ['applied', 'waitlisted', 'enrolled', 'declined', 'withdrawn'] as const;
	const ids = await Promise.all(states.map((state, n) => anEnrolment(cohort, state, { person: crowd[n]! })));
	const rung = await anEnrolment(cohort, 'waitlisted');
	await ask(asService(), 'advance_cohorts');
	await sql`update public.cohorts set state = 'closed' where id = ${cohort.id}`;
	await ask(asService(), 'advance_cohorts');
	const told = await Promise.all(ids.map(async (id) => (await toldOf(id)).mails));
	expect(told).toEqual([['training_no_seat'], ['training_no_seat'], [], [], []]);
	expect(await toldOf(rung)).toEqual({ mails: [], calls: ['training_no_seat'] });
});

test('a mail that came back shows on the roster, until it is sent', async () => {
	const cohort = await aCohort(program);
	const { id } = await signUp(cohort, crowd[0]!);
	await signUp(cohort, crowd[1]!);
	const failed = async () =>
		(await ask<{ id: string; mail_failed: boolean }[]>(desk(), 'roster', { cohort: cohort.id }))
			.filter(({ mail_failed }) => mail_failed)
			.map((line) => line.id);
	expect(await failed()).toEqual([]);
	await sql`update private.outbox set set_aside_at = now() where dedupe_key like ${`enrolment:${id!}:%`}`;
	expect(await failed()).toEqual([id]);
	await sql`update private.outbox set set_aside_at = null, sent_at = now() where dedupe_key like ${`enrolment:${id!}:%`}`;
	expect(await failed()).toEqual([]);
});
