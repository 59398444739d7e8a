/* Applications that are not sent yet: one's own alone, one of each, whatever two tabs do, and none once it is sent. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { sealedText } from '../factories/referral.ts';
import { aCohort, forgetTrainings, people, signUp, type Cohort } from '../factories/training.ts';
import { ask } from '../factories/training-told.ts';
import { asAnonymous, asUser, sql, type User } from '../support/database.ts';

let program: Program;
let cohort: Cohort;

beforeAll(async () => {
	program = await aProgram('drafts');
	cohort = await aCohort(program, { kind: 'application' });
});
afterAll(() => forgetTrainings(program));

interface Draft {
	id: string;
	contents: string;
}
const save = (person: User, id: string, contents = sealedText(), into = cohort) =>
	ask<{ ok?: string; use?: string; refused?: string }>(asUser(person), 'save_application', {
		cohort: into.id,
		draft: id,
		contents
	});
const read = (person: User) => ask<Draft | null>(asUser(person), 'my_application', { cohort: cohort.id });
const drafts = async (person: User) =>
	(await ask<{ drafts: { id: string; slug: string; title: string }[] }>(asUser(person), 'my_enrolments')).drafts;

test('is one’s own', async () => {
	const [person, other] = await people(2);
	const [id, contents] = [randomUUID(), sealedText()];
	expect(await read(person!)).toBeNull();
	expect(await save(person!, id, contents)).toEqual({ ok: id });
	expect(await read(person!)).toMatchObject({ id, contents });
	expect(await drafts(person!)).toMatchObject([{ id, slug: `cohort-${cohort.id}`, title: 'Peer support training' }]);
	for (const stranger of [other!, await aMember(program, 'admin')]) {
		expect(await read(stranger)).toBeNull();
		expect(await drafts(stranger)).toEqual([]);
		expect(await save(stranger, id), 'under another’s id').toEqual({ refused: 'unknown' });
		expect(await ask(asUser(stranger), 'drop_application', { cohort: cohort.id })).toBe(false);
	}
	expect(await read(person!)).toMatchObject({ id, contents });
	const given = { cohort: cohort.id, draft: id, contents };
	expect((await asAnonymous().rpc('save_application', given)).error?.code).toBe('42501');
	expect(await ask(asUser(person!), 'drop_application', { cohort: cohort.id })).toBe(true);
	expect(await ask(asUser(person!), 'drop_application', { cohort: cohort.id })).toBe(false);
});

test('is sealed', async () => {
	const [person] = await people(1);
	const given = { cohort: cohort.id, draft: randomUUID(), contents: '{"name":"Sam"}' };
	expect((await asUser(person!).rpc('save_application', given)).error?.code).toBe('23514');
});

test('two tabs keep one: the second is told the id of the first', async () => {
	const [person] = await people(1);
	const [one, two] = [randomUUID(), randomUUID()];
	expect(await save(person!, one)).toEqual({ ok: one });
	expect(await save(person!, two)).toEqual({ use: one });
	const contents = sealedText();
	expect(await save(person!, one, contents)).toEqual({ ok: one });
	expect(await read(person!)).toMatchObject({ id: one, contents });
});

test.each(Array.from({ length: 5 }, (_, run) => run))('saved ten times at once it is one (%i)', async () => {
	const [person] = await people(1);
	const ids = [randomUUID(), randomUUID()];
	const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => save(person!, ids[n % 2]!)));
	const { id } = (await read(person!))!;
	expect(ids).toContain(id);
	for (const [n, answer] of answers.entries()) expect(answer).toEqual(ids[n % 2] === id ? { ok: id } : { use: id });
});

test.each([
	['a draft', { kind: 'application', state: 'draft' }],
	['one that takes no applications', { kind: 'open_sign_up' }]
] as const)('none is kept for %s', async (_what, given) => {
	const [person] = await people(1);
	const other = await aCohort(program, given);
	expect(await save(person!, randomUUID(), sealedText(), other)).toEqual({ refused: 'unknown' });
	expect(await save(person!, randomUUID(), sealedText(), { id: randomUUID(), program })).toEqual({
		refused: 'unknown'
	});
});

test('is gone once the application is sent, and a page that is open still brings none back', async () => {
	const [person] = await people(1);
	const id = randomUUID();
	await save(person!, id);
	expect(await signUp(cohort, person!, id)).toEqual({ ok: 'applied', id });
	expect(await read(person!)).toBeNull();
	expect(await save(person!, id)).toEqual({ refused: 'unknown' });
	expect(await drafts(person!)).toEqual([]);
	expect(await sql`select from private.application_drafts where person_id = ${person!.id}`).toHaveLength(0);
});
