/* Reminders of classes, and what is told when their times change or the training is called off. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { aCohort, anEnrolment, enrolment, forgetTrainings, people, type Cohort } from '../factories/training.ts';
import { ask, callsOf, mailsOf, toldOf } from '../factories/training-told.ts';
import { asService, asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let desk: Client;
let crowd: User[];

beforeAll(async () => {
	program = await aProgram('training-reminders');
	desk = asUser(await aMember(program, 'coordinator'));
	crowd = await people(8);
});
// Cohorts of other tests would be reminded too.
beforeEach(() => sql`delete from public.cohorts`);
afterAll(() => forgetTrainings(program));

const HOUR = 1 / 24;
const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const remind = () => ask<number>(asService(), 'remind_classes');

interface Class {
	id: string;
	starts_at: string;
	ends_at: string;
	topic: string;
	sequence: number;
}
const classesOf = async ({ id }: Cohort): Promise<Class[]> => [
	...(await sql<
		Class[]
	>`select id, to_jsonb(starts_at)#>>'{}' as starts_at, to_jsonb(ends_at)#>>'{}' as ends_at, topic, sequence
		from public.classes where cohort_id = ${id} order by starts_at`)
];
const save = (old: Class, given: Partial<Class> & { is_cancelled?: boolean }) => {
	const { id, sequence, ...before } = old;
	return ask(desk, 'save_class', { class: id, sequence, given: { ...before, is_cancelled: false, ...given } });
};
const moved = (days: number) => ({ starts_at: at(days), ends_at: at(days + HOUR) });

describe('reminders', () => {
	test('come a week ahead of the first class and a day ahead of each, once', async () => {
		const cohort = await aCohort(program, { classes: [6.5, 13.5, 20] });
		const id = await anEnrolment(cohort, 'enrolled', { person: crowd[0]! });
		const rung = await anEnrolment(cohort, 'enrolled');
		for (const state of ['waitlisted', 'applied', 'withdrawn', 'declined'] as const) await anEnrolment(cohort, state);
		const [first, second] = await classesOf(cohort);
		expect([await remind(), await remind()]).toEqual([2, 0]);
		const at = async () => (await mailsOf(id)).map(({ kind, data }) => [kind, data.starts_at]);
		expect(await at()).toEqual([['training_soon', first!.starts_at]]);
		expect((await callsOf(rung)).map(({ data }) => data)).toEqual([{ starts_at: first!.starts_at }]);
		// As time passes: the first is a day ahead, the second a week after it is none of the first any more.
		await sql`update public.classes set starts_at = starts_at - interval '6 days', ends_at = ends_at - interval '6 days'
			where cohort_id = ${cohort.id}`;
		expect([await remind(), await remind()]).toEqual([2, 0]);
		expect((await at()).length).toBe(2);
		await sql`update public.classes set starts_at = starts_at - interval '7 days', ends_at = ends_at - interval '7 days'
			where cohort_id = ${cohort.id}`;
		await sql`update public.cohorts set state = 'running' where id = ${cohort.id}`;
		expect([await remind(), await remind()]).toEqual([2, 0]);
		const [, , last] = await at();
		const now = (await classesOf(cohort)).find((each) => each.id === second!.id);
		expect(last).toEqual(['training_soon', now!.starts_at]);
	});

	test('of two who remind at once each is sent once', async () => {
		const cohort = await aCohort(program, { classes: [0.5] });
		const ids = await Promise.all(crowd.map((person) => anEnrolment(cohort, 'enrolled', { person })));
		await Promise.all([remind(), remind(), remind(), remind()]);
		for (const id of ids) expect((await toldOf(id)).mails).toEqual(['training_soon']);
	});

	test('come again for a class that is moved, and not for one whose topic is mended', async () => {
		const cohort = await aCohort(program, { classes: [0.5] });
		const id = await anEnrolment(cohort, 'enrolled', { person: crowd[0]! });
		await remind();
		const [old] = await classesOf(cohort);
		expect(await save(old!, { topic: 'Listening' })).toEqual({ ok: 1 });
		expect(await remind()).toBe(0);
		expect(await save({ ...old!, sequence: 1 }, moved(0.75))).toEqual({ ok: 2 });
		expect([await remind(), await remind()]).toEqual([1, 0]);
		expect((await toldOf(id)).mails).toEqual(['training_soon', 'training_changed', 'training_soon']);
	});

	test('don’t come to who has just got their seat, nor for what is called off', async () => {
		const cohort = await aCohort(program, { classes: [0.5] });
		const id = await anEnrolment(cohort, 'enrolled', { person: crowd[0]! });
		await sql`insert into private.enrolment_events (enrolment_id, event, to_state, actor) values (${id}, 'accept', 'enrolled', 'person')`;
		expect(await remind()).toBe(0);
		await sql`update private.enrolment_events set at = now() - interval '2 days' where enrolment_id = ${id}`;
		await sql`update public.classes set cancelled_at = now() where cohort_id = ${cohort.id}`;
		expect(await remind()).toBe(0);
		await sql`update public.classes set cancelled_at = null where cohort_id = ${cohort.id}`;
		await sql`update public.cohorts set state = 'cancelled' where id = ${cohort.id}`;
		expect(await remind()).toBe(0);
	});
});

describe('what changes', () => {
	/** A cohort with somebody in each of these, and what each is told. */
	async function aCohortOf(given: Parameters<typeof aCohort>[1] = {}) {
		const cohort = await aCohort(program, { capacity: 2, ...given });
		const states = ['enrolled', 'offered', 'waitlisted', 'applied', 'withdrawn'] as const;
		const ids = await Promise.all(states.map((state, n) => anEnrolment(cohort, state, { person: crowd[n]! })));
		return { cohort, ids, told: async () => Promise.all(ids.map(async (id) => (await toldOf(id)).mails)) };
	}
	const NEWS = ['training_changed'];

	test.each<[string, (old: Class) => Promise<unknown>]>([
		['moved', (old) => save(old, moved(9))],
		['called off', (old) => save(old, { is_cancelled: true })]
	])('a class that is %s is told to who has a seat or an offer, once', async (_how, change) => {
		const { cohort, told } = await aCohortOf({ classes: [10, 20] });
		const [old] = await classesOf(cohort);
		expect(await change(old!)).toEqual({ ok: 1 });
		expect(await change(old!)).toEqual({ refused: 'stale' });
		expect(await told()).toEqual([NEWS, NEWS, [], [], []]);
	});

	test('classes that are added are told once, and those that come later with them too', async () => {
		const { cohort, told } = await aCohortOf();
		const one = (days: number) => ({ id: randomUUID(), ...moved(days), topic: '' });
		const add = (...given: object[]) => ask(desk, 'add_classes', { cohort: cohort.id, given });
		const [first, second, third] = [one(50), one(60), one(70)];
		expect([await add(first, second), await add(first, second)]).toEqual([{ ok: 2 }, { ok: 0 }]);
		expect(await told()).toEqual([NEWS, NEWS, [], [], []]);
		expect(await add(first, second, third)).toEqual({ ok: 1 });
		expect((await told())[0]).toEqual([...NEWS, ...NEWS]);
	});

	test('a class saved as it was, or with another topic, tells nobody', async () => {
		const { cohort, told } = await aCohortOf();
		const [old] = await classesOf(cohort);
		expect(await save(old!, {})).toEqual({ ok: 0 });
		expect(await save(old!, { topic: 'Listening' })).toEqual({ ok: 1 });
		expect(await told()).toEqual([[], [], [], [], []]);
	});

	test('an offer never stands into the first class, also where that is moved', async () => {
		const { cohort, ids } = await aCohortOf({ classes: [40] });
		await sql`update public.enrolments set offered_until = now() + interval '5 days' where id = ${ids[1]!}`;
		const [old] = await classesOf(cohort);
		await save(old!, moved(2));
		const { offered_until } = await enrolment(ids[1]!);
		expect((offered_until!.getTime() - Date.now()) / 86_400_000).toBeCloseTo(2, 2);
	});

	test('a training that is called off is told once to each who is in it, and no offer runs out later', async () => {
		const { cohort, ids, told } = await aCohortOf();
		const rung = await anEnrolment(cohort, 'waitlisted');
		const cancel = () => ask(desk, 'move_cohort', { cohort: cohort.id, event: 'cancel', version: 1 });
		const answers = await Promise.all([cancel(), cancel()]);
		expect(answers).toEqual(expect.arrayContaining([{ ok: 'cancelled' }, { refused: 'stale' }]));
		expect(await told()).toEqual([...Array<string[]>(4).fill(['training_cancelled']), []]);
		expect(await toldOf(rung)).toEqual({ mails: [], calls: ['training_cancelled'] });
		expect(await enrolment(ids[1]!)).toMatchObject({ state: 'waitlisted', offered_until: null });
		expect(await ask<number>(asService(), 'expire_offers')).toBe(0);
		await ask(asService(), 'advance_cohorts');
		expect((await told()).flat()).toHaveLength(4);
	});
});

test('of two hundred trainings everybody is reminded in one go', async () => {
	await sql`insert into public.cohorts (program_id, slug, title, capacity, state, announced_at)
		select ${program.id}, 'many-' || n, 'A training', 30, 'open', now() from generate_series(1, 200) n`;
	await sql`insert into public.classes (cohort_id, starts_at, ends_at)
		select id, now() + d * interval '12 hours', now() + d * interval '12 hours' + interval '1 hour' from public.cohorts, generate_series(1, 9, 4) d`;
	await sql`insert into public.enrolments (id, cohort_id, program_id, email, state, line_number)
		select gen_random_uuid(), c.id, c.program_id, c.slug || n || '@people.example', 'enrolled', nextval('private.line_numbers')
		from public.cohorts c, generate_series(1, 10) n`;
	expect(await remind()).toBe(2000);
	expect(await remind()).toBe(0);
});
