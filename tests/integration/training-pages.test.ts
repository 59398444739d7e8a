/* What everybody reads of trainings: what is ahead, what was last, seats and the line, and nothing of anybody. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Training, Trainings } from '../../src/lib/training/training.ts';
import { aPlace } from '../factories/place.ts';
import { aProgram, type Program } from '../factories/program.ts';
import { aCohort, anEnrolment, forgetTrainings, people, signUp, type Cohort } from '../factories/training.ts';
import { asAnonymous, sql } from '../support/database.ts';

let program: Program;
const cohorts: Record<string, Cohort> = {};

beforeAll(async () => {
	program = await aProgram('training-pages');
	for (const state of ['draft', 'announced', 'open', 'closed', 'running', 'finished', 'cancelled'] as const)
		cohorts[state] = await aCohort(program, {
			state,
			capacity: 2,
			classes: state === 'finished' ? [-9, -2] : [40, 47]
		});
});
afterAll(() => forgetTrainings(program));

const slugOf = ({ id }: Cohort) => `cohort-${id}`;
const all = async () => Trainings.parse((await asAnonymous().rpc('trainings')).data);
const one = async (cohort: Cohort) =>
	Training.nullable().parse((await asAnonymous().rpc('training', { slug: slugOf(cohort) })).data);
const ours = (found: Trainings) =>
	found.ahead.filter(({ slug }) => Object.values(cohorts).some((cohort) => slugOf(cohort) === slug));

test('what is ahead or runs is listed, and when the last one ended', async () => {
	const found = await all();
	expect(
		ours(found)
			.map(({ state }) => state)
			.toSorted()
	).toEqual(['announced', 'closed', 'open', 'running']);
	expect(found.last).toMatchObject({ title: 'Peer support training', time_zone: 'America/Vancouver' });
	expect(Date.parse(found.last!.ended_at)).toBeLessThan(Date.now());
});

test('each that was announced has a page, a draft has none', async () => {
	for (const [state, cohort] of Object.entries(cohorts)) {
		const found = await one(cohort);
		if (state === 'draft') expect(found).toBeNull();
		else expect(found?.state, state).toBe(state);
		if (found) expect(found.meetings.map(({ is_cancelled }) => is_cancelled)).toEqual([false, false]);
	}
});

test('seats are counted with those that are offered, and none is left while somebody waits', async () => {
	const cohort = await aCohort(program, { capacity: 3 });
	const [first, second, third, fourth] = await people(4);
	const left = async () => {
		const { seats_left, line } = (await one(cohort))!;
		return [seats_left, line];
	};
	expect(await left()).toEqual([3, 0]);
	await signUp(cohort, first!);
	await anEnrolment(cohort, 'offered', { person: second! });
	expect(await left()).toEqual([1, 0]);
	await signUp(cohort, third!);
	expect(await left()).toEqual([0, 0]);
	await signUp(cohort, fourth!);
	expect(await left()).toEqual([0, 1]);
	await sql`update public.cohorts set capacity = 9 where id = ${cohort.id}`;
	expect(await left()).toEqual([0, 1]);
});

test('a class that is called off is told, and not counted', async () => {
	const cohort = await aCohort(program, { classes: [10, 20] });
	await sql`update public.classes set cancelled_at = now() where cohort_id = ${cohort.id}
		and starts_at = (select min(starts_at) from public.classes where cohort_id = ${cohort.id})`;
	const found = (await one(cohort))!;
	expect(found.meetings.map(({ is_cancelled }) => is_cancelled)).toEqual([true, false]);
	expect([found.classes, found.starts_at]).toEqual([1, found.meetings[1]!.starts_at]);
});

test('a place of the directory is named, but where it is confidential or withdrawn', async () => {
	const cohort = await aCohort(program);
	await sql`update public.cohorts set place_name = 'The hall', place_address = '100 Sample Street' where id = ${cohort.id}`;
	expect((await one(cohort))!.place).toEqual({
		slug: null,
		name: 'The hall',
		address: '100 Sample Street',
		lat: null,
		lng: null
	});
	const place = await aPlace(program, { name: 'A place' });
	await sql`update public.cohorts set location_id = ${place.id} where id = ${cohort.id}`;
	expect((await one(cohort))!.place).toMatchObject({
		slug: place.slug,
		name: place.name,
		lat: expect.any(Number) as number
	});
	const hidden = await aPlace.confidential(program);
	await sql`update public.locations set status = 'withdrawn' where id = ${place.id}`;
	for (const { id } of [place, hidden]) {
		await sql`update public.cohorts set location_id = ${id} where id = ${cohort.id}`;
		expect((await one(cohort))!.place?.name).toBe('The hall');
	}
});

test('nothing is told of anybody', async () => {
	const cohort = await aCohort(program, { capacity: 1 });
	const [person, other] = await people(2);
	for (const each of [person!, other!]) await signUp(cohort, each);
	const text = JSON.stringify([await one(cohort), ours(await all())]);
	expect(text).not.toMatch(/@|s1\./);
	for (const each of [person!, other!]) expect(text).not.toContain(each.id);
});
