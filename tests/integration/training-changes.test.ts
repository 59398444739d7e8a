/* What changes under people in a training: their address, the place, the days; and that nothing that was to be told is lost by it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { sealedText } from '../factories/referral.ts';
import { aCohort, anEnrolment, enrolment, forgetTrainings, people, type Cohort } from '../factories/training.ts';
import { ask, mailsOf, toldOf } from '../factories/training-told.ts';
import { asAnonymous, asService, asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let desk: Client;
let crowd: User[];

beforeAll(async () => {
	program = await aProgram('changes');
	desk = asUser(await aMember(program, 'coordinator'));
	crowd = await people(3);
});
afterAll(() => forgetTrainings(program));

/** Says an address anew, as a coordinator; undefined leaves it. */
const say = async (id: string, address: string | undefined, db = desk) =>
	ask(db, 'save_enrolment_details', {
		...{ enrolment: id, details: sealedText(), version: (await enrolment(id)).version },
		...(address !== undefined && { address })
	});
const addressOf = async (id: string) =>
	(await sql<{ email: string | null }[]>`select email from public.enrolments where id = ${id}`)[0]!.email;
const next = async (cohort: Cohort) => {
	const id = await anEnrolment(cohort, 'waitlisted', { email: 'robni@people.example' });
	await ask(desk, 'set_capacity', { cohort: cohort.id, capacity: 1 });
	return id;
};

describe('an address', () => {
	test('that mail came back from is mended, and the mail goes out again, with a link of its own', async () => {
		const id = await next(await aCohort(program, { capacity: 0 }));
		const [first] = await mailsOf(id);
		await sql`update private.outbox set set_aside_at = now(), tries = 8 where dedupe_key like ${`enrolment:${id}:%`}`;
		expect(await say(id, ' Robin@People.Example ')).toEqual({ ok: true });
		const [mail] = await mailsOf(id);
		expect(mail).toMatchObject({ kind: 'training_offer', to: 'robin@people.example' });
		const [row] =
			await sql`select set_aside_at, tries from private.outbox where dedupe_key like ${`enrolment:${id}:%`}`;
		expect(row).toEqual({ set_aside_at: null, tries: 0 });
		const lookAt = (told: typeof mail) => ask(asAnonymous(), 'enrolment_by_link', { token: told!.data.token });
		expect(await lookAt(first), 'whoever got the first').toBeNull();
		expect(await lookAt(mail)).toMatchObject({ id });
	});

	test('taken away makes calls of what has not left; given, mail is written there from then on', async () => {
		const id = await next(await aCohort(program, { capacity: 0 }));
		expect(await say(id, '')).toEqual({ ok: true });
		expect(await toldOf(id)).toEqual({ mails: [], calls: ['training_offer'] });
		expect(await say(id, undefined)).toEqual({ ok: true });
		expect(await addressOf(id)).toBeNull();
		await say(id, 'robin@people.example');
		await ask(desk, 'move_enrolment', { enrolment: id, event: 'accept', version: (await enrolment(id)).version });
		expect((await toldOf(id)).mails).toEqual(['training_seat']);
	});

	test('of an account is the one that was proved, or none; nobody else’s can be given', async () => {
		const cohort = await aCohort(program);
		const [person, other] = [crowd[0]!, crowd[1]!];
		const [id, entered] = [
			await anEnrolment(cohort, 'enrolled', { person }),
			await anEnrolment(cohort, 'enrolled', { email: 'lee@people.example' })
		];
		await anEnrolment(cohort, 'enrolled', { person: other });
		await say(id, 'stranger@people.example');
		expect(await addressOf(id)).toBe(person.email);
		await say(id, '');
		expect(await addressOf(id)).toBeNull();
		await say(id, 'their own');
		expect(await addressOf(id)).toBe(person.email);
		await say(id, '', asUser(person));
		expect(await addressOf(id), 'by themselves nothing of the kind').toBe(person.email);
		expect(await say(entered, other.email)).toEqual({ refused: 'address_taken' });
	});
});

describe('the days', () => {
	const seated = async (cohort: Cohort) => anEnrolment(cohort, 'enrolled', { person: crowd[2]! });
	const dataOf = async (id: string) =>
		(await mailsOf(id)).map(({ kind, data }) => [kind, data.moved_to, data.called_off]);
	const save = async (cohort: Cohort, given: object, nth = 0) => {
		const [row] = await sql<{ id: string; starts_at: Date; ends_at: Date; topic: string; sequence: number }[]>`
			select id, starts_at, ends_at, topic, sequence from public.classes where cohort_id = ${cohort.id}
			order by starts_at offset ${nth} limit 1`;
		const { id, sequence, ...was } = row!;
		return ask(desk, 'save_class', { class: id, sequence, given: { ...was, ...given } });
	};

	test('a training is not over when its last class is called off, until the time of that class', async () => {
		const cohort = await aCohort(program, { state: 'running', classes: [-7, 7] });
		await save(cohort, { is_cancelled: true }, 1);
		await ask(asService(), 'advance_cohorts');
		expect(await save(cohort, { is_cancelled: false }, 1)).toHaveProperty('ok');
	});

	test('who has a seat is told which class it is, and when', async () => {
		const cohort = await aCohort(program, { classes: [10, 20] });
		const id = await seated(cohort);
		const [starts_at, ends_at] = [12, 12.1].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
		await save(cohort, { starts_at, ends_at });
		await save(cohort, { is_cancelled: true }, 1);
		const told = await dataOf(id);
		expect(told.map(([kind, moved, off]) => [kind, Boolean(moved), Boolean(off)])).toEqual([
			['training_changed', true, false],
			['training_changed', false, true]
		]);
		expect(Date.parse(told[0]![1] as string)).toBe(Date.parse(starts_at!));
	});

	test('an offer that is shorter for it is told until when', async () => {
		const cohort = await aCohort(program, { classes: [10, 20] });
		const until = new Date(Date.now() + 4 * 86_400_000).toISOString();
		const id = await anEnrolment(cohort, 'offered', { person: crowd[0]!, offered_until: until });
		const [starts_at, ends_at] = [2, 2.1].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
		await save(cohort, { starts_at, ends_at });
		const [offer] = (await mailsOf(id)).filter(({ kind }) => kind === 'training_offer');
		expect(Date.parse(offer!.data.until as string)).toBe(Date.parse(starts_at!));
	});

	test('another place tells them, and each class ahead has changed', async () => {
		const cohort = await aCohort(program, { state: 'running', classes: [-7, 7] });
		const id = await seated(cohort);
		const was = await ask<Record<string, unknown>>(desk, 'desk_training', { cohort: cohort.id });
		const given = { ...was, place_name: 'Another hall' };
		expect(
			await ask(desk, 'save_cohort', { program: program.id, cohort: cohort.id, given, version: 1 })
		).toHaveProperty('ok');
		const rows = await sql`select sequence from public.classes where cohort_id = ${cohort.id} order by starts_at`;
		expect([...rows].map(({ sequence }) => sequence as number)).toEqual([0, 1]);
		expect((await toldOf(id)).mails).toEqual(['training_changed']);
	});
});
