import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { overview, place as readPlace, search } from '../../src/lib/directory/directory.server.ts';
import { aCategory, aNeighbourhood, forgetCategories, forgetNeighbourhoods } from '../factories/directory.ts';
import type { Category, Neighbourhood } from '../factories/directory.ts';
import { aPlace, type Place } from '../factories/place.ts';
import { aProgram, asMember, forgetProgram, type Program } from '../factories/program.ts';
import { asAnonymous, sql, type Client } from '../support/database.ts';

const now = new Date();
const db = asAnonymous();

let program: Program;
let editor: Client;
let parent: Category;
let child: Category;
let other: Category;
let area: Neighbourhood;

beforeAll(async () => {
	program = await aProgram('counts');
	editor = await asMember(program, 'editor');
	parent = await aCategory('counts-parent');
	child = await aCategory('counts-child', { parent });
	other = await aCategory('counts-other');
	area = await aNeighbourhood('Countingham', { lat: -50, lng: -120 });
});
afterAll(async () => {
	await forgetProgram(program);
	await forgetCategories(child, parent, other);
	await forgetNeighbourhoods(area);
	await expectCountsToBeRight();
});

/** The kept counts, against every published place of the directory counted from the tables that editors write. */
async function expectCountsToBeRight(): Promise<void> {
	const groups = (rows: readonly Record<string, unknown>[]) => rows.map((row) => JSON.stringify(row)).sort();
	const counted = await sql`
		with recursive chosen as (
			select a.location_id, t.id, t.parent_id, t.number
			from public.service_at_locations a
			join public.services s on s.id = a.service_id and s.status = 'active'
			join public.attributes x on x.service_id = s.id
			join public.taxonomy_terms t on t.id = x.taxonomy_term_id
			union
			select c.location_id, t.id, t.parent_id, t.number from chosen c join public.taxonomy_terms t on t.id = c.parent_id
		),
		costs as (
			select a.location_id, bool_or(c.option = 'free') as free, bool_or(c.option = 'paid') as paid
			from public.service_at_locations a
			join public.services s on s.id = a.service_id and s.status = 'active'
			join public.cost_options c on c.service_id = s.id group by 1
		)
		select
			array(select distinct c.number from chosen c where c.location_id = l.id order by 1) as category_ids,
			l.neighbourhood_id,
			case when c.free then true when c.paid then false end as free,
			case x.wheelchair when 'yes' then true when 'no' then false end as wheelchair,
			not l.sample and not l.confidential as shareable, count(*)::int as n
		from public.locations l
		left join costs c on c.location_id = l.id
		left join public.accessibility x on x.location_id = l.id
		where l.status = 'published' group by 1, 2, 3, 4, 5`;
	const kept = await sql`
		select category_ids, neighbourhood_id, free, wheelchair, shareable, n from private.facet_groups where n <> 0`;
	expect(groups(kept)).toEqual(groups(counted));
	expect(await sql`select * from private.stale_places`).toHaveLength(0);
}

const facets = async () => (await search(db, { neighbourhood: area.slug, page: 1 }, { now })).facets;

describe('the counts stay right', () => {
	afterEach(expectCountsToBeRight);

	const aCounted = (): Promise<Place> =>
		aPlace(program, { neighbourhood: area, wheelchair: 'yes', services: [{ categories: [child], free: true }] });

	test('when a place is added', async () => {
		await aCounted();
		expect(await facets()).toMatchObject({
			categories: { [child.code]: 1, [parent.code]: 1 },
			neighbourhoods: { [area.slug]: 1 },
			free: 1,
			wheelchair: 1
		});
	});

	test('when an editor changes what it is counted by, over REST', async () => {
		const place = await aCounted();
		const service_id = place.services[0]!.id;
		const changes = [
			await editor.from('cost_options').update({ option: 'paid' }).eq('service_id', service_id),
			await editor.from('accessibility').update({ wheelchair: 'no' }).eq('location_id', place.id),
			await editor.from('attributes').update({ taxonomy_term_id: other.id }).eq('service_id', service_id),
			await editor.from('locations').update({ sample: true }).eq('id', place.id),
			await editor.from('services').update({ status: 'inactive' }).eq('id', service_id)
		];
		for (const { error } of changes) expect(error).toBeNull();
		expect((await facets()).categories[other.code]).toBeUndefined();
	});

	test('when a place is withdrawn, changed meanwhile and published again', async () => {
		const place = await aCounted();
		await sql`update public.locations set status = 'withdrawn' where id = ${place.id}`;
		await expectCountsToBeRight();
		expect(await readPlace(db, place.slug, { now })).toBeNull();
		await sql`update public.accessibility set wheelchair = 'limited' where location_id = ${place.id}`;
		await expectCountsToBeRight();
		await sql`update public.locations set status = 'published' where id = ${place.id}`;
		expect((await readPlace(db, place.slug, { now }))?.wheelchair).toBeNull();
	});

	test('when a place is deleted', async () => {
		const place = await aCounted();
		const before = (await facets()).neighbourhoods[area.slug]!;
		expect((await editor.from('locations').delete().eq('id', place.id)).error).toBeNull();
		expect((await facets()).neighbourhoods[area.slug]).toBe(before - 1);
	});

	test('when a service is deleted, or moves to another place', async () => {
		const [from, to] = [await aCounted(), await aCounted()];
		await sql`update public.service_at_locations set location_id = ${to.id} where id = ${from.services[0]!.atLocationId}`;
		expect((await readPlace(db, from.slug, { now }))?.services).toEqual([]);
		expect((await readPlace(db, to.slug, { now }))?.services).toHaveLength(2);
		await expectCountsToBeRight();
		await sql`delete from public.services where id = ${to.services[0]!.id}`;
		expect((await readPlace(db, to.slug, { now }))?.services).toHaveLength(1);
	});

	test('when everything of a place changes in one transaction', async () => {
		const place = await aCounted();
		await sql.begin(async (tx) => {
			await tx`update public.locations set name = 'Renamed', status = 'withdrawn' where id = ${place.id}`;
			await tx`update public.locations set status = 'published' where id = ${place.id}`;
			await tx`delete from public.attributes where service_id = ${place.services[0]!.id}`;
			await tx`delete from public.cost_options where service_id = ${place.services[0]!.id}`;
		});
		expect(await readPlace(db, place.slug, { now })).toMatchObject({ name: 'Renamed', categories: [], free: null });
	});

	test('when a transaction is taken back', async () => {
		const place = await aCounted();
		await expect(
			sql.begin(async (tx) => {
				await tx`update public.locations set status = 'withdrawn' where id = ${place.id}`;
				throw new Error('taken back');
			})
		).rejects.toThrow('taken back');
		expect(await readPlace(db, place.slug, { now })).not.toBeNull();
	});

	test('when many editors write at once', async () => {
		const places = await Promise.all(Array.from({ length: 12 }, aCounted));
		await Promise.all([
			...places.map(({ id }) => sql`update public.locations set sample = not sample where id = ${id}`),
			...places.map(({ id }) => sql`update public.accessibility set wheelchair = 'no' where location_id = ${id}`),
			...places.slice(0, 4).map(({ id }) => sql`delete from public.locations where id = ${id}`)
		]);
	});
});

describe('what hangs on a place follows it', () => {
	test('an organization’s new name is searched for', async () => {
		const place = await aPlace(program, { organization: 'Quondam Society' });
		await sql`update public.organizations set name = 'Zephyrine Society' where id = ${place.organizationId}`;
		const { places } = await search(db, { q: 'zephyrine', page: 1 }, { now });
		expect(places.map(({ slug }) => slug)).toEqual([place.slug]);
	});

	test('a category’s new name is searched for, and its parent’s', async () => {
		const place = await aPlace(program, { services: [{ categories: [child] }] });
		for (const category of [child, parent]) {
			const name = `Gnomonic${category.number}word`.replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!);
			await sql`update public.taxonomy_terms set name = ${name} where id = ${category.id}`;
			const { places } = await search(db, { q: name, page: 1 }, { now, pageSize: 100 });
			expect(places.map(({ slug }) => slug)).toContain(place.slug);
		}
	});

	test('a neighbourhood’s new name is shown', async () => {
		const place = await aPlace(program, { neighbourhood: area });
		await sql`update public.neighbourhoods set name = 'Reckonham' where id = ${area.id}`;
		expect((await readPlace(db, place.slug, { now }))?.neighbourhood).toEqual({ slug: area.slug, name: 'Reckonham' });
	});
});

test('the overview counts every published place, and each kind with those below it', async () => {
	const [published] = await sql<
		{ n: number }[]
	>`select count(*)::int as n from public.locations where status = 'published'`;
	const { total, categories, neighbourhoods } = await overview(db, { now });
	expect(total).toBe(published!.n);
	const count = (code: string) => categories.find(({ slug }) => slug === code)!.count;
	expect(count(parent.code)).toBeGreaterThanOrEqual(count(child.code));
	expect(neighbourhoods.find(({ slug }) => slug === area.slug)?.count).toBe(
		(await search(db, { neighbourhood: area.slug, page: 1 }, { now })).total
	);
	expect(categories.find(({ slug }) => slug === child.code)?.parent).toBe(parent.code);
});
