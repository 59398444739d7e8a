/* Trainings as coordinators make them: what is refused and audited, and nothing made twice. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DeskCohort } from '../../src/lib/training/desk/cohort.server.ts';
import { aPlace } from '../factories/place.ts';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { eventsAbout } from '../factories/staff.ts';
import { aCohort, anEnrolment, forgetTrainings, people, signUp, tally } from '../factories/training.ts';
import { ask } from '../factories/training-told.ts';
import { asUser, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let coordinator: User;
let desk: Client;

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('desk'), await aProgram('desk-elsewhere')];
	coordinator = await aMember(program, 'coordinator');
	desk = asUser(coordinator);
});
afterAll(() => forgetTrainings(program, elsewhere));

interface Answer {
	ok?: number | string;
	slug?: string;
	offered?: number;
	refused?: string;
}
const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const form = (given: Record<string, unknown> = {}) => ({
	...{
		slug: `training-${randomUUID()}`,
		kind: 'application',
		title: 'Winter training',
		summary: '',
		about: '',
		who_for: ''
	},
	...{
		cost: '',
		support: '',
		joining: '',
		area_id: null,
		capacity: 12,
		offer_days: 5,
		opens_at: null,
		closes_at: null
	},
	...{
		place_slug: '',
		place_name: '',
		place_address: '',
		is_online: true,
		practicum_hours: 0,
		rubric: [],
		reviewers: 1
	},
	...{ has_shortlist: false, decides_together: false },
	...given
});
const save = (cohort: string, given: Record<string, unknown>, version = 0, by = desk, into = program) =>
	ask<Answer>(by, 'save_cohort', { program: into.id, cohort, given, version });
const move = (cohort: string, event: string, version: number, by = desk) =>
	ask<Answer>(by, 'move_cohort', { cohort, event, version });
const read = (cohort: string) => ask<Record<string, unknown>>(desk, 'desk_training', { cohort });

describe('saving a cohort', () => {
	test('makes a draft with everything that its form has, and the same form again makes no other', async () => {
		const id = randomUUID();
		const place = await aPlace(program, { name: 'A hall' });
		const given = form({
			...{ summary: 'Short', about: 'Long', who_for: 'All', cost: 'Free', support: 'Food', joining: 'Ring twice' },
			...{ opens_at: at(1), closes_at: at(20), place_slug: place.slug, rubric: ['Listens', 'Is kind'], reviewers: 2 }
		});
		expect(await save(id, given)).toEqual({ ok: 1, slug: given.slug, offered: 0 });
		expect(await save(id, given)).toEqual({ refused: 'stale' });
		const found = DeskCohort.parse(await read(id));
		const { slug, opens_at, closes_at, ...plain } = given as unknown as Record<string, unknown> & typeof given;
		expect(found).toMatchObject({ ...plain, slug, state: 'draft', version: 1, announced_at: null });
		expect([found.opens_at, found.closes_at].map((day) => Date.parse(day!))).toEqual(
			[opens_at, closes_at].map((day) => Date.parse(day as unknown as string))
		);
		expect(await save(id, { ...given, title: 'Spring training' }, 1)).toMatchObject({ ok: 2, slug: given.slug });
	});

	test('of ten at once with one id there is one, and ten titles that are alike get addresses of their own', async () => {
		const [id, slug] = [randomUUID(), `alike-${randomUUID().slice(0, 8)}`];
		const same = await Promise.all(Array.from({ length: 10 }, () => save(id, form({ slug }))));
		expect(same.filter(({ ok }) => ok)).toHaveLength(1);
		expect(same.filter(({ refused }) => refused === 'stale')).toHaveLength(9);
		const slugs = await Promise.all(
			Array.from({ length: 9 }, async () => (await save(randomUUID(), form({ slug }))).slug)
		);
		expect(slugs.toSorted()).toEqual(Array.from({ length: 9 }, (_, n) => `${slug}-${n + 2}`).toSorted());
	});

	test('a long title is cut where it may be, and none has the address of another page', async () => {
		const slug = `${'a'.repeat(89)}-b`;
		expect((await save(randomUUID(), form({ slug }))).slug).toMatch(/^a{89}(-\d+)?$/);
		expect((await save(randomUUID(), form({ slug: 'notify' }))).slug).toMatch(/^notify-\d+$/);
	});

	test('takes questions over from a cohort of the same program alone', async () => {
		const questions = [
			{
				id: randomUUID(),
				kind: 'choice',
				label: 'Which?',
				hint: 'One',
				is_required: false,
				options: ['A', 'B'],
				longest: 50
			},
			{ id: randomUUID(), kind: 'long', label: 'Why?', hint: '', is_required: true, options: [], longest: 900 }
		];
		const theirs = await aCohort(elsewhere, { kind: 'application' });
		const ours = await aCohort(program, { kind: 'application' });
		const admin = asUser(await aMember(elsewhere, 'admin'));
		for (const [by, { id }] of [[desk, ours] as const, [admin, theirs] as const])
			expect(
				await ask(by, 'save_questions', {
					...{ cohort: id, version: 1 },
					questions: questions.map((question) => ({ ...question, id: randomUUID() }))
				})
			).toEqual({ ok: 2 });
		const [copy, none] = [randomUUID(), randomUUID()];
		await save(copy, form({ copy_of: ours.id }));
		await save(none, form({ copy_of: theirs.id }));
		const copied = (await read(copy)).questions as typeof questions;
		expect(copied).toEqual(questions.map((question) => ({ ...question, id: expect.any(String) as string })));
		expect((await read(none)).questions).toEqual([]);
	});

	test('is refused with its reason, which is audited, and changes nothing', async () => {
		const { id } = await aCohort(program, { kind: 'application' });
		await anEnrolment({ id, program }, 'applied');
		const before = await read(id);
		const hidden = await aPlace.confidential(program);
		const refusals: [Record<string, unknown>, number, string][] = [
			[{}, 7, 'stale'],
			[{ kind: 'open_sign_up' }, 1, 'kind'],
			[{ place_slug: 'nowhere' }, 1, 'place'],
			[{ place_slug: hidden.slug }, 1, 'place'],
			[{ opens_at: at(3), closes_at: at(3) }, 1, 'dates']
		];
		for (const [given, version, refused] of refusals) expect(await save(id, form(given), version)).toEqual({ refused });
		expect(await read(id)).toEqual(before);
		expect((await eventsAbout(id)).map(({ outcome, details }) => [outcome, details.why])).toEqual(
			refusals.map(([, , why]) => ['refused', why])
		);
		const gone = randomUUID();
		expect(await save(gone, form(), 3), 'removed meanwhile').toEqual({ refused: 'stale' });
		for (const state of ['finished', 'cancelled'] as const) {
			const over = await aCohort(program, { state });
			expect(await save(over.id, form(), 1)).toEqual({ refused: 'not_possible' });
		}
		const theirs = await aCohort(elsewhere);
		expect(await save(theirs.id, form(), 1)).toEqual({ refused: 'not_allowed' });
	});

	test('gives more seats to the line', async () => {
		const cohort = await aCohort(program, { capacity: 1 });
		for (const person of await people(4)) await signUp(cohort, person);
		expect(await save(cohort.id, form({ kind: 'open_sign_up', capacity: 3 }), 1)).toMatchObject({ ok: 2, offered: 2 });
		expect(await tally(cohort)).toEqual({ enrolled: 1, offered: 2, waitlisted: 1 });
	});

	test.each([
		[{ title: '' }],
		[{ title: 'a'.repeat(151) }],
		[{ capacity: -1 }],
		[{ capacity: 1001 }],
		[{ offer_days: 0 }],
		[{ offer_days: 31 }],
		[{ reviewers: 3 }],
		[{ practicum_hours: 2001 }],
		[{ rubric: Array<string>(11).fill('a') }],
		[{ joining: 'a'.repeat(2001) }],
		[{ slug: 'Not a slug' }]
	])('%j is refused by the database itself', async (given) => {
		const id = randomUUID();
		const { error } = await desk.rpc('save_cohort', {
			program: program.id,
			cohort: id,
			given: form(given),
			version: 0
		});
		expect(error?.code).toBe('23514');
		expect(await read(id)).toBeNull();
	});
});

describe('moving a cohort on', () => {
	test.each([
		...[
			['publish', 'draft', 'announced'] as const,
			['open', 'announced', 'open'] as const,
			['open', 'closed', 'open'] as const
		],
		...[
			['close', 'open', 'closed'] as const,
			['close', 'announced', 'closed'] as const,
			['remove', 'draft', 'removed'] as const
		],
		...(['announced', 'open', 'closed', 'running'] as const).map((state) => ['cancel', state, 'cancelled'] as const)
	])('%s of one that is %s', async (event, state, ok) => {
		const { id } = await aCohort(program, { state });
		const answers = await Promise.all([move(id, event, 1), move(id, event, 1)]);
		expect(answers.find((answer) => answer.ok)).toEqual({ ok });
		expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
		expect(answers.find(({ refused }) => refused)!.refused).toBe(event === 'remove' ? 'not_allowed' : 'stale');
	});

	test('what is not in that list is not possible, for whatever state', async () => {
		const possible = [
			'publish draft',
			'remove draft',
			'open announced',
			'open closed',
			'close announced',
			'close open'
		];
		for (const state of ['draft', 'announced', 'open', 'closed', 'running', 'finished', 'cancelled'] as const)
			for (const event of ['publish', 'open', 'close', 'cancel', 'remove', 'finish', ''] as const) {
				const isOn = ['announced', 'open', 'closed', 'running'].includes(state);
				if (possible.includes(`${event} ${state}`) || (event === 'cancel' && isOn)) continue;
				const { id } = await aCohort(program, { state });
				expect(await move(id, event, 1), `${event} ${state}`).toEqual({ refused: 'not_possible' });
			}
	});

	test('nothing that has begun is published or opened, nor published after its last day', async () => {
		const refused = { refused: 'past' };
		expect(await move((await aCohort(program, { state: 'draft', classes: [-1] })).id, 'publish', 1)).toEqual(refused);
		expect(await move((await aCohort(program, { state: 'closed', classes: [-1] })).id, 'open', 1)).toEqual(refused);
		expect(await move((await aCohort(program, { state: 'draft', closes_at: at(-1) })).id, 'publish', 1)).toEqual(
			refused
		);
	});

	test('what was planned no longer holds where it is opened by hand; the line is offered what is free', async () => {
		const cohort = await aCohort(program, { state: 'closed', closes_at: at(-1), capacity: 1 });
		await anEnrolment(cohort, 'waitlisted');
		expect(await move(cohort.id, 'open', 1)).toEqual({ ok: 'open' });
		expect(await read(cohort.id)).toMatchObject({ state: 'open', closes_at: null, offered: 1 });
		const early = await aCohort(program, { state: 'announced', opens_at: at(5) });
		await move(early.id, 'open', 1);
		expect(Date.parse((await read(early.id)).opens_at as string)).toBeLessThanOrEqual(Date.now() + 1000);
		const open = await aCohort(program, { state: 'draft', opens_at: at(-5) });
		expect(await move(open.id, 'publish', 1)).toEqual({ ok: 'open' });
	});
});
