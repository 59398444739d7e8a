/* Somebody who rings or writes is put into a training by staff, once, as they would have been themselves. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program, type Role } from '../factories/program.ts';
import { sealedText } from '../factories/referral.ts';
import { eventsOf } from '../factories/staff.ts';
import {
	aCohort,
	anEnrolment,
	enrolmentsOf,
	forgetTrainings,
	people,
	signUp,
	tally,
	type Cohort
} from '../factories/training.ts';
import type { Answer } from '../factories/training.ts';
import { ask, mailsOf } from '../factories/training-told.ts';
import { asAnonymous, asUser, sql, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let coordinator: User;

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('entry'), await aProgram('entry-elsewhere')];
	coordinator = await aMember(program, 'coordinator');
});
afterAll(() => forgetTrainings(program, elsewhere));

const enter = (cohort: Cohort, address: string | null, id: string = randomUUID(), by = coordinator) =>
	ask<Answer>(asUser(by), 'enter_enrolment', { cohort: cohort.id, enrolment: id, details: sealedText(), address });

describe('who may', () => {
	test.each<Role>(['worker', 'supervisor', 'editor'])('not a %s', async (role) => {
		const cohort = await aCohort(program);
		expect(await enter(cohort, null, randomUUID(), await aMember(program, role))).toEqual({ refused: 'not_allowed' });
		expect(await enrolmentsOf(cohort)).toEqual([]);
	});

	test('not the staff of another program, nor who has left, nor a visitor; an admin may', async () => {
		const cohort = await aCohort(program);
		for (const by of [await aMember(elsewhere, 'admin'), await aMember.deactivated(program, 'coordinator')])
			expect(await enter(cohort, null, randomUUID(), by)).toEqual({ refused: 'not_allowed' });
		const given = { cohort: cohort.id, enrolment: randomUUID(), details: sealedText(), address: '' };
		expect((await asAnonymous().rpc('enter_enrolment', given)).error?.code).toBe('42501');
		expect(await enter({ id: randomUUID(), program }, null)).toEqual({ refused: 'not_allowed' });
		expect(await enter(cohort, null, randomUUID(), await aMember(program, 'admin'))).toMatchObject({ ok: 'enrolled' });
	});
});

test('they get a seat or the end of the line like everybody, and an application is read', async () => {
	const cohort = await aCohort(program, { capacity: 1 });
	expect(await enter(cohort, null)).toMatchObject({ ok: 'enrolled' });
	expect(await enter(cohort, null)).toMatchObject({ ok: 'waitlisted' });
	expect(await enter(await aCohort(program, { kind: 'application' }), null)).toMatchObject({ ok: 'applied' });
});

test('a form sent ten times makes one, whether they have an address or not', async () => {
	const cohort = await aCohort(program);
	for (const address of [null, 'sam@people.example']) {
		const id = randomUUID();
		const answers = await Promise.all(Array.from({ length: 10 }, () => enter(cohort, address, id)));
		expect(answers.filter(({ again }) => !again)).toEqual([{ ok: 'enrolled', id }]);
	}
	expect(await tally(cohort)).toEqual({ enrolled: 2 });
	const [, { id }] = (await enrolmentsOf(cohort)) as [unknown, { id: string }];
	expect(await enter(cohort, '  SAM@People.example ')).toEqual({ ok: 'enrolled', id, again: true });
	expect(await mailsOf(id)).toHaveLength(1);
});

test('who has an account has theirs at once; who has none, when they prove the address', async () => {
	const cohort = await aCohort(program);
	const [known] = await people(1);
	const { id } = await enter(cohort, known!.email);
	expect((await sql`select person_id from public.enrolments where id = ${id!}`)[0]).toEqual({ person_id: known!.id });
	const later = `${randomUUID()}@people.example`;
	const entered = await enter(cohort, later);
	const [row] = await sql`select person_id, email from public.enrolments where id = ${entered.id!}`;
	expect(row).toEqual({ person_id: null, email: later });
});

test('who signed up under another address that they had is found', async () => {
	const cohort = await aCohort(program);
	const [person] = await people(1);
	const id = await anEnrolment(cohort, 'enrolled', { person: person! });
	await sql`update public.enrolments set email = 'before@people.example' where id = ${id}`;
	expect(await enter(cohort, person!.email)).toEqual({ ok: 'enrolled', id, again: true });
	expect(await tally(cohort)).toEqual({ enrolled: 1 });
});

test('who left, or was told no, comes back under the id they had', async () => {
	const cohort = await aCohort(program);
	for (const state of ['withdrawn', 'declined', 'expired'] as const) {
		const [person] = await people(1);
		const id = await anEnrolment(cohort, state, { person: person! });
		expect(await enter(cohort, person!.email), state).toEqual({ use: id });
		expect(await enter(cohort, person!.email, id), state).toEqual({ ok: 'enrolled', id });
	}
});

test('after signing up has closed staff may still; else the reasons are those of everybody', async () => {
	const refusals = [
		[{ state: 'draft' }, 'not_open'],
		[{ state: 'announced' }, 'not_open'],
		[{ state: 'running' }, 'begun'],
		[{ classes: [-1, 6] }, 'begun'],
		[{ state: 'cancelled' }, 'cancelled']
	] as const;
	for (const [given, refused] of refusals) {
		const cohort = await aCohort(program, { ...given, classes: 'classes' in given ? [...given.classes] : undefined });
		expect(await enter(cohort, null), refused).toEqual({ refused });
		expect(await enrolmentsOf(cohort)).toEqual([]);
	}
	const past = new Date(Date.now() - 60_000).toISOString();
	for (const given of [{ state: 'closed' }, { closes_at: past }] as const)
		expect(await enter(await aCohort(program, given), null)).toMatchObject({ ok: 'enrolled' });
	expect(await enter(await aCohort(program, { capacity: 0 }), null)).toMatchObject({ ok: 'waitlisted' });
});

test('an id that is another’s is refused; what is not sealed, or no address, is not kept', async () => {
	const [one, other] = [await aCohort(program), await aCohort(program)];
	const [person] = await people(1);
	const { id } = await signUp(one, person!);
	expect(await enter(other, null, id!)).toEqual({ refused: 'unknown' });
	const given = { cohort: other.id, enrolment: randomUUID(), details: '{"name":"Sam"}', address: '' };
	expect((await asUser(coordinator).rpc('enter_enrolment', given)).error?.code).toBe('23514');
	const short = { ...given, details: sealedText(), address: 'a' };
	expect((await asUser(coordinator).rpc('enter_enrolment', short)).error?.code).toBe('23514');
	expect([await tally(one), await tally(other)]).toEqual([{ enrolled: 1 }, {}]);
});

test('it is written down, done and refused', async () => {
	const own = await aProgram('entry-audit');
	const by = await aMember(own, 'coordinator');
	const [cohort, closed] = [await aCohort(own), await aCohort(own, { state: 'running' })];
	const { id } = await enter(cohort, null, randomUUID(), by);
	await enter(closed, null, randomUUID(), by);
	await enter(cohort, null, randomUUID(), coordinator);
	const audited = (await eventsOf(own, 'enrolment.entered')).map((event) => [
		...[event.outcome, event.actor_id, event.subject_id, event.details]
	]);
	expect(audited).toEqual([
		['done', by.id, id, {}],
		['refused', by.id, null, { why: 'begun' }],
		['refused', coordinator.id, cohort.id, { why: 'not_allowed' }]
	]);
	await forgetTrainings(own);
});
