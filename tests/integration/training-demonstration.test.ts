/* The sample trainings: one is always ahead, whenever the demonstration was loaded. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Feed, Trainings } from '../../src/lib/training/training.ts';
import { loadTrainings } from '../../supabase/seed/training.ts';
import { aProgram, type Program } from '../factories/program.ts';
import { forgetTrainings } from '../factories/training.ts';
import { asAnonymous, asService, sql } from '../support/database.ts';

const DAY = 86_400_000;
let program: Program;

beforeAll(async () => {
	program = await aProgram('training-samples');
});
afterAll(() => forgetTrainings(program));

const load = (now: number) => loadTrainings(asService(), program.id, new Date(now));
const first = async () =>
	(
		await sql<{ starts_at: Date; id: string }[]>`select c.id, min(x.starts_at) as starts_at from public.cohorts c
			join public.classes x on x.cohort_id = c.id where c.program_id = ${program.id} and c.state = 'announced' group by c.id`
	)[0]!;

test('they come with news and a training elsewhere, once', async () => {
	expect(await load(Date.now())).toBe(2);
	expect(await load(Date.now())).toBe(0);
	const { news, links } = Trainings.parse((await asAnonymous().rpc('trainings')).data);
	expect(news.filter(({ slug }) => slug === 'sample-peer-support-training')).toHaveLength(1);
	const feed = Feed.parse((await asAnonymous().rpc('training_feed')).data);
	expect(JSON.stringify(feed), 'no machine is told of what is invented').not.toContain('sample-peer-support-training');
	const elsewhere = links.filter(({ title }) => title.startsWith('Sample'));
	expect(elsewhere.map(({ url }) => new URL(url).host)).toEqual([expect.stringMatching(/\.example$/)]);
});

test('the one that is announced lies ahead again once it has begun; a change to it until then stays', async () => {
	const before = await first();
	expect(await load(before.starts_at.getTime() - DAY)).toBe(0);
	expect(await first()).toEqual(before);
	const later = before.starts_at.getTime() + DAY;
	expect(await load(later)).toBe(1);
	const after = await first();
	expect(after.starts_at.getTime()).toBeGreaterThan(later + 40 * DAY);
	expect(await load(later)).toBe(0);
	const posts = await sql`select id from public.training_posts where program_id = ${program.id}`;
	expect(posts, 'its news goes with it and comes with it').toHaveLength(1);
});
