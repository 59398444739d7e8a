import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCategory, aNeighbourhood, forgetCategories, forgetNeighbourhoods } from '../factories/directory.ts';
import { aRow, aRowToAdd, TABLES_OF_PEOPLE, type TableName, type Whole } from '../factories/directory-rows.ts';
import { aPlace, type Place } from '../factories/place.ts';
import { aProgram, asMember, forgetProgram, type Program } from '../factories/program.ts';
import { asAnonymous, asUser, aUser, sql, type Client } from '../support/database.ts';

/*
 * DESIGN §4 as a matrix, written by hand. The columns are, in this order:
 *   anonymous, signed in, worker, supervisor, editor, coordinator, admin, editor of another program
 * and what they are told: `y` yes, `n` zero rows, `x` refused (42501).
 */
const WHO = ['anonymous', 'signed in', 'worker', 'supervisor', 'editor', 'coordinator', 'admin', 'elsewhere'] as const;
type Who = (typeof WHO)[number];

const OPERATIONS = ['select', 'select withdrawn', 'insert', 'update', 'delete'] as const;
type Operation = (typeof OPERATIONS)[number];
type Rules = Record<Operation, string>;

/** Everybody reads what is published; who looks after the program's places reads and writes all of them. */
const EDITED: Rules = {
	select: 'yyyyyyyy',
	'select withdrawn': 'nnnnyyyn',
	insert: 'xxxxyyyx',
	update: 'xnnnyyyn',
	delete: 'xnnnyyyn'
};
const ONLY_READ: Rules = {
	select: 'yyyyyyyy',
	'select withdrawn': 'yyyyyyyy',
	insert: 'xxxxxxxx',
	update: 'xxxxxxxx',
	delete: 'xxxxxxxx'
};
const NOBODYS: Rules = { ...ONLY_READ, select: 'xxxxxxxx', 'select withdrawn': 'xxxxxxxx' };

const MATRIX: Record<TableName, Rules> = {
	organizations: { ...EDITED, 'select withdrawn': 'yyyyyyyy' },
	locations: EDITED,
	addresses: EDITED,
	accessibility: EDITED,
	services: EDITED,
	service_at_locations: EDITED,
	phones: EDITED,
	urls: EDITED,
	schedules: EDITED,
	languages: EDITED,
	cost_options: EDITED,
	required_documents: EDITED,
	attributes: EDITED,
	opening_intervals: { ...ONLY_READ, 'select withdrawn': 'nnnnyyyn' },
	neighbourhoods: ONLY_READ,
	taxonomies: ONLY_READ,
	taxonomy_terms: ONLY_READ,
	statutory_holidays: ONLY_READ,
	programs: ONLY_READ,
	// Another person's; one's own is in programs.test.ts.
	memberships: { ...ONLY_READ, select: 'xnnnnnyn', 'select withdrawn': 'xnnnnnyn' },
	search_synonyms: NOBODYS,
	gazetteer: NOBODYS,
	// Of the whole city, so that every program's editors read them.
	empty_searches: { ...ONLY_READ, select: 'xnnnyyyy', 'select withdrawn': 'xnnnyyyy' }
};

const people = {} as Record<Who, Client>;
let published: Whole;
let withdrawn: Whole;
let elsewhere: Program;

beforeAll(async () => {
	const program = await aProgram('access');
	elsewhere = await aProgram('access-elsewhere');
	const shared = {
		program,
		category: await aCategory('access'),
		neighbourhood: await aNeighbourhood('Access', { lat: 10, lng: 10 }),
		person: await aUser(),
		taxonomyId: ''
	};
	[{ id: shared.taxonomyId } = { id: '' }] = await sql<{ id: string }[]>`select id from public.taxonomies limit 1`;
	published = { ...shared, place: await aPlace(program, { services: [{}, {}] }) };
	withdrawn = {
		...shared,
		hidden: true,
		place: await aPlace.withdrawn(program, { services: [{ status: 'inactive' }, { status: 'inactive' }] })
	};

	people.anonymous = asAnonymous();
	people['signed in'] = asUser(await aUser());
	for (const role of ['worker', 'supervisor', 'editor', 'coordinator', 'admin'] as const) {
		people[role] = await asMember(program, role);
	}
	people.elsewhere = await asMember(elsewhere, 'editor');
});
afterAll(async () => {
	await sql`delete from public.empty_searches where neighbourhood_id = ${published.neighbourhood.id}`;
	await forgetProgram(published.program);
	await forgetProgram(elsewhere);
	await forgetCategories(published.category);
	await forgetNeighbourhoods(published.neighbourhood);
});

/** A table as REST clients see it, whichever it is. */
const rest = (client: Client, table: TableName) => client.from(table as 'locations');

const say = ({ data, error }: { data: unknown[] | null; error: { code: string } | null }): string =>
	error ? (error.code === '42501' ? 'x' : error.code) : data?.length ? 'y' : 'n';

async function attempt(client: Client, table: TableName, operation: Operation): Promise<string> {
	if (operation === 'insert') {
		const row = await aRowToAdd(table, published);
		const { error } = await rest(client, table).insert(row as never);
		return error ? say({ data: null, error }) : 'y';
	}
	const hidden = operation === 'select withdrawn';
	const { key, value, change } = await aRow(table, hidden ? withdrawn : published);
	const wanted = rest(client, table);
	if (operation === 'update')
		return say(
			await wanted
				.update(change as never)
				.eq(key as never, value as never)
				.select()
		);
	if (operation === 'delete')
		return say(
			await wanted
				.delete()
				.eq(key as never, value as never)
				.select()
		);
	return say(await wanted.select().eq(key as never, value as never));
}

describe('who may do what with the directory over REST', () => {
	test.each(Object.keys(MATRIX) as TableName[])('%s', async (table) => {
		const answers = {} as Rules;
		for (const operation of OPERATIONS) {
			answers[operation] = '';
			for (const who of WHO) answers[operation] += await attempt(people[who], table, operation);
		}
		expect(answers).toEqual(MATRIX[table]);
	});

	test('there is no table or view in the public schema that the matrix does not name', async () => {
		const tables = await sql<{ name: string }[]>`
			select c.relname as name from pg_class c
			where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1`;
		expect(tables.map(({ name }) => name)).toEqual([...Object.keys(MATRIX), ...TABLES_OF_PEOPLE].sort());
	});
});

describe('an editor keeps to the own program', () => {
	let own: Place;
	let editor: Client;
	beforeAll(async () => {
		own = await aPlace(elsewhere);
		editor = people.elsewhere;
	});

	test('a place cannot be given to another program', async () => {
		const { error } = await editor.from('locations').update({ program_id: published.program.id }).eq('id', own.id);
		expect(error?.code).toBe('42501');
	});

	test('a part cannot be moved to another program’s place', async () => {
		const phone = { service_id: own.services[0]!.id, number: '604-555-0142' };
		expect((await editor.from('phones').insert(phone)).error).toBeNull();
		const moved = await editor
			.from('phones')
			.update({ service_id: published.place.services[0]!.id })
			.eq('number', phone.number);
		expect(moved.error?.code).toBe('42501');
	});

	test('an own service cannot be held at another program’s place, nor another’s service at an own place', async () => {
		const answers = [
			await editor
				.from('service_at_locations')
				.insert({ service_id: own.services[0]!.id, location_id: published.place.id }),
			await editor
				.from('service_at_locations')
				.insert({ service_id: published.place.services[0]!.id, location_id: own.id })
		];
		expect(answers.map(({ error }) => error?.code)).toEqual(['42501', '42501']);
	});
});
