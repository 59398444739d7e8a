/* One's own place in a training: signed in, by address, or by a link from a mail; the place in line and what it has meant; certificates. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MyPlace } from '../../src/lib/training/enrolments.server.ts';
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
	type Answer,
	type Cohort
} from '../factories/training.ts';
import { ask, mailsOf } from '../factories/training-told.ts';
import { asAnonymous, asService, asUser, aUser, sql, type User } from '../support/database.ts';

const RUNS = Array.from({ length: 20 }, (_, run) => run);

let program: Program;
let elsewhere: Program;
let coordinator: User;
let crowd: User[];

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('places'), await aProgram('places-elsewhere')];
	coordinator = await aMember(program, 'coordinator');
	crowd = await people(6);
});
afterAll(() => forgetTrainings(program, elsewhere));

interface Place {
	id: string;
	state: string;
	place: number | null;
	usual: { trainings: number; reached: number } | null;
	joining: string;
	certificate: string | null;
	details: string;
	answer: string | null;
	messages: { words: string }[];
}
const mine = async (person: User) => (await ask<{ places: Place[] }>(asUser(person), 'my_enrolments')).places;
const placeOf = async (person: User, id: string) => (await mine(person)).find((place) => place.id === id);
const linkOf = (person: User, id: string) =>
	ask<string | null>(asUser(person), 'make_enrolment_link', { enrolment: id });
const byLink = (token: string) => ask<Place | null>(asAnonymous(), 'enrolment_by_link', { token });
const moveByLink = (token: string, event: string, version: number) =>
	ask<Answer>(asAnonymous(), 'move_enrolment_by_link', { token, event, version });
const runOut = (id: string) =>
	sql`update public.enrolments set offered_until = now() - interval '1 second' where id = ${id}`;

describe('my_enrolments', () => {
	test('has one’s own alone, and what staff have entered under one’s address', async () => {
		const cohort = await aCohort(program);
		const [one, other] = await people(2);
		const id = await anEnrolment(cohort, 'enrolled', { person: one! });
		await anEnrolment(cohort, 'enrolled', { person: other! });
		await anEnrolment(cohort, 'enrolled');
		const second = await aCohort(program);
		const entered = await anEnrolment(second, 'waitlisted', { email: one!.email });
		// Whose account it is comes before whose address it was.
		const third = await aCohort(program);
		await anEnrolment(third, 'enrolled', { person: other! });
		await sql`update public.enrolments set email = ${one!.email} where cohort_id = ${third.id}`;
		expect((await mine(one!)).map((place) => place.id).toSorted()).toEqual([id, entered].toSorted());
		expect(await moveEnrolment(one!, entered, 'withdraw')).toMatchObject({ ok: 'withdrawn' });
		expect(await mine(await aUser())).toEqual([]);
		expect((await asAnonymous().rpc('my_enrolments')).error?.code).toBe('42501');
	});

	test('says how to join to who has a seat, and the program’s words with a no to who has it', async () => {
		const cohort = await aCohort(program, { kind: 'application' });
		await sql`update public.cohorts set joining = 'Come to the back door.' where id = ${cohort.id}`;
		const [person] = await people(1);
		const id = await anEnrolment(cohort, 'applied', { person: person! });
		const answer = sealedText();
		const move = { enrolment: id, event: 'decline', version: 1, answer };
		expect(await ask(asUser(coordinator), 'move_enrolment', move)).toMatchObject({ ok: 'declined' });
		expect(await placeOf(person!, id)).toMatchObject({ state: 'declined', answer, joining: '' });
		await moveEnrolment(coordinator, id, 'reconsider');
		expect(await placeOf(person!, id)).toMatchObject({ state: 'applied', answer: null, joining: '' });
		await moveEnrolment(coordinator, id, 'offer');
		expect((await placeOf(person!, id))!.joining).toBe('');
		await moveEnrolment(person!, id, 'accept');
		expect((await placeOf(person!, id))!.joining).toBe('Come to the back door.');
	});
});

test('one’s place in line counts who waits before one', async () => {
	const cohort = await aCohort(program, { capacity: 1 });
	const line = await people(4);
	for (const person of line) await signUp(cohort, person);
	const places = async () => Promise.all(line.map(async (person) => (await mine(person))[0]!.place));
	expect(await places()).toEqual([null, 1, 2, 3]);
	const [, , leaving] = await enrolmentsOf(cohort);
	await moveEnrolment(line[2]!, leaving!.id, 'withdraw');
	expect(await places()).toEqual([null, 1, null, 2]);
});

test('what a place has meant is counted in the program’s last ten trainings that had a line', async () => {
	const own = await aProgram('places-usual');
	/** A training that has begun so many days ago, with so many people in line, of whom so many were offered a seat. */
	async function past(daysAgo: number, inLine: number, offered: number, of = own): Promise<Cohort> {
		const cohort = await aCohort(of, { state: daysAgo % 2 ? 'finished' : 'running', classes: [-daysAgo] });
		for (let n = 0; n < inLine; n++) {
			const id = await anEnrolment(cohort, 'withdrawn');
			await sql`insert into private.enrolment_events (enrolment_id, event, to_state, actor) values (${id}, 'sign_up', 'waitlisted', 'person')`;
			// Who missed an offer is offered another: that is one person.
			for (let times = 0; times < (n < offered ? 2 : 0); times++)
				await sql`insert into private.enrolment_events (enrolment_id, event, from_state, to_state, actor)
					values (${id}, 'offer', 'waitlisted', 'offered', 'system')`;
		}
		return cohort;
	}
	await past(30, 3, 2);
	await past(31, 2, 0);
	await past(32, 4, 3);
	await past(33, 0, 0);
	await past(34, 3, 3, elsewhere);
	const cohort = await aCohort(own, { capacity: 0 });
	const line = await people(4);
	for (const person of line) await anEnrolment(cohort, 'waitlisted', { person });
	const usual = async () => Promise.all(line.map(async (person) => (await mine(person))[0]!.usual));
	// First: in two of three somebody was offered a seat; second: two; third: one; fourth: none.
	const reached = (...counts: number[]) => counts.map((count) => ({ trainings: 3, reached: count }));
	expect(await usual()).toEqual(reached(2, 2, 1, 0));
	// Seven later ones, each with one offer, make ten; an eighth drops the oldest that had a line, 32 days ago.
	for (let days = 1; days <= 8; days++) await past(days, 1, 1);
	expect(await usual()).toEqual([9, 1, 0, 0].map((count) => ({ trainings: 10, reached: count })));
	await forgetTrainings(own);
});

describe('by a link', () => {
	test('one sees one’s place, and nothing that says who one is', async () => {
		const cohort = await aCohort(program);
		const person = crowd[0]!;
		const { id } = await signUp(cohort, person);
		const token = await linkOf(person, id!);
		const place = (await byLink(token!))!;
		expect(MyPlace.parse(place)).toMatchObject({ id, state: 'enrolled' });
		const text = JSON.stringify(place);
		expect(text).not.toMatch(/@|s1\./);
		expect(text).not.toContain(person.id);
		expect(place).not.toHaveProperty('details');
		expect(place).not.toHaveProperty('answer');
	});

	test('a token that is nobody’s leads nowhere, and links are made by who may', async () => {
		const cohort = await aCohort(program);
		const { id } = await signUp(cohort, crowd[0]!);
		for (const token of ['', 'ab'.repeat(16), id!]) {
			expect(await byLink(token)).toBeNull();
			expect(await moveByLink(token, 'withdraw', 1)).toEqual({ refused: 'not_found' });
		}
		expect(await linkOf(crowd[1]!, id!)).toBeNull();
		expect(await linkOf(await aMember(elsewhere, 'admin'), id!)).toBeNull();
		for (const role of ['worker', 'supervisor', 'editor'] as const)
			expect(await linkOf(await aMember(program, role), id!), role).toBeNull();
		expect((await asAnonymous().rpc('make_enrolment_link', { enrolment: id! })).error?.code).toBe('42501');
		expect(await linkOf(coordinator, id!)).toBeNull();
	});

	test('one leaves and accepts, once, and does nothing else', async () => {
		const cohort = await aCohort(program, { capacity: 1 });
		const [seated, next] = [crowd[0]!, crowd[1]!];
		for (const person of [seated, next]) await signUp(cohort, person);
		const [first, second] = await enrolmentsOf(cohort);
		const token = (await linkOf(seated, first!.id))!;
		for (const event of ['complete', 'offer', 'decline', 'expire', 'sign_up', ''])
			expect(await moveByLink(token, event, 1), event).toMatchObject({ refused: 'not_possible' });
		expect(await moveByLink(token, 'withdraw', 7)).toMatchObject({ refused: 'stale' });
		const twice = await Promise.all([moveByLink(token, 'withdraw', 1), moveByLink(token, 'withdraw', 1)]);
		expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
		const offer = (await mailsOf(second!.id)).find(({ kind }) => kind === 'training_offer')!;
		const { version } = await enrolment(second!.id);
		expect(await moveByLink(offer.data.token as string, 'accept', version)).toMatchObject({ ok: 'enrolled' });
	});

	test.each(RUNS)('an answer and the end of the offer have one winner (%i)', async () => {
		const cohort = await aCohort(program, { capacity: 1 });
		const id = await anEnrolment(cohort, 'offered', { person: crowd[0]! });
		const next = await anEnrolment(cohort, 'waitlisted', { person: crowd[1]! });
		const token = (await linkOf(crowd[0]!, id))!;
		const expire = () => ask<number>(asService(), 'expire_offers');
		await sql`update public.enrolments set offered_until = clock_timestamp() + interval '8 milliseconds' where id = ${id}`;
		const [answer] = await Promise.all([moveByLink(token, 'accept', 1), expire()]);
		await expire();
		const after = [(await enrolment(id)).state, (await enrolment(next)).state];
		expect(after).toEqual(answer.ok ? ['enrolled', 'waitlisted'] : ['waitlisted', 'offered']);
		if (!answer.ok) expect(['too_late', 'stale', 'not_possible']).toContain(answer.refused);
	});

	test('who leaves over an offer that has just run out leaves the line as well', async () => {
		const cohort = await aCohort(program, { capacity: 1 });
		const id = await anEnrolment(cohort, 'offered', { person: crowd[0]! });
		const token = (await linkOf(crowd[0]!, id))!;
		await runOut(id);
		expect(await moveByLink(token, 'withdraw', 1)).toMatchObject({ ok: 'withdrawn' });
	});
});

describe('what one has said of oneself', () => {
	const save = (person: User, id: string, version: number) =>
		ask(asUser(person), 'save_enrolment_details', { enrolment: id, version, details: sealedText() });

	test('is mended by the person and by coordinators, and by nobody else', async () => {
		const cohort = await aCohort(program);
		const id = await anEnrolment(cohort, 'enrolled', { person: crowd[0]! });
		expect(await save(crowd[0]!, id, 1)).toEqual({ ok: true });
		expect(await save(crowd[0]!, id, 1)).toEqual({ refused: 'stale' });
		expect(await save(coordinator, id, 2)).toEqual({ ok: true });
		for (const stranger of [crowd[1]!, await aMember(elsewhere, 'coordinator'), await aMember(program, 'worker')])
			expect(await save(stranger, id, 3)).toEqual({ refused: 'not_found' });
		const details = (await placeOf(crowd[0]!, id))!.details;
		const open = { enrolment: id, version: 3, details: '{"name":"Sam"}' };
		expect((await asUser(crowd[0]!).rpc('save_enrolment_details', open)).error?.code).toBe('23514');
		expect((await placeOf(crowd[0]!, id))!.details).toBe(details);
		const audited =
			await sql`select outcome, details->>'why' as why from public.audit_events where subject_id = ${id} order by id`;
		expect(audited.map(({ outcome, why }) => `${outcome as string} ${why as string}`)).toEqual([
			...['refused stale', 'done null', 'refused not_found', 'refused not_found', 'refused not_found']
		]);
	});

	test('an address is forgotten with the account, and the place is kept', async () => {
		const cohort = await aCohort(program);
		const person = await aUser();
		const { id } = await signUp(cohort, person);
		await sql`delete from auth.users where id = ${person.id}`;
		const [row] = await sql`select person_id, email, state from public.enrolments where id = ${id!}`;
		expect(row).toEqual({ person_id: null, email: null, state: 'enrolled' });
		// Whoever has that address later gets nothing of theirs.
		expect(await mine(await aUser({ email: person.email }))).toEqual([]);
	});
});

describe('a certificate', () => {
	const verify = (number: string) =>
		ask<Record<string, unknown> | null>(asAnonymous(), 'verify_certificate', { number });

	test('is made, taken back and given back under its number, and says nothing of whose it is', async () => {
		const cohort = await aCohort(program, { state: 'running', classes: [-1, 6] });
		const id = await anEnrolment(cohort, 'enrolled', { person: crowd[0]! });
		expect((await placeOf(crowd[0]!, id))!.certificate).toBeNull();
		await moveEnrolment(coordinator, id, 'complete');
		const number = (await placeOf(crowd[0]!, id))!.certificate!;
		expect(number).toMatch(/^TC-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
		const good = await verify(number);
		expect(good).toEqual({
			program: `Program ${program.slug}`,
			title: 'Peer support training',
			completed_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string
		});
		await moveEnrolment(coordinator, id, 'not_complete');
		expect([await verify(number), (await placeOf(crowd[0]!, id))!.certificate]).toEqual([null, null]);
		await moveEnrolment(coordinator, id, 'complete');
		expect([await verify(number), (await placeOf(crowd[0]!, id))!.certificate]).toEqual([good, number]);
		for (const wrong of ['', 'TC-2222-2222', id]) expect(await verify(wrong)).toBeNull();
	});
});
