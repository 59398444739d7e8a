/* What is forgotten, and when: who was in a training, applications that were not sent, who waited to be told. */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { sealedText } from '../factories/referral.ts';
import {
	aCohort,
	anEnrolment,
	enrolmentsOf,
	forgetTrainings,
	moveEnrolment,
	people,
	signUp
} from '../factories/training.ts';
import { ask, interestMails } from '../factories/training-told.ts';
import { asAnonymous, asService, asUser, sql, type User } from '../support/database.ts';

let program: Program;
let coordinator: User;

beforeAll(async () => {
	program = await aProgram('keeping');
	coordinator = await aMember(program, 'coordinator');
});
afterAll(() => forgetTrainings(program));

const service = asService();
const erase = () => ask<number>(service, 'erase_enrolments');
const YEARS = 365.25;

describe('who was in a training', () => {
	test('is forgotten two years after its last class; certificates stay good, and are nobody’s', async () => {
		const old = await aCohort(program, { state: 'running', classes: [-10, -3] });
		const recent = await aCohort(program, { state: 'finished', classes: [-3 * YEARS, -1.9 * YEARS] });
		const [person] = await people(1);
		const id = await anEnrolment(old, 'enrolled', { person: person! });
		const kept = await anEnrolment(recent, 'completed', { person: person! });
		await moveEnrolment(coordinator, id, 'complete');
		const note = { enrolment: id, note: randomUUID(), words: sealedText() };
		await ask(asUser(coordinator), 'save_enrolment_note', note);
		const token = await ask<string>(asUser(person!), 'make_enrolment_link', { enrolment: id });
		const [{ number }] = (await sql`select number from private.certificates where enrolment_id = ${id}`) as never as [
			{ number: string }
		];
		const verify = () => ask(asAnonymous(), 'verify_certificate', { number });
		const before = await verify();
		expect(await erase()).toBe(0);
		await sql`update public.classes set starts_at = starts_at - interval '2 years', ends_at = ends_at - interval '2 years'
			where cohort_id = ${old.id}`;
		expect([await erase(), await erase()]).toEqual([1, 0]);
		expect(await enrolmentsOf(old)).toEqual([]);
		expect((await enrolmentsOf(recent)).map((each) => each.id)).toEqual([kept]);
		for (const table of [
			'enrolment_details',
			'enrolment_events',
			'enrolment_notes',
			'enrolment_links',
			'enrolment_calls'
		])
			expect(await sql`select from ${sql(`private.${table}`)} where enrolment_id = ${id}`, table).toHaveLength(0);
		expect(await ask(asAnonymous(), 'enrolment_by_link', { token })).toBeNull();
		expect(before).not.toBeNull();
		expect(await verify()).toEqual(before);
		expect((await sql`select enrolment_id from private.certificates where number = ${number}`)[0]).toEqual({
			enrolment_id: null
		});
	});

	test('of many, five hundred a night', async () => {
		const cohort = await aCohort(program, { state: 'finished', classes: [-3 * YEARS] });
		await sql`insert into public.enrolments (id, cohort_id, program_id, state, line_number)
			select gen_random_uuid(), ${cohort.id}, ${program.id}, 'completed', nextval('private.line_numbers') from generate_series(1, 501)`;
		expect([await erase(), await erase(), await erase()]).toEqual([500, 1, 0]);
	});

	test('of a training without classes that is planned still stays', async () => {
		const cohort = await aCohort(program, { classes: [] });
		await anEnrolment(cohort, 'enrolled');
		expect(await erase()).toBe(0);
	});
});

test('an application that nobody has touched for ninety days is thrown away', async () => {
	const cohort = await aCohort(program, { kind: 'application' });
	const [old, recent] = await people(2);
	for (const person of [old!, recent!])
		await ask(asUser(person), 'save_application', { cohort: cohort.id, draft: randomUUID(), contents: sealedText() });
	const age = (person: User, days: number) =>
		sql`update private.application_drafts set saved_at = now() - ${days} * interval '1 day' where person_id = ${person.id}`;
	await age(old!, 91);
	await age(recent!, 89);
	await erase();
	const read = (person: User) => ask(asUser(person), 'my_application', { cohort: cohort.id });
	expect([await read(old!), await read(recent!)]).toEqual([null, expect.anything()]);
});

test('a training runs and finishes by itself, in its one order, also where two look at once', async () => {
	const cohort = await aCohort(program, { capacity: 1, classes: [10] });
	const [seated, waiting] = await people(2);
	for (const person of [seated!, waiting!]) await signUp(cohort, person);
	const pass = (days: number) =>
		sql`update public.classes set starts_at = starts_at - ${days} * interval '1 day', ends_at = ends_at - ${days} * interval '1 day'
			where cohort_id = ${cohort.id}`;
	const advance = async () => {
		const run = () => ask<number>(service, 'advance_cohorts');
		const counts = await Promise.all([run(), run(), ask<number>(service, 'expire_offers').then(() => 0), run()]);
		const [row] = await sql<{ state: string }[]>`select state from public.cohorts where id = ${cohort.id}`;
		return [row!.state, counts.reduce((sum, each) => sum + each)];
	};
	// What other tests have left behind.
	await advance();
	expect(await advance()).toEqual(['open', 0]);
	await pass(10.02);
	expect(await advance()).toEqual(['running', 1]);
	await pass(1);
	expect(await advance()).toEqual(['finished', 1]);
	expect(await advance()).toEqual(['finished', 0]);
});

describe('who waits to be told', () => {
	const anAddress = () => `${randomUUID()}@people.example`;
	const want = (address: string) =>
		ask(asAnonymous(), 'ask_to_be_told', {
			...{ program_slug: program.slug, area: null, address, client_hash: randomBytes(32).toString('hex') }
		});
	const lastToken = async (address: string) => (await interestMails(address)).at(-1)!.data.token;
	const confirm = (token: unknown) => ask<string | null>(asAnonymous(), 'confirm_interest', { token });

	test('is told once it is published, by the button', async () => {
		const address = anAddress();
		await want(address);
		await confirm(await lastToken(address));
		const cohort = await aCohort(program, { state: 'draft' });
		const publish = () => ask(asUser(coordinator), 'move_cohort', { cohort: cohort.id, event: 'publish', version: 1 });
		await Promise.all([publish(), publish()]);
		const mails = await interestMails(address);
		expect(mails.map(({ kind }) => kind)).toEqual(['interest_confirm', 'interest_announced']);
		expect(mails[1]!.data).toMatchObject({ title: 'Peer support training', slug: `cohort-${cohort.id}` });
		expect(JSON.stringify(mails)).not.toContain(address);
		const desk = await ask<{ interested: number }>(asUser(coordinator), 'desk_trainings', { program: program.id });
		expect(desk.interested).toBe(1);
	});

	test('and asks again on the day that the year ends begins anew', async () => {
		const address = anAddress();
		await want(address);
		await confirm(await lastToken(address));
		await sql`update private.training_interest set kept_until = now() - interval '1 minute' where email = ${address}`;
		expect(await confirm(await lastToken(address)), 'a link whose year is over').toBeNull();
		await want(address);
		expect((await interestMails(address)).map(({ kind }) => kind)).toEqual(['interest_confirm', 'interest_confirm']);
		await ask(service, 'tend_interest');
		expect(await confirm(await lastToken(address))).not.toBeNull();
	});
});
