/* The desk of trainings is for the coordinators and admins of their program; each refusal is written down. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aProgram, type Program } from '../factories/program.ts';
import { aCaller, CALLERS, eventsOf } from '../factories/staff.ts';
import { aCohort, forgetTrainings } from '../factories/training.ts';
import { ask } from '../factories/training-told.ts';
import { sql } from '../support/database.ts';

let program: Program;
let elsewhere: Program;

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('desk-roles'), await aProgram('desk-roles-elsewhere')];
});
afterAll(() => forgetTrainings(program, elsewhere));

const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

const CALLS: [
	name: string,
	event: string,
	given: (id: { cohort: string; class: string }) => Record<string, unknown>
][] = [
	[
		'save_cohort',
		'cohort.saved',
		({ cohort }) => ({ program: program.id, cohort, given: { title: 'Winter training', capacity: 12 }, version: 1 })
	],
	['move_cohort', 'cohort.moved', ({ cohort }) => ({ cohort, event: 'close', version: 1 })],
	['add_classes', 'cohort.class_saved', ({ cohort }) => ({ cohort, given: [] })],
	[
		'save_class',
		'cohort.class_saved',
		({ class: id }) => ({ class: id, given: { starts_at: at(50), ends_at: at(50.1) }, sequence: 0 })
	],
	['save_questions', 'cohort.saved', ({ cohort }) => ({ cohort, questions: [], version: 1 })],
	['set_capacity', 'cohort.capacity_set', ({ cohort }) => ({ cohort, capacity: 9 })],
	[
		'message_cohort',
		'cohort.messaged',
		({ cohort }) => ({ cohort, message: randomUUID(), states: ['enrolled'], words: 'Hi' })
	],
	['send_decisions', 'cohort.decided', ({ cohort }) => ({ cohort })],
	[
		'save_training_post',
		'training.post_saved',
		() => ({ program: program.id, post: randomUUID(), given: { title: 'News', body: 'News' }, version: 0 })
	],
	[
		'save_training_link',
		'training.link_saved',
		() => ({
			program: program.id,
			link: randomUUID(),
			given: { title: 'One', url: 'https://one.example' },
			version: 0
		})
	]
];
test.each(CALLS)('%s is for them', async (name, event, given) => {
	for (const kind of CALLERS) {
		const { db, user } = await aCaller(kind, program, elsewhere);
		const { id } = await aCohort(program);
		const [lesson] = await sql<{ id: string }[]>`select id from public.classes where cohort_id = ${id}`;
		const { data, error } = await db.rpc(name as 'whoami', given({ cohort: id, class: lesson!.id }) as never);
		const audited = (await eventsOf(program, event)).filter(({ actor_id }) => actor_id === user?.id);
		if (!user) {
			expect(error?.code).toBe('42501');
		} else if (kind === 'a coordinator' || kind === 'an admin') {
			expect(data, kind).toHaveProperty('ok');
			expect(audited.at(-1), kind).toMatchObject({ outcome: 'done' });
		} else {
			expect(data, kind).toEqual({ refused: 'not_allowed' });
			expect(audited, kind).toMatchObject([{ outcome: 'refused', details: { why: 'not_allowed' } }]);
		}
	}
});

test('the desk and a cohort on it are read by them', async () => {
	const draft = await aCohort(program, { state: 'draft' });
	for (const kind of CALLERS) {
		const { db, user } = await aCaller(kind, program, elsewhere);
		if (!user) continue;
		const isStaff = kind === 'a coordinator' || kind === 'an admin';
		const found = await ask<{ cohorts: { id: string }[] } | null>(db, 'desk_trainings', { program: program.id });
		expect(found?.cohorts.some(({ id }) => id === draft.id) ?? null, kind).toBe(isStaff ? true : null);
		expect((await ask<object | null>(db, 'desk_training', { cohort: draft.id })) !== null, kind).toBe(isStaff);
	}
});
