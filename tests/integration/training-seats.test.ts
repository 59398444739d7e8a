/* Seats: never one too many, whoever comes at once; the order of the line; offers that run out. On the real database. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { sealedText } from '../factories/referral.ts';
import {
	aCohort,
	anEnrolment,
	enrolment,
	enrolmentsOf,
	forgetTrainings,
	moveEnrolment,
	people,
	signUp,
	tally,
	type Cohort
} from '../factories/training.ts';
import { asService, asUser, sql, type User } from '../support/database.ts';

const RUNS = Array.from({ length: 20 }, (_, run) => run);

let program: Program;
let crowd: User[];
let coordinator: User;

beforeAll(async () => {
	program = await aProgram('seats');
	crowd = await people(500);
	coordinator = await aMember(program, 'coordinator');
});
afterAll(async () => {
	await sql`drop function if exists private.sign_up_unlocked`;
	await forgetTrainings(program);
});

const states = async (cohort: Cohort) => (await enrolmentsOf(cohort)).map(({ state }) => state);
const expire = async () => {
	const { data, error } = await asService().rpc('expire_offers');
	expect(error).toBeNull();
	return data;
};
const runOut = (id: string) =>
	sql`update public.enrolments set offered_until = now() - interval '1 second' where id = ${id}`;

describe('at once', () => {
	test.each(RUNS)('of fifty for one seat one has it, and the others are in line (%i)', async () => {
		const cohort = await aCohort(program, { capacity: 1 });
		const answers = await Promise.all(crowd.slice(0, 50).map((person) => signUp(cohort, person)));
		expect(answers.filter(({ ok }) => ok === 'enrolled')).toHaveLength(1);
		expect(answers.filter(({ ok }) => ok === 'waitlisted')).toHaveLength(49);
		// Whoever came first has the seat; nobody has another's place in line.
		const line = await enrolmentsOf(cohort);
		expect(line.map(({ state }) => state)).toEqual(['enrolled', ...Array<string>(49).fill('waitlisted')]);
		expect(new Set(line.map(({ line_number }) => line_number)).size).toBe(50);
	});

	/** Ten people who sign up in transactions that overlap, by a function of this name. */
	async function overlapping(name: string): Promise<Partial<Record<string, number>>> {
		const cohort = await aCohort(program, { capacity: 1 });
		const one = async (person: User) =>
			sql.begin(async (tx) => {
				await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: person.id })}, true),
					set_config('request.jwt.claim.sub', ${person.id}, true)`;
				await tx`select ${sql.unsafe(name)}(${cohort.id}, ${randomUUID()}, ${sealedText()})`;
				await tx`select pg_sleep(0.03)`;
			});
		await Promise.all(crowd.slice(0, 10).map(one));
		return tally(cohort);
	}

	test('and with the lock taken out the same people oversell it', async () => {
		const [row] = await sql<{ code: string }[]>`select pg_get_functiondef('public.sign_up'::regproc) as code`;
		const lock = / for update;/;
		expect(row!.code).toMatch(lock);
		const unlocked = row!.code
			.replace(lock, ';')
			.replace('FUNCTION public.sign_up(', 'FUNCTION private.sign_up_unlocked(');
		await sql.unsafe(unlocked.replaceAll('sign_up.details', 'sign_up_unlocked.details'));
		expect(await overlapping('public.sign_up')).toEqual({ enrolled: 1, waitlisted: 9 });
		expect((await overlapping('private.sign_up_unlocked')).enrolled).toBeGreaterThan(1);
	});

	test('five hundred for thirty seats end with exactly thirty', async () => {
		const cohort = await aCohort(program, { capacity: 30 });
		await Promise.all(crowd.map((person) => signUp(cohort, person)));
		expect(await tally(cohort)).toEqual({ enrolled: 30, waitlisted: 470 });
		expect((await states(cohort)).slice(0, 30)).toEqual(Array<string>(30).fill('enrolled'));
	});

	test('a form sent ten times makes one', async () => {
		const cohort = await aCohort(program, { capacity: 5 });
		const id = randomUUID();
		const same = await Promise.all(Array.from({ length: 5 }, () => signUp(cohort, crowd[0]!, id)));
		const others = await Promise.all(Array.from({ length: 5 }, () => signUp(cohort, crowd[0]!)));
		expect(same.every((answer) => answer.ok === 'enrolled' && answer.id === id)).toBe(true);
		expect(others).toEqual(Array(5).fill({ ok: 'enrolled', id, again: true }));
		expect(await tally(cohort)).toEqual({ enrolled: 1 });
	});

	test.each(RUNS.slice(0, 5))('ten who let offers run out offer each seat once (%i)', async () => {
		const cohort = await aCohort(program, { capacity: 3 });
		const late = await Promise.all(crowd.slice(0, 3).map((person) => anEnrolment(cohort, 'offered', { person })));
		for (const person of crowd.slice(3, 13)) await anEnrolment(cohort, 'waitlisted', { person });
		for (const id of late) await runOut(id);
		const expired = await Promise.all(Array.from({ length: 10 }, expire));
		expect(expired.reduce((sum: number, each) => sum + (each ?? 0), 0)).toBe(3);
		expect(await states(cohort)).toEqual([
			...Array<string>(3).fill('waitlisted'),
			...Array<string>(3).fill('offered'),
			...Array<string>(7).fill('waitlisted')
		]);
	});

	test.each(RUNS)('an answer and the end of an offer have one winner (%i)', async () => {
		const cohort = await aCohort(program, { capacity: 1 });
		const [first, second] = [crowd[0]!, crowd[1]!];
		const id = await anEnrolment(cohort, 'offered', { person: first });
		const next = await anEnrolment(cohort, 'waitlisted', { person: second });
		await sql`update public.enrolments set offered_until = clock_timestamp() + interval '8 milliseconds' where id = ${id}`;
		const [answer] = await Promise.all([moveEnrolment(first, id, 'accept', 1), expire()]);
		await expire();
		const after = [(await enrolment(id)).state, (await enrolment(next)).state];
		expect(after).toEqual(answer.ok ? ['enrolled', 'waitlisted'] : ['waitlisted', 'offered']);
		if (!answer.ok) expect(['too_late', 'stale', 'not_possible']).toContain(answer.refused);
	});
});

describe('the line', () => {
	test('a seat given back is offered to the first in line at once, for five days', async () => {
		const cohort = await aCohort(program, { capacity: 1 });
		for (const person of crowd.slice(0, 3)) await signUp(cohort, person);
		const [seated, next] = await enrolmentsOf(cohort);
		expect(await moveEnrolment(crowd[0]!, seated!.id, 'withdraw')).toMatchObject({ ok: 'withdrawn' });
		expect(await states(cohort)).toEqual(['withdrawn', 'offered', 'waitlisted']);
		const { offered_until } = await enrolment(next!.id);
		expect((offered_until!.getTime() - Date.now()) / 86_400_000).toBeCloseTo(5, 2);
		expect(await moveEnrolment(crowd[1]!, next!.id, 'accept')).toMatchObject({ ok: 'enrolled' });
		// What is offered is nobody else's: who comes now is behind who waits.
		expect(await signUp(cohort, crowd[3]!)).toMatchObject({ ok: 'waitlisted' });
	});

	test('an offer stands for as long as the cohort says, and less where the first class is near', async () => {
		for (const [classes, offer_days, days] of [
			[[4, 9], 5, 3],
			[[1, 9], 5, 0.5],
			[[40], 9, 9]
		] as const) {
			const cohort = await aCohort(program, { capacity: 1, offer_days, classes: [...classes] });
			for (const person of crowd.slice(0, 2)) await signUp(cohort, person);
			const [seated, next] = await enrolmentsOf(cohort);
			await moveEnrolment(crowd[0]!, seated!.id, 'withdraw');
			const { offered_until } = await enrolment(next!.id);
			expect((offered_until!.getTime() - Date.now()) / 86_400_000).toBeCloseTo(days, 2);
		}
	});

	test('a first missed offer keeps one’s place, a second ends the asking', async () => {
		const cohort = await aCohort(program, { capacity: 1 });
		for (const person of crowd.slice(0, 3)) await signUp(cohort, person);
		const [seated, first, second] = await enrolmentsOf(cohort);
		await moveEnrolment(crowd[0]!, seated!.id, 'withdraw');
		await runOut(first!.id);
		expect(await expire()).toBe(1);
		expect(await states(cohort)).toEqual(['withdrawn', 'waitlisted', 'offered']);
		expect(await enrolment(first!.id)).toMatchObject({ missed_offers: 1, line_number: first!.line_number });
		// The next seat is theirs again.
		await moveEnrolment(crowd[2]!, second!.id, 'withdraw');
		expect((await enrolment(first!.id)).state).toBe('offered');
		await runOut(first!.id);
		await expire();
		expect((await enrolment(first!.id)).state).toBe('expired');
	});

	test('who alone is in line is asked again', async () => {
		const cohort = await aCohort(program, { capacity: 1 });
		const id = await anEnrolment(cohort, 'offered', { person: crowd[0]! });
		await runOut(id);
		await expire();
		expect(await enrolment(id)).toMatchObject({ state: 'offered', missed_offers: 1 });
	});

	test('an answer that comes too late says so, and the seat is the next one’s', async () => {
		const cohort = await aCohort(program, { capacity: 1 });
		const id = await anEnrolment(cohort, 'offered', { person: crowd[0]! });
		const next = await anEnrolment(cohort, 'waitlisted', { person: crowd[1]! });
		await runOut(id);
		expect(await moveEnrolment(crowd[0]!, id, 'accept')).toMatchObject({ refused: 'too_late', state: 'waitlisted' });
		expect((await enrolment(next)).state).toBe('offered');
	});

	test('one leaves over an offer that has just run out, in line or asked again', async () => {
		for (const others of [1, 0]) {
			const cohort = await aCohort(program, { capacity: 1 });
			const id = await anEnrolment(cohort, 'offered', { person: crowd[0]! });
			for (const person of crowd.slice(1, 1 + others)) await anEnrolment(cohort, 'waitlisted', { person });
			await runOut(id);
			expect(await moveEnrolment(crowd[0]!, id, 'withdraw', 1)).toMatchObject({ ok: 'withdrawn' });
			expect(await states(cohort)).toEqual(['withdrawn', ...Array<string>(others).fill('offered')]);
		}
	});

	test('nobody accepts once a class has been', async () => {
		const cohort = await aCohort(program, { capacity: 1, state: 'running', classes: [-1, 6] });
		const id = await anEnrolment(cohort, 'offered', { person: crowd[0]! });
		expect(await moveEnrolment(crowd[0]!, id, 'accept')).toMatchObject({ refused: 'too_late', state: 'offered' });
	});

	test('who is put in line while a seat is free is offered it, and cron finds seats that nobody was offered', async () => {
		const cohort = await aCohort(program, { kind: 'application', capacity: 2 });
		const id = await anEnrolment(cohort, 'applied', { person: crowd[0]! });
		expect(await moveEnrolment(coordinator, id, 'waitlist')).toMatchObject({ ok: 'offered', version: 3 });
		const other = await anEnrolment(cohort, 'waitlisted', { person: crowd[1]! });
		await expire();
		expect((await enrolment(other)).state).toBe('offered');
	});

	test('who was entered by staff has theirs once they prove the address', async () => {
		const cohort = await aCohort(program, { capacity: 1 });
		const person = crowd[0]!;
		const id = await anEnrolment(cohort, 'offered');
		await sql`update public.enrolments set email = ${person.email} where id = ${id}`;
		expect(await signUp(cohort, person)).toEqual({ ok: 'offered', id, again: true });
		expect(await moveEnrolment(person, id, 'accept')).toMatchObject({ ok: 'enrolled' });
	});

	test('an address that was somebody else’s gives nothing of theirs', async () => {
		const cohort = await aCohort(program, { capacity: 3 });
		const id = await anEnrolment(cohort, 'withdrawn', { person: crowd[1]! });
		await sql`update public.enrolments set email = ${crowd[0]!.email} where id = ${id}`;
		const answer = await signUp(cohort, crowd[0]!);
		expect(answer).toMatchObject({ ok: 'enrolled' });
		expect(answer.id).not.toBe(id);
		expect(await signUp(cohort, crowd[1]!, id), 'who has another address now').toEqual({ ok: 'enrolled', id });
	});

	test('it opens at its minute, whether or not cron has come', async () => {
		const opens_at = new Date(Date.now() - 1000).toISOString();
		const cohort = await aCohort(program, { state: 'announced', opens_at });
		expect(await signUp(cohort, crowd[0]!)).toMatchObject({ ok: 'enrolled' });
	});

	test('more seats go to the line; fewer unseat nobody', async () => {
		const cohort = await aCohort(program, { capacity: 2 });
		for (const person of crowd.slice(0, 5)) await signUp(cohort, person);
		const set = async (capacity: number) =>
			(await asUser(coordinator).rpc('set_capacity', { cohort: cohort.id, capacity })).data;
		expect(await set(4)).toEqual({ ok: 2 });
		expect(await states(cohort)).toEqual(['enrolled', 'enrolled', 'offered', 'offered', 'waitlisted']);
		expect(await set(1)).toEqual({ ok: 0 });
		expect(await states(cohort)).toEqual(['enrolled', 'enrolled', 'offered', 'offered', 'waitlisted']);
		const [first] = await enrolmentsOf(cohort);
		await moveEnrolment(crowd[0]!, first!.id, 'withdraw');
		expect(await states(cohort), 'still more than there are seats').toEqual([
			...['withdrawn', 'enrolled', 'offered', 'offered', 'waitlisted']
		]);
		expect(await set(1001)).toEqual({ refused: 'capacity' });
	});

	test('who comes back is at its end', async () => {
		const cohort = await aCohort(program, { capacity: 1 });
		for (const person of crowd.slice(0, 3)) await signUp(cohort, person);
		const [, leaving] = await enrolmentsOf(cohort);
		await moveEnrolment(crowd[1]!, leaving!.id, 'withdraw');
		const other = await signUp(cohort, crowd[1]!);
		expect(other, 'under the id they had').toEqual({ use: leaving!.id });
		expect(await signUp(cohort, crowd[1]!, leaving!.id)).toEqual({ ok: 'waitlisted', id: leaving!.id });
		expect((await enrolmentsOf(cohort)).at(-1)!.id).toBe(leaving!.id);
	});

	test('nothing is offered once a class has been', async () => {
		const cohort = await aCohort(program, { capacity: 1, state: 'closed', classes: [-1, 6] });
		const person = crowd[0]!;
		const seated = await anEnrolment(cohort, 'enrolled', { person });
		await anEnrolment(cohort, 'waitlisted', { person: crowd[1]! });
		await moveEnrolment(person, seated, 'withdraw');
		expect(await states(cohort)).toEqual(['withdrawn', 'waitlisted']);
	});
});

describe('signing up', () => {
	test.each([
		['a draft', { state: 'draft' }, 'unknown'],
		['one that is announced', { state: 'announced' }, 'not_open'],
		['one that has closed', { state: 'closed' }, 'closed'],
		['one that closed a minute ago', { closes_at: new Date(Date.now() - 60_000).toISOString() }, 'closed'],
		['one that has begun', { classes: [-1, 6] }, 'begun'],
		['one that runs', { state: 'running' }, 'begun'],
		['one that is called off', { state: 'cancelled' }, 'cancelled']
	] as const)('for %s is refused', async (_what, given, refused) => {
		const cohort = await aCohort(program, { ...given, classes: 'classes' in given ? [...given.classes] : undefined });
		expect(await signUp(cohort, crowd[0]!)).toEqual({ refused });
		expect(await enrolmentsOf(cohort)).toEqual([]);
	});

	test('for one without seats leads into line, and to a seat once there are some', async () => {
		const cohort = await aCohort(program, { capacity: 0 });
		expect(await signUp(cohort, crowd[0]!)).toMatchObject({ ok: 'waitlisted' });
		const { data } = await asUser(coordinator).rpc('set_capacity', { cohort: cohort.id, capacity: 1 });
		expect(data).toEqual({ ok: 1 });
	});

	test('after a no is refused, and for an application leads to be read', async () => {
		const cohort = await aCohort(program, { kind: 'application' });
		expect(await signUp(cohort, crowd[1]!)).toMatchObject({ ok: 'applied' });
		const id = await anEnrolment(cohort, 'declined', { person: crowd[0]! });
		expect(await signUp(cohort, crowd[0]!, id)).toEqual({ refused: 'declined' });
	});

	test('under another’s id is refused, and changes nothing', async () => {
		const [one, other] = [await aCohort(program), await aCohort(program)];
		const { id } = await signUp(one, crowd[0]!);
		expect(await signUp(one, crowd[1]!, id)).toEqual({ refused: 'unknown' });
		expect(await signUp(other, crowd[0]!, id)).toEqual({ refused: 'unknown' });
		expect([await tally(one), await tally(other)]).toEqual([{ enrolled: 1 }, {}]);
	});

	test('what is not sealed is not kept', async () => {
		const cohort = await aCohort(program);
		const given = { cohort: cohort.id, enrolment: randomUUID(), details: '{"name":"Sam"}' };
		expect((await asUser(crowd[0]!).rpc('sign_up', given)).error?.code).toBe('23514');
		expect(await enrolmentsOf(cohort)).toEqual([]);
	});
});

test('cohorts open, close, run and finish by themselves', async () => {
	const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
	const cohorts = {
		open: await aCohort(program, { state: 'announced', opens_at: at(-1) }),
		announced: await aCohort(program, { state: 'announced', opens_at: at(1) }),
		closed: await aCohort(program, { state: 'open', closes_at: at(-1) }),
		running: await aCohort(program, { state: 'closed', classes: [-1, 6] }),
		finished: await aCohort(program, { state: 'running', classes: [-9, -2] }),
		draft: await aCohort(program, { state: 'draft', opens_at: at(-1), classes: [-9] }),
		cancelled: await aCohort(program, { state: 'cancelled', classes: [-9] })
	};
	await asService().rpc('advance_cohorts');
	for (const [state, { id }] of Object.entries(cohorts)) {
		const [row] = await sql`select state from public.cohorts where id = ${id}`;
		expect(row, state).toEqual({ state });
	}
});

test('two classes of one cohort are never at once, but where one is called off', async () => {
	const cohort = await aCohort(program, { classes: [10] });
	const again = () => sql`insert into public.classes (cohort_id, starts_at, ends_at)
		select cohort_id, starts_at + interval '30 minutes', ends_at + interval '30 minutes' from public.classes
		where cohort_id = ${cohort.id} limit 1`;
	await expect(again()).rejects.toMatchObject({ code: '23P01' });
	await sql`update public.classes set cancelled_at = now() where cohort_id = ${cohort.id}`;
	await again();
});
