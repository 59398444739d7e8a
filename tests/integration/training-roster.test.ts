/* Who is in a training, as its coordinators work with them: reading, notes, reviews, attendance, the end, messages. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { sealedText } from '../factories/referral.ts';
import { aCaller, CALLERS, eventsAbout } from '../factories/staff.ts';
import { aCohort, anEnrolment, enrolment, forgetTrainings, people, tally, type Cohort } from '../factories/training.ts';
import { ask, mailsOf, toldOf } from '../factories/training-told.ts';
import { asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let coordinator: User;
let desk: Client;
let crowd: User[];

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('roster'), await aProgram('roster-elsewhere')];
	coordinator = await aMember(program, 'coordinator');
	desk = asUser(coordinator);
	crowd = await people(6);
});
afterAll(() => forgetTrainings(program, elsewhere));

interface Line {
	id: string;
	state: string;
	reviews: number;
	scores: number[][];
	attendance: Record<string, boolean>;
	is_shortlisted: boolean;
	practicum_hours: number;
	notes: { author: string | null; mine: boolean; words: string; is_review: boolean; scores: number[] | null }[];
	steps: { event: string }[];
}
const roster = (cohort: Cohort, by = desk) => ask<Line[] | null>(by, 'roster', { cohort: cohort.id });
const read = (id: string, by = desk) => ask<Line | null>(by, 'read_enrolment', { enrolment: id });
const note = (id: string, given: Record<string, unknown> = {}, by = desk) =>
	ask(by, 'save_enrolment_note', { enrolment: id, note: randomUUID(), words: sealedText(), ...given });
const audits = async (subject: string) =>
	(await eventsAbout(subject)).map(({ event, outcome }) => `${event} ${outcome}`);

describe('each function is for the program’s coordinators and admins', () => {
	const CALLS: [name: string, about: 'cohort' | 'enrolment', event: string, given: object, refused: unknown][] = [
		['roster', 'cohort', 'cohort.read', {}, null],
		['roster', 'cohort', 'cohort.exported', { as_file: true }, null],
		['read_enrolment', 'enrolment', 'enrolment.read', {}, null],
		['save_enrolment_note', 'enrolment', 'enrolment.noted', { words: sealedText() }, { refused: 'not_found' }],
		['mark_enrolment', 'enrolment', 'enrolment.noted', { given: { is_shortlisted: true } }, { refused: 'not_found' }],
		['save_attendance', 'cohort', 'cohort.attended', { present: [], shown: [] }, { refused: 'not_allowed' }],
		[
			'complete_enrolments',
			'cohort',
			'enrolment.moved',
			{ completed: [], not_completed: [] },
			{ refused: 'not_allowed' }
		]
	];
	test.each(CALLS)('%s of a %s: %s', async (name, about, event, given, refused) => {
		for (const kind of CALLERS) {
			const { db, user } = await aCaller(kind, program, elsewhere);
			const cohort = await aCohort(program, { state: 'running', classes: [-1] });
			const id = await anEnrolment(cohort, 'enrolled', { person: crowd[0]! });
			const [lesson] = await sql<{ id: string }[]>`select id from public.classes where cohort_id = ${cohort.id}`;
			const subject = about === 'cohort' ? cohort.id : id;
			const key = name === 'save_attendance' ? { class: lesson!.id } : { [about]: subject };
			const extra = name === 'save_enrolment_note' ? { note: randomUUID() } : {};
			const { data, error } = await db.rpc(name as 'whoami', { ...key, ...extra, ...given } as never);
			const isStaff = kind === 'a coordinator' || kind === 'an admin';
			if (!user) {
				expect(error?.code).toBe('42501');
				continue;
			}
			if (isStaff) expect(data, kind).not.toEqual(refused);
			else expect(data, kind).toEqual(refused);
			// What completes nobody has nothing to say.
			const done = name === 'complete_enrolments' ? [] : [`${event} done`];
			expect(await audits(subject), kind).toEqual(isStaff ? done : [`${event} refused`]);
		}
	});

	test('a person reads nothing of the desk’s about themselves', async () => {
		const id = await anEnrolment(await aCohort(program), 'enrolled', { person: crowd[0]! });
		expect(await read(id, asUser(crowd[0]!))).toBeNull();
		expect(await note(id, {}, asUser(crowd[0]!))).toEqual({ refused: 'not_found' });
		expect(await read(randomUUID())).toBeNull();
		expect(await note(randomUUID())).toEqual({ refused: 'not_found' });
	});
});

test('the roster is in the order of the line, and one line has everything of somebody', async () => {
	const cohort = await aCohort(program, { capacity: 2 });
	const ids = [
		await anEnrolment(cohort, 'enrolled', { person: crowd[0]! }),
		await anEnrolment(cohort, 'waitlisted', { person: crowd[1]! }),
		await anEnrolment(cohort, 'waitlisted')
	];
	const lines = await roster(cohort);
	expect(lines!.map(({ id }) => id)).toEqual(ids);
	expect(lines).toMatchObject([
		{
			state: 'enrolled',
			place: null,
			email: crowd[0]!.email,
			mail_failed: false,
			attendance: {},
			calls: [],
			reviews: 0
		},
		{ state: 'waitlisted', place: 1, email: crowd[1]!.email },
		{ state: 'waitlisted', place: 2, email: null }
	]);
});

describe('reviews', () => {
	async function anApplication(given: { reviewers?: number; rubric?: string[] } = {}) {
		const cohort = await aCohort(program, { kind: 'application' });
		const { reviewers = 2, rubric = ['Listens', 'Is kind'] } = given;
		await sql`update public.cohorts set reviewers = ${reviewers}, rubric = ${rubric} where id = ${cohort.id}`;
		return { cohort, id: await anEnrolment(cohort, 'applied', { person: crowd[0]! }) };
	}
	const review = (id: string, by: Client, scores: (number | null)[] | null = [4, 3]) =>
		note(id, { is_review: true, scores }, by);

	test('the first one’s words and points are shown to nobody who has not written their own', async () => {
		const { cohort, id } = await anApplication();
		const [first, second] = [desk, asUser(await aMember(program, 'admin'))];
		await note(id, {}, first);
		expect(await review(id, first)).toEqual({ ok: true });
		const seen = async (by: Client) => {
			const line = (await read(id, by))!;
			const [onRoster] = (await roster(cohort, by))!;
			expect(onRoster!.scores).toEqual(line.scores);
			return [line.reviews, line.scores, line.notes.filter(({ is_review }) => is_review).map(({ mine }) => mine)];
		};
		expect((await read(id, second))!.notes, 'a note is for all').toHaveLength(1);
		expect([await seen(first), await seen(second)]).toEqual([
			[1, [[4, 3]], [true]],
			[1, [], []]
		]);
		await review(id, second, [1, 1]);
		expect(await seen(second)).toEqual([
			2,
			expect.arrayContaining([
				[4, 3],
				[1, 1]
			]),
			expect.arrayContaining([true, false])
		]);
	});

	test('there is one a person, also from two tabs at once, and the last holds', async () => {
		const { id } = await anApplication({ reviewers: 1 });
		const answers = await Promise.all(Array.from({ length: 6 }, () => review(id, desk)));
		expect(answers).toEqual(Array(6).fill({ ok: true }));
		await review(id, desk, [2, 2]);
		const { notes, reviews, scores } = (await read(id))!;
		expect([notes.length, reviews, scores]).toEqual([1, 1, [[2, 2]]]);
	});

	test('points are one of 1 to 4 for each line, or none at all', async () => {
		const { id } = await anApplication();
		for (const scores of [[4], [4, 3, 2], [0, 3], [5, 3], [], [null, 3]])
			expect(await review(id, desk, scores), JSON.stringify(scores)).toEqual({ refused: 'scores' });
		expect(await note(id, { scores: [4, 3] }), 'of a note').toEqual({ refused: 'scores' });
		expect(await review(id, desk, null)).toEqual({ ok: true });
	});

	test('nothing is decided before so many have read it, but it can be left', async () => {
		const { id } = await anApplication();
		const decide = (event: string, by = desk) => ask(by, 'move_enrolment', { enrolment: id, event, version: 1 });
		await review(id, desk);
		for (const event of ['offer', 'waitlist', 'decline'])
			expect(await decide(event), event).toMatchObject({ refused: 'unreviewed' });
		await review(id, asUser(await aMember(program, 'coordinator')));
		expect(await decide('offer')).toMatchObject({ ok: 'offered' });
		const other = await anApplication();
		expect(
			await ask(asUser(crowd[0]!), 'move_enrolment', { enrolment: other.id, event: 'withdraw', version: 1 })
		).toMatchObject({
			ok: 'withdrawn'
		});
	});

	test('a note sent twice is one, and what is not sealed is none', async () => {
		const { id } = await anApplication();
		const given = { note: randomUUID(), words: sealedText() };
		await Promise.all([note(id, given), note(id, given), note(id, given)]);
		expect((await read(id))!.notes).toMatchObject([{ mine: true, words: given.words, is_review: false }]);
		const open = { enrolment: id, note: randomUUID(), words: 'Sam is nice' };
		expect((await desk.rpc('save_enrolment_note', open)).error?.code).toBe('23514');
	});
});

test('marks: a short list, and hours of practice from 0 to 2000', async () => {
	const cohort = await aCohort(program);
	const id = await anEnrolment(cohort, 'enrolled');
	const mark = (given: object) => ask(desk, 'mark_enrolment', { enrolment: id, given });
	expect(await mark({ is_shortlisted: true })).toEqual({ ok: true });
	expect(await mark({ practicum_hours: 12.5 })).toEqual({ ok: true });
	for (const practicum_hours of [-1, 2000.01, 'NaN'])
		expect(await mark({ practicum_hours })).toEqual({ refused: 'hours' });
	expect(await read(id)).toMatchObject({ is_shortlisted: true, practicum_hours: 12.5, version: 1 });
});

describe('who was there', () => {
	test('is written down of those with a seat, and mended', async () => {
		const cohort = await aCohort(program, { state: 'running', classes: [-1, 6] });
		const [one, two] = [await anEnrolment(cohort, 'enrolled'), await anEnrolment(cohort, 'completed')];
		const left = await anEnrolment(cohort, 'withdrawn');
		const stranger = await anEnrolment(await aCohort(program), 'enrolled');
		const [past, ahead] = (
			await sql<{ id: string }[]>`select id from public.classes where cohort_id = ${cohort.id} order by starts_at`
		).map(({ id }) => id);
		const save = (id: string, present: string[], shown = [one, two, left, stranger]) =>
			ask(desk, 'save_attendance', { class: id, present, shown });
		expect(await save(past!, [one, left, stranger])).toEqual({ ok: 1 });
		const seen = async () => (await roster(cohort))!.map(({ attendance }) => attendance[past!]);
		expect(await seen()).toEqual([true, false, undefined]);
		expect(await save(past!, [two])).toEqual({ ok: 1 });
		expect(await seen()).toEqual([false, true, undefined]);
		expect(await save(past!, [], [one]), 'who was not on the list when it was opened').toEqual({ ok: 1 });
		expect(await seen()).toEqual([false, true, undefined]);
		expect(await save(ahead!, [one])).toEqual({ refused: 'too_early' });
		expect(await save(randomUUID(), [one])).toEqual({ refused: 'not_allowed' });
	});

	test('and in the end who has completed it, each told once', async () => {
		const cohort = await aCohort(program, { state: 'running', classes: [-1, 6] });
		const [one, two, three] = await Promise.all(
			crowd.slice(0, 3).map((person) => anEnrolment(cohort, 'enrolled', { person }))
		);
		const left = await anEnrolment(cohort, 'withdrawn');
		const stranger = await anEnrolment(await aCohort(program, { state: 'running', classes: [-1] }), 'enrolled');
		const end = (completed: string[], not_completed: string[], of = cohort) =>
			ask(desk, 'complete_enrolments', { cohort: of.id, completed, not_completed });
		expect(await end([one!, left, stranger], [two!])).toEqual({ ok: 2 });
		expect(await end([one!, left, stranger], [two!])).toEqual({ ok: 0 });
		expect(await tally(cohort)).toEqual({ completed: 1, not_completed: 1, enrolled: 1, withdrawn: 1 });
		expect((await enrolment(stranger)).state).toBe('enrolled');
		expect((await toldOf(one!)).mails).toEqual(['training_completed']);
		expect([await toldOf(two!), await toldOf(three!)].map(({ mails }) => mails)).toEqual([[], []]);
		expect(await end([two!], [one!])).toEqual({ ok: 2 });
		const early = await aCohort(program);
		expect(await end([await anEnrolment(early, 'enrolled')], [], early)).toEqual({ refused: 'not_begun' });
	});
});

describe('a message', () => {
	const send = (cohort: Cohort, message: string, given: { states?: string[]; words?: string } = {}) =>
		ask(desk, 'message_cohort', { cohort: cohort.id, message, states: ['enrolled'], words: 'Bring a cup.', ...given });

	test('goes once to each who is in one of these states, whatever the form says the second time', async () => {
		const cohort = await aCohort(program);
		const states = ['enrolled', 'enrolled', 'waitlisted', 'withdrawn'] as const;
		const ids = await Promise.all(states.map((state, n) => anEnrolment(cohort, state, { person: crowd[n]! })));
		const rung = await anEnrolment(cohort, 'enrolled');
		const message = randomUUID();
		const answers = await Promise.all(Array.from({ length: 5 }, () => send(cohort, message)));
		expect(answers).toEqual(Array(5).fill({ ok: 3 }));
		expect(await send(cohort, message, { states: ['waitlisted'], words: 'Something else' })).toEqual({ ok: 3 });
		const told = await Promise.all(
			ids.map(async (id) => (await mailsOf(id)).map(({ kind, data }) => [kind, data.words]))
		);
		const one = ['training_message', 'Bring a cup.'];
		expect(told).toEqual([[one], [one], [], []]);
		expect((await toldOf(rung)).calls).toEqual(['training_message']);
		const seen = async (person: User) =>
			(await ask<{ places: { id: string; messages: { words: string }[] }[] }>(asUser(person), 'my_enrolments')).places
				.find(({ id }) => ids.includes(id))!
				.messages.map(({ words }) => words);
		expect([await seen(crowd[0]!), await seen(crowd[2]!)]).toEqual([['Bring a cup.'], []]);
	});

	test('is refused where it is empty, too long, or to nobody', async () => {
		const cohort = await aCohort(program);
		const id = await anEnrolment(cohort, 'enrolled', { person: crowd[0]! });
		for (const given of [{ words: '' }, { words: ' \n ' }, { states: [] }])
			expect(await send(cohort, randomUUID(), given)).toEqual({ refused: 'empty' });
		expect(await send(cohort, randomUUID(), { words: 'a'.repeat(1501) })).toEqual({ refused: 'too_long' });
		expect(await send(cohort, randomUUID(), { words: '€'.repeat(1500) })).toEqual({ ok: 1 });
		expect((await toldOf(id)).mails).toHaveLength(1);
		const other = await aCohort(program);
		await anEnrolment(other, 'enrolled', { person: crowd[0]! });
		const message = randomUUID();
		await send(cohort, message);
		expect(await send(other, message), 'another’s id').toEqual({ ok: 0 });
	});
});
