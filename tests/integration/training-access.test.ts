/* Who reads and writes what of trainings, in each role, of this program and of another. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program, type Role } from '../factories/program.ts';
import { aCohort, anEnrolment, forgetTrainings, type Cohort } from '../factories/training.ts';
import { asAnonymous, asUser, aUser, sql, type Client, type User } from '../support/database.ts';

const ROLES: readonly Role[] = ['admin', 'coordinator', 'supervisor', 'worker', 'editor'];
const SEE_ALL: readonly Role[] = ['admin', 'coordinator'];

let program: Program;
let elsewhere: Program;
let announced: Cohort;
let draft: Cohort;
let person: User;
const clients = new Map<string, Client>();

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('training'), await aProgram('training-elsewhere')];
	[announced, draft] = [await aCohort(program), await aCohort(program, { state: 'draft' })];
	person = await aUser();
	await anEnrolment(announced, 'enrolled', { person });
	await anEnrolment(announced, 'waitlisted', { person: await aUser() });
	await anEnrolment(announced, 'applied');
	clients.set('a visitor', asAnonymous());
	clients.set('somebody signed in', asUser(await aUser()));
	clients.set('the person', asUser(person));
	for (const role of ROLES) {
		clients.set(role, asUser(await aMember(program, role)));
		clients.set(`${role} elsewhere`, asUser(await aMember(elsewhere, role)));
		clients.set(`${role} who has left`, asUser(await aMember.deactivated(program, role)));
	}
});
afterAll(() => forgetTrainings(program, elsewhere));

const WRITTEN = {
	cohorts: { title: 'x' },
	classes: { topic: 'x' },
	enrolments: { state: 'enrolled' },
	cohort_questions: { label: 'x' },
	training_posts: { title: 'x' },
	training_links: { title: 'x' }
};

const everybody = () => [...clients.keys()];
const isStaff = (who: string) => (SEE_ALL as readonly string[]).includes(who);

test('everybody reads what is announced; coordinators read drafts of their program', async () => {
	for (const who of everybody()) {
		const client = clients.get(who)!;
		const ids = [announced.id, draft.id];
		const { data } = await client.from('cohorts').select('id').in('id', ids);
		expect(data!.map(({ id }) => id).toSorted(), who).toEqual(isStaff(who) ? ids.toSorted() : [announced.id]);
		const classes = await client.from('classes').select('cohort_id').in('cohort_id', ids);
		expect(classes.data!.map(({ cohort_id }) => cohort_id).toSorted(), who).toEqual(
			isStaff(who) ? ids.toSorted() : [announced.id]
		);
	}
});

test('one reads one’s own enrolment, coordinators their program’s, nobody else any', async () => {
	for (const who of everybody()) {
		const { data, error } = await clients.get(who)!.from('enrolments').select('id').eq('cohort_id', announced.id);
		if (who === 'a visitor') expect(error?.code).toBe('42501');
		else expect(data!.length, who).toBe(isStaff(who) ? 3 : who === 'the person' ? 1 : 0);
	}
});

describe.each([
	...(['cohorts', 'classes', 'enrolments', 'cohort_questions', 'training_posts', 'training_links'] as const)
])('%s', (table) => {
	test('are written by functions alone', async () => {
		for (const who of everybody()) {
			const client = clients.get(who)!;
			const column = WRITTEN[table];
			const key = table === 'cohorts' ? 'id' : table === 'training_links' ? 'program_id' : 'cohort_id';
			const changed = await client
				.from(table)
				.update(column as never)
				.eq(key as never, announced.id as never);
			const removed = await client
				.from(table)
				.delete()
				.eq(key as never, announced.id as never);
			const added = await client.from(table).insert(column as never);
			expect(
				[changed, removed, added].map(({ error }) => error?.code),
				who
			).toEqual(['42501', '42501', '42501']);
		}
	});
});

test.each([
	['enrolments', ['email', 'decision', 'is_shortlisted', 'practicum_hours']],
	['cohorts', ['joining', 'rubric', 'reviewers', 'has_shortlist', 'decides_together']]
] as const)('of %s %j are columns that nobody selects, nor looks for', async (table, columns) => {
	for (const who of everybody())
		for (const column of [...columns, '*']) {
			const client = clients.get(who)!;
			const where = `${who}: ${column}`;
			expect((await client.from(table).select(column)).error?.code, where).toBe('42501');
			if (column === '*') continue;
			const looked = await client
				.from(table)
				.select('id')
				.not(column as 'id', 'is', null);
			expect(looked.error?.code, where).toBe('42501');
		}
});

test('questions and news of a draft are its coordinators’; links, and news of all trainings, are for everybody', async () => {
	const ours = await sql<{ id: string }[]>`insert into public.training_posts (id, program_id, cohort_id, title, body)
		values (gen_random_uuid(), ${program.id}, ${draft.id}, 'a', 'a'), (gen_random_uuid(), ${program.id}, ${announced.id}, 'b', 'b'),
			(gen_random_uuid(), ${program.id}, null, 'c', 'c') returning id`;
	await sql`insert into public.cohort_questions (id, cohort_id, position, kind, label)
		values (gen_random_uuid(), ${draft.id}, 1, 'short', 'a'), (gen_random_uuid(), ${announced.id}, 1, 'short', 'b')`;
	await sql`insert into public.training_links (id, program_id, title, url)
		values (gen_random_uuid(), ${program.id}, 'a', 'https://a.example')`;
	for (const who of everybody()) {
		const client = clients.get(who)!;
		const titles = await client
			.from('training_posts')
			.select('title')
			.in(
				'id',
				ours.map(({ id }) => id)
			);
		expect(titles.data!.map(({ title }) => title).toSorted(), who).toEqual(isStaff(who) ? ['a', 'b', 'c'] : ['b', 'c']);
		const asked = await client.from('cohort_questions').select('label').in('cohort_id', [announced.id, draft.id]);
		expect(asked.data!.map(({ label }) => label).toSorted(), who).toEqual(isStaff(who) ? ['a', 'b'] : ['b']);
		const links = await client.from('training_links').select('title').eq('program_id', program.id);
		expect(links.data, who).toEqual([{ title: 'a' }]);
	}
});

const PRIVATE = [
	...['enrolment_details', 'enrolment_events', 'enrolment_transitions', 'enrolment_links', 'enrolment_calls'],
	...[
		'enrolment_notes',
		'cohort_messages',
		'certificates',
		'application_drafts',
		'attendance',
		'training_interest',
		'interest_links'
	]
];
test('what is sealed, the steps, links and who waits to be told are handed to nobody', async () => {
	for (const table of PRIVATE) {
		const [row] = await sql`select has_table_privilege('authenticated', ${`private.${table}`}, 'select') as reads,
			has_table_privilege('anon', ${`private.${table}`}, 'select') as visits`;
		expect(row, table).toEqual({ reads: false, visits: false });
	}
});

test('seats are set by the program’s coordinators alone, and it is written down', async () => {
	for (const who of everybody()) {
		const { data, error } = await clients.get(who)!.rpc('set_capacity', { cohort: announced.id, capacity: 10 });
		if (who === 'a visitor') expect(error?.code).toBe('42501');
		else expect(data, who).toEqual(isStaff(who) ? { ok: 1 } : { refused: 'not_allowed' });
		// Whoever was offered a seat for it waits again.
		await sql`update public.enrolments set state = 'waitlisted', offered_until = null where cohort_id = ${announced.id}
			and state = 'offered'`;
	}
	const audited = await sql`select outcome, count(*)::integer from public.audit_events
		where subject_id = ${announced.id} and event = 'cohort.capacity_set' group by outcome order by outcome`;
	expect([...audited]).toEqual([
		{ outcome: 'done', count: 2 },
		{ outcome: 'refused', count: clients.size - 3 }
	]);
});
