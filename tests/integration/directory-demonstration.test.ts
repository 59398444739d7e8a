import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overview, place as readPlace, search, suggest } from '../../src/lib/directory/directory.server.ts';
import { ESSENTIALS } from '../../src/lib/directory/essentials.ts';
import type { PlaceFilters } from '../../src/lib/directory/search-params.ts';
import { loadDemonstration } from '../../supabase/seed/load.ts';
import { forgetProgram } from '../factories/program.ts';
import { asAnonymous, keys, sql, url } from '../support/database.ts';

/** The one file that loads the real demonstration, as `npm start` does. */
const now = new Date();
const db = asAnonymous();
const lines: string[] = [];
const load = () => loadDemonstration({ url, secretKey: keys.secret, log: (line) => lines.push(line) });

const seed = (name: string) => new URL(`../../supabase/seed/${name}`, import.meta.url);
const rows = (name: string) =>
	parse(readFileSync(seed(name), 'utf8'), { columns: true, bom: true }) as Record<string, string>[];

beforeAll(async () => {
	// Two programs cannot both be the default one.
	await sql`update public.programs set is_default = false`;
	await load();
}, 120_000);
afterAll(async () => {
	const [program] = await sql<{ id: string; slug: string }[]>`
		select id, slug from public.programs where slug = 'vancouver-sample'`;
	await forgetProgram(program!);
	await sql`delete from public.search_synonyms`;
	await sql`delete from public.gazetteer`;
});

const find = (filters: Partial<PlaceFilters>) => search(db, { page: 1, ...filters }, { now });

describe('the demonstration', () => {
	test('has at least 400 real places that are published, and a handful of samples', async () => {
		const [count] = await sql<{ real: number; samples: number }[]>`
			select count(*) filter (where not sample)::int as real, count(*) filter (where sample)::int as samples
			from public.locations l join public.programs p on p.id = l.program_id
			where p.slug = 'vancouver-sample' and l.status = 'published'`;
		expect(count!.real).toBeGreaterThanOrEqual(400);
		expect(count!.samples).toBeGreaterThan(0);
		expect(count!.samples).toBeLessThan(30);
	});

	test('has the 22 neighbourhoods, each with places in it and its own point within its outline', async () => {
		const slugs = rows('neighbourhoods.csv').map(({ slug }) => slug!);
		expect(slugs).toHaveLength(22);
		const { neighbourhoods } = await overview(db, { now });
		for (const slug of slugs) {
			expect(neighbourhoods.find((entry) => entry.slug === slug)?.count, slug).toBeGreaterThan(0);
		}
		const outside = await sql`
			select slug from public.neighbourhoods n
			where slug in ${sql(slugs)} and not n.outline @> point(n.longitude, n.latitude)`;
		expect([...outside]).toEqual([]);
	});

	test('has a place for every kind that has none below it, and for every essential', async () => {
		const taxonomy = rows('taxonomy.csv');
		const parents = new Set(taxonomy.map(({ parent }) => parent));
		const { categories } = await overview(db, { now });
		const count = (slug: string) => categories.find((entry) => entry.slug === slug)?.count;
		for (const { slug } of taxonomy) {
			if (!parents.has(slug!)) expect(count(slug!), slug).toBeGreaterThan(0);
		}
		for (const { category } of ESSENTIALS) expect(count(category), category).toBeGreaterThan(0);
	});

	test('puts every place that has a position in Vancouver', async () => {
		const far = await sql`
			select l.slug from public.locations l join public.programs p on p.id = l.program_id
			where p.slug = 'vancouver-sample'
				and not (latitude between 49.19 and 49.32 and longitude between -123.28 and -123.02)`;
		expect([...far]).toEqual([]);
	});

	test('lists nothing confidential and no residential care', async () => {
		const [confidential] = await sql`select count(*)::int as n from public.locations l
			join public.programs p on p.id = l.program_id where p.slug = 'vancouver-sample' and l.confidential`;
		expect(confidential?.n).toBe(0);
		const never =
			/residential care|long[- ]term care|nursing home|care home|group home|transition house|safe house|women.s shelter|hospice|assisted living/i;
		for (const file of readdirSync(seed('places/'))) {
			const text = readFileSync(seed(`places/${file}`), 'utf8');
			expect(text.match(never)?.[0], file).toBeUndefined();
		}
	});

	test('invents addresses and numbers only for samples, and those that nobody can have', async () => {
		const odd = await sql`
			select l.slug from public.locations l
			join public.programs p on p.id = l.program_id
			join public.service_at_locations a on a.location_id = l.id
			left join public.phones n on n.service_id = a.service_id
			left join public.urls u on u.service_id = a.service_id
			where p.slug = 'vancouver-sample' and (
				l.sample and (n.number !~ '^604-555-01[0-9][0-9]' or u.url !~ '\\.example(/|$)')
				or not l.sample and (n.number ~ '-555-01' or u.url ~ '\\.example(/|$)'))`;
		expect([...odd]).toEqual([]);
	});

	test('names the source and the licence of every real place', async () => {
		const nameless = await sql`
			select l.slug from public.locations l join public.programs p on p.id = l.program_id
			where p.slug = 'vancouver-sample' and not l.sample and (l.source is null or l.licence is null)`;
		expect([...nameless]).toEqual([]);
	});

	test('loaded again changes nothing', async () => {
		const state = () =>
			sql`select (select md5(string_agg(l::text, '' order by l.id)) from public.locations l) as locations,
				(select md5(string_agg(s::text, '' order by s.id)) from public.services s) as services,
				(select md5(string_agg(s::text, '' order by s.id)) from public.schedules s) as schedules,
				(select md5(string_agg(p::text, '' order by p.location_id)) from private.place_search p) as search`;
		const before = await state();
		lines.length = 0;
		await load();
		expect(await state()).toEqual(before);
		expect(lines).toHaveLength(1);
	}, 60_000);
});

describe('somebody who is looking', () => {
	test('types “libary” near Commercial Drive and finds the library first', async () => {
		for (const filters of [{ q: 'libary', near: 'Commercial Drive' }, { q: 'libary near commercial drive' }]) {
			const { places } = await find(filters);
			expect(places[0]).toMatchObject({ slug: 'britannia-library', neighbourhood: { slug: 'grandview-woodland' } });
		}
	});

	test.each([
		['a typing mistake', 'comunity center', 'community-centres'],
		['another one', 'washrom', 'washrooms'],
		['a synonym', 'groceries', 'food-banks'],
		['a synonym of several words', 'soup kitchen', 'meals'],
		['a plural', 'toilets', 'washrooms'],
		['the beginning of a word', 'skytr', 'skytrain'],
		['a kind', 'community garden', 'community-gardens'],
		['another spelling', 'community center', 'community-centres']
	])('uses %s (%s) and finds %s', async (_what, q, category) => {
		const { places } = await find({ q });
		expect(places.length).toBeGreaterThan(0);
		expect(places.slice(0, 3).flatMap(({ categories }) => categories)).toContain(category);
	});

	test.each(['Café', 'cafe', 'CAFÉ', 'cafés'])('finds the same cheap cafés with %s', async (q) => {
		expect((await find({ q })).places.map(({ categories }) => categories[0])).toContain('cheap-cafes');
	});

	test.each([
		['Commercial Drive', 49.27, -123.07],
		['the west end', 49.285, -123.135],
		['Main and Broadway', 49.2628, -123.1009],
		['kits', 49.2675, -123.163]
	])('is near %s', async (near, lat, lng) => {
		const { position, ignored } = await find({ near });
		expect(ignored).toEqual([]);
		expect(Math.abs(position!.lat - lat)).toBeLessThan(0.02);
		expect(Math.abs(position!.lng - lng)).toBeLessThan(0.02);
	});

	test('is offered the library while typing', async () => {
		expect((await suggest(db, 'britannia l')).map(({ slug }) => slug)).toContain('britannia-library');
		expect((await suggest(db, 'librar'))[0]).toMatchObject({ kind: 'category', slug: 'libraries' });
	});

	test('opens a page with what is nearby', async () => {
		const page = await readPlace(db, 'britannia-library', { now });
		expect(page).toMatchObject({ neighbourhood: { slug: 'grandview-woodland' }, sample: false });
		expect(page!.nearby).toHaveLength(6);
		const distances = page!.nearby.map(({ distance_m }) => distance_m!);
		expect(distances).toEqual([...distances].sort((a, b) => a - b));
		expect(distances[0]).toBeLessThan(500);
	});
});
