/* Making trainings: what belongs to another program is nothing to this one, and news needs no training. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asMember, aProgram, type Program } from '../factories/program.ts';
import { aCohort, forgetTrainings } from '../factories/training.ts';
import { sql, type Client } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let coordinator: Client;

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('making'), await aProgram('making-elsewhere')];
	coordinator = await asMember(program, 'coordinator');
});
afterAll(() => forgetTrainings(program, elsewhere));

const words = { title: 'Evening', summary: '', about: '', who_for: '', cost: '', support: '', joining: '' };
const given = {
	...words,
	...{
		kind: 'open_sign_up',
		slug: `evening-${randomUUID()}`,
		capacity: 0,
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
	...{ has_shortlist: false, decides_together: false }
};

async function areaOf(id: string): Promise<string> {
	const [row] = await sql<{ id: string }[]>`
		insert into public.areas (program_id, name) values (${id}, 'Harbour') returning id`;
	return row!.id;
}

test('a training is for an area of its own program, or for none', async () => {
	const [own, other] = [await areaOf(program.id), await areaOf(elsewhere.id)];
	for (const [area_id, kept] of [
		[own, own],
		[other, null]
	] as const) {
		const cohort = randomUUID();
		const saved = { program: program.id, cohort, given: { ...given, area_id }, version: 0 };
		expect((await coordinator.rpc('save_cohort', saved)).data).toMatchObject({ ok: 1 });
		const [row] = await sql`select area_id from public.cohorts where id = ${cohort}`;
		expect(row).toEqual({ area_id: kept });
	}
});

test('news is posted where there is no training yet, of one of the program alone, and taken away', async () => {
	const empty = await aProgram('making-empty');
	const theirs = await asMember(empty, 'coordinator');
	const news = { title: 'Hello', body: 'We begin soon.' };
	const post = randomUUID();
	const save = async (cohort_id: string | null, version = 0) =>
		(await theirs.rpc('save_training_post', { program: empty.id, post, given: { ...news, cohort_id }, version })).data;
	expect(await save((await aCohort(elsewhere)).id)).toEqual({ refused: 'not_allowed' });
	expect(await save(null)).toEqual({ ok: 1 });
	expect(await save(null)).toEqual({ refused: 'stale' });
	expect(await save((await aCohort(empty)).id, 1)).toEqual({ ok: 2 });
	const away = { program: empty.id, post, given: null, version: 2 };
	expect((await theirs.rpc('save_training_post', away)).data).toEqual({ ok: 3 });
	expect(await sql`select from public.training_posts where id = ${post}`).toHaveLength(0);
	await forgetTrainings(empty);
});
