/* Where a training's decisions are sent together they are nobody's but the desk's until then; and offers never exceed the seats. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { sealedText } from '../factories/referral.ts';
import { aCaller, CALLERS, eventsOf } from '../factories/staff.ts';
import {
	aCohort,
	anEnrolment,
	enrolment,
	enrolmentsOf,
	forgetTrainings,
	people,
	tally,
	type Cohort
} from '../factories/training.ts';
import { ask, toldOf } from '../factories/training-told.ts';
import { asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let desk: Client;
let crowd: User[];

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('decisions'), await aProgram('decisions-elsewhere')];
	desk = asUser(await aMember(program, 'coordinator'));
	crowd = await people(12);
});
afterAll(() => forgetTrainings(program, elsewhere));

interface Answer {
	ok?: number | string;
	refused?: string;
}
/** A cohort that decides together, and so many who have applied. */
async function applied(count: number, capacity: number): Promise<{ cohort: Cohort; ids: string[] }> {
	const cohort = await aCohort(program, { kind: 'application', capacity });
	await sql`update public.cohorts set decides_together = true where id = ${cohort.id}`;
	const ids: string[] = [];
	for (const person of crowd.slice(0, count)) ids.push(await anEnrolment(cohort, 'applied', { person }));
	return { cohort, ids };
}
const decide = async (id: string, event: string, answer?: string) =>
	ask<Answer>(desk, 'move_enrolment', { enrolment: id, event, version: (await enrolment(id)).version, answer });
const send = (cohort: Cohort, by = desk) => ask<Answer>(by, 'send_decisions', { cohort: cohort.id });
const told = async (ids: string[]) => Promise.all(ids.map(async (id) => (await toldOf(id)).mails));

test('what is decided is kept from the person, and told when it is sent', async () => {
	const { cohort, ids } = await applied(3, 2);
	const words = sealedText();
	const events = ['offer', 'waitlist', 'decline'] as const;
	for (const [n, event] of events.entries())
		expect(await decide(ids[n]!, event, words)).toMatchObject({ ok: 'applied' });
	expect(await told(ids)).toEqual([[], [], []]);
	for (const [n, id] of ids.entries()) {
		const db = asUser(crowd[n]!);
		const { places } = await ask<{ places: { id: string }[] }>(db, 'my_enrolments');
		const place = places.find((each) => each.id === id)!;
		expect(place).toMatchObject({ state: 'applied', answer: null, offered_until: null });
		expect(Object.keys(place)).not.toContain('decision');
		expect(JSON.stringify(place)).not.toContain(words);
		const token = await ask(db, 'make_enrolment_link', { enrolment: id });
		expect(await ask(db, 'enrolment_by_link', { token })).toMatchObject({ state: 'applied' });
		for (const column of ['decision', 'is_shortlisted'] as const)
			expect((await db.from('enrolments').select(column)).error?.code, column).toBe('42501');
	}
	const lines = await ask<{ decision: string | null }[]>(desk, 'roster', { cohort: cohort.id });
	expect(lines.map(({ decision }) => decision)).toEqual([...events]);
	expect(await ask(desk, 'desk_training', { cohort: cohort.id })).toMatchObject({ decided: 3 });

	expect(await send(cohort)).toEqual({ ok: 3, left: 0 });
	// One seat is left for who is put in line.
	expect((await enrolmentsOf(cohort)).map(({ state }) => state)).toEqual(['offered', 'offered', 'declined']);
	expect(await told(ids)).toEqual([['training_offer'], ['training_news', 'training_offer'], ['training_news']]);
	const { places } = await ask<{ places: { id: string; answer: string | null }[] }>(asUser(crowd[2]!), 'my_enrolments');
	expect(places.find(({ id }) => id === ids[2])!.answer).toBe(words);
	expect(await send(cohort), 'again').toEqual({ ok: 0, left: 0 });
});

test('a decision can be another before it is sent; who leaves first takes it with them', async () => {
	const { cohort, ids } = await applied(2, 2);
	await decide(ids[0]!, 'decline', sealedText());
	await decide(ids[0]!, 'offer');
	await decide(ids[1]!, 'offer');
	expect(
		await ask(asUser(crowd[1]!), 'move_enrolment', { enrolment: ids[1]!, event: 'withdraw', version: 2 })
	).toMatchObject({
		ok: 'withdrawn'
	});
	expect(await send(cohort)).toEqual({ ok: 1, left: 0 });
	expect(await tally(cohort)).toEqual({ offered: 1, withdrawn: 1 });
});

describe('sending', () => {
	test('more offers than there are seats sends none', async () => {
		const { cohort, ids } = await applied(3, 2);
		for (const [n, event] of ['offer', 'offer', 'decline'].entries()) await decide(ids[n]!, event);
		await anEnrolment(cohort, 'enrolled');
		expect(await send(cohort)).toEqual({ refused: 'full' });
		expect(await tally(cohort)).toEqual({ applied: 3, enrolled: 1 });
		expect(await told(ids)).toEqual([[], [], []]);
		await decide(ids[1]!, 'waitlist');
		expect(await send(cohort)).toEqual({ ok: 3, left: 0 });
		expect(await tally(cohort)).toEqual({ offered: 1, waitlisted: 1, declined: 1, enrolled: 1 });
	});

	test('a seat that is meant for somebody goes to nobody who is put in line before them', async () => {
		const { cohort, ids } = await applied(3, 1);
		for (const [n, event] of ['waitlist', 'waitlist', 'offer'].entries()) await decide(ids[n]!, event);
		await send(cohort);
		expect((await enrolmentsOf(cohort)).map(({ state }) => state)).toEqual(['waitlisted', 'waitlisted', 'offered']);
	});

	test.each([0, 1, 2, 3, 4])('ten times at once offers each seat once, and tells each once (%i)', async () => {
		const { cohort, ids } = await applied(12, 8);
		for (const [n, id] of ids.entries()) await decide(id, n < 8 ? 'offer' : 'waitlist');
		const answers = await Promise.all(Array.from({ length: 10 }, () => send(cohort)));
		expect(answers.map(({ ok }) => ok).toSorted()).toEqual([...Array<number>(9).fill(0), 12]);
		expect(await tally(cohort)).toEqual({ offered: 8, waitlisted: 4 });
		expect((await told(ids)).map(({ length }) => length)).toEqual(Array(12).fill(1));
	});

	test('is not held up by somebody who mends what they said of themselves', async () => {
		const { cohort, ids } = await applied(12, 12);
		for (const id of ids) await decide(id, 'offer');
		const mend = (id: string, n: number) =>
			ask(asUser(crowd[n]!), 'save_enrolment_details', { enrolment: id, version: 2, details: sealedText() });
		const [sent] = await Promise.all([send(cohort), ...ids.map(mend)]);
		expect(sent).toEqual({ ok: 12, left: 0 });
	});

	test('is for the program’s coordinators and admins, and nothing of a cancelled training is sent', async () => {
		for (const kind of CALLERS) {
			const { cohort, ids } = await applied(1, 1);
			await decide(ids[0]!, 'offer');
			const { db, user } = await aCaller(kind, program, elsewhere);
			const isStaff = kind === 'a coordinator' || kind === 'an admin';
			if (!user) expect((await db.rpc('send_decisions', { cohort: cohort.id })).error?.code).toBe('42501');
			else expect(await send(cohort, db), kind).toEqual(isStaff ? { ok: 1, left: 0 } : { refused: 'not_allowed' });
			expect((await enrolment(ids[0]!)).state, kind).toBe(isStaff ? 'offered' : 'applied');
			if (!user) continue;
			const audited = (await eventsOf(program, 'cohort.decided')).filter(({ actor_id }) => actor_id === user.id);
			expect(audited, kind).toMatchObject([{ outcome: isStaff ? 'done' : 'refused' }]);
		}
		const { cohort, ids } = await applied(1, 1);
		await decide(ids[0]!, 'offer');
		await ask(desk, 'move_cohort', { cohort: cohort.id, event: 'cancel', version: 1 });
		expect(await send(cohort)).toEqual({ ok: 0, left: 1 });
		expect(await told(ids)).toEqual([['training_cancelled']]);
	});
});
