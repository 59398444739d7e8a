/* Classes, questions, news and links: what is refused, and nothing made twice. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { eventsOf } from '../factories/staff.ts';
import { aCohort, forgetTrainings, type Cohort } from '../factories/training.ts';
import { ask } from '../factories/training-told.ts';
import { asAnonymous, asUser, sql, type Client } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let desk: Client;

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('classes'), await aProgram('classes-elsewhere')];
	desk = asUser(await aMember(program, 'coordinator'));
});
afterAll(() => forgetTrainings(program, elsewhere));

interface Answer {
	ok?: number;
	refused?: string;
}
const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const lesson = (days: number, given: Record<string, unknown> = {}) => ({
	...{ id: randomUUID(), starts_at: at(days), ends_at: at(days + 0.1), topic: '' },
	...given
});
const add = (cohort: Cohort, ...given: object[]) => ask<Answer>(desk, 'add_classes', { cohort: cohort.id, given });
const save = (id: string, given: object, sequence = 0) =>
	ask<Answer>(desk, 'save_class', { class: id, given, sequence });
const classesOf = async ({ id }: Cohort) => [
	...(await sql<{ id: string; sequence: number; cancelled_at: Date | null }[]>`
		select id, sequence, cancelled_at from public.classes where cohort_id = ${id} order by starts_at`)
];

describe('adding classes', () => {
	test('sent ten times at once they are there once', async () => {
		const cohort = await aCohort(program, { classes: [] });
		const given = [lesson(10), lesson(17), lesson(24)];
		const answers = await Promise.all(Array.from({ length: 10 }, () => add(cohort, ...given)));
		expect(answers.map(({ ok }) => ok).toSorted()).toEqual([...Array<number>(9).fill(0), 3]);
		expect((await classesOf(cohort)).map(({ id }) => id)).toEqual(given.map(({ id }) => id));
	});

	test('one that overlaps is refused with all that came beside it, also of two at once', async () => {
		const cohort = await aCohort(program, { classes: [] });
		expect(await add(cohort, lesson(10), lesson(10.05))).toEqual({ refused: 'overlap' });
		expect(await classesOf(cohort)).toEqual([]);
		const answers = await Promise.all([
			add(cohort, lesson(10)),
			add(cohort, lesson(10.05)),
			add(cohort, lesson(10.09))
		]);
		expect(answers.filter(({ ok }) => ok === 1)).toHaveLength(1);
		expect(answers.filter(({ refused }) => refused === 'overlap')).toHaveLength(2);
		const [kept] = await classesOf(cohort);
		const other = lesson(12);
		await add(cohort, other);
		expect(await save(other.id, lesson(10.05))).toEqual({ refused: 'overlap' });
		expect(await save(kept!.id, lesson(10.05, { is_cancelled: true }))).toEqual({ ok: 1 });
		expect(await save(other.id, lesson(10.05)), 'beside one that is called off').toEqual({ ok: 1 });
		expect(await save(kept!.id, lesson(10.05), 1), 'which is not put back then').toEqual({ refused: 'overlap' });
	});

	test('past ones, and more than a hundred, are refused; sixty sent twice are not more than a hundred', async () => {
		const cohort = await aCohort(program, { classes: [] });
		expect(await add(cohort, lesson(10), lesson(-0.01))).toEqual({ refused: 'past' });
		const sixty = Array.from({ length: 60 }, (_, n) => lesson(10 + n));
		expect([await add(cohort, ...sixty), await add(cohort, ...sixty)]).toEqual([{ ok: 60 }, { ok: 0 }]);
		const more = Array.from({ length: 41 }, (_, n) => lesson(100 + n));
		expect(await add(cohort, ...more)).toEqual({ refused: 'too_many' });
		expect(await add(cohort, ...more.slice(1))).toEqual({ ok: 40 });
	});

	test('none is added to what is over, and a class’s id is its own', async () => {
		for (const state of ['finished', 'cancelled'] as const)
			expect(await add(await aCohort(program, { state }), lesson(50))).toEqual({ refused: 'not_possible' });
		const [theirs] = await classesOf(await aCohort(elsewhere));
		const cohort = await aCohort(program, { classes: [] });
		expect(await add(cohort, lesson(10, { id: theirs!.id }))).toEqual({ ok: 0 });
		expect(await save(theirs!.id, lesson(10))).toEqual({ refused: 'not_allowed' });
		expect(await save(randomUUID(), lesson(10))).toEqual({ refused: 'not_allowed' });
	});

	test.each([[{ ends_at: at(9) }], [{ ends_at: at(11.2) }], [{ topic: 'a'.repeat(201) }], [{ starts_at: null }]])(
		'%j is refused by the database itself',
		async (given) => {
			const cohort = await aCohort(program, { classes: [] });
			const wrong = { cohort: cohort.id, given: [lesson(10, given)] as never };
			expect((await desk.rpc('add_classes', wrong)).error?.code).toMatch(/^235|^22/);
			expect(await classesOf(cohort)).toEqual([]);
		}
	);
});

test('a class of a draft that is called off was never there; of another it is told', async () => {
	const [draft, open] = [await aCohort(program, { state: 'draft' }), await aCohort(program)];
	for (const cohort of [draft, open]) {
		const { id } = (await classesOf(cohort))[0]!;
		expect(await save(id, lesson(40, { is_cancelled: true }))).toHaveProperty('ok');
		expect((await classesOf(cohort)).map(({ cancelled_at }) => cancelled_at !== null)).toEqual(
			cohort === open ? [true] : []
		);
	}
	const { id } = (await classesOf(open))[0]!;
	expect(await save(id, lesson(-1), 1)).toEqual({ refused: 'past' });
	expect(await save(id, lesson(41), 0)).toEqual({ refused: 'stale' });
	expect(await save(id, lesson(41), 1), 'put back').toEqual({ ok: 2 });
	await sql`update public.cohorts set state = 'finished' where id = ${open.id}`;
	expect(await save(id, lesson(42), 2)).toEqual({ refused: 'not_possible' });
});

describe('questions', () => {
	const question = (given: Record<string, unknown> = {}) => ({
		id: randomUUID(),
		kind: 'short',
		label: 'Why?',
		...given
	});
	const put = (cohort: Cohort, questions: object[], version: number) =>
		ask<Answer>(desk, 'save_questions', { cohort: cohort.id, questions, version });

	test('replace those before, in their order, once', async () => {
		const cohort = await aCohort(program, { kind: 'application' });
		const given = [question({ label: 'One' }), question({ label: 'Two' })];
		expect(await put(cohort, given, 1)).toEqual({ ok: 2 });
		expect(await put(cohort, given, 1)).toEqual({ refused: 'stale' });
		expect(await put(cohort, given.toReversed(), 2)).toEqual({ ok: 3 });
		const { data } = await asAnonymous()
			.from('cohort_questions')
			.select('label')
			.eq('cohort_id', cohort.id)
			.order('position');
		expect(data!.map(({ label }) => label)).toEqual(['Two', 'One']);
		expect(
			await put(
				cohort,
				Array.from({ length: 41 }, () => question()),
				3
			)
		).toEqual({ refused: 'too_many' });
		for (const state of ['running', 'finished', 'cancelled'] as const)
			expect(await put(await aCohort(program, { state }), given, 1)).toEqual({ refused: 'not_possible' });
	});

	test.each([
		[{ kind: 'choice', options: ['One'] }],
		[{ kind: 'short', options: ['One', 'Two'] }],
		[{ label: '' }],
		[{ longest: 5 }],
		[{ kind: 'invented' }]
	])('%j is refused by the database itself', async (given) => {
		const cohort = await aCohort(program, { kind: 'application' });
		const wrong = { cohort: cohort.id, questions: [question(given)] as never, version: 1 };
		expect((await desk.rpc('save_questions', wrong)).error?.code).toMatch(/^23514|^22P02/);
	});
});

describe.each([
	['save_training_post', 'post', 'training_posts', { title: 'News', body: 'Something new' }, { body: '' }],
	[
		'save_training_link',
		'link',
		'training_links',
		{ title: 'One', url: 'https://one.example' },
		{ url: 'javascript:alert(1)' }
	]
] as const)('%s', (name, key, table, good, bad) => {
	const put = (id: string, given: object | null, version: number, by = desk, into = program) =>
		ask<Answer>(by, name, { program: into.id, [key]: id, given, version });

	test('makes one, changes it, takes it away, each once', async () => {
		const id = randomUUID();
		expect([await put(id, good, 0), await put(id, good, 0)]).toEqual([{ ok: 1 }, { refused: 'stale' }]);
		expect(await put(id, { ...good, title: 'Two' }, 1)).toEqual({ ok: 2 });
		const { data } = await asAnonymous().from(table).select('title, version').eq('id', id);
		expect(data).toEqual([{ title: 'Two', version: 2 }]);
		expect([await put(id, null, 2), await put(id, null, 2)]).toEqual([{ ok: 3 }, { refused: 'stale' }]);
		expect((await asAnonymous().from(table).select('id').eq('id', id)).data).toEqual([]);
		const { error } = await desk.rpc(
			name as 'whoami',
			{ program: program.id, [key]: id, given: { ...good, ...bad }, version: 0 } as never
		);
		expect(error?.code).toBe('23514');
	});

	test('never one of another program, which is audited', async () => {
		const own = await aProgram('classes-audit');
		const by = asUser(await aMember(own, 'coordinator'));
		const id = randomUUID();
		await put(id, good, 0);
		for (const given of [good, null]) expect(await put(id, given, 1, by, own)).toEqual({ refused: 'not_allowed' });
		expect(await put(id, good, 1, by), 'in their name').toEqual({ refused: 'not_allowed' });
		if (key === 'post') {
			const theirs = await aCohort(program);
			expect(await put(randomUUID(), { ...good, cohort_id: theirs.id }, 0, by, own)).toEqual({
				refused: 'not_allowed'
			});
		}
		const audited = await eventsOf(own, name === 'save_training_post' ? 'training.post_saved' : 'training.link_saved');
		expect(audited.map(({ outcome }) => outcome)).toEqual(Array(key === 'post' ? 3 : 2).fill('refused'));
		await forgetTrainings(own);
	});
});
