import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { place as readPlace } from '../../src/lib/directory/directory.server.ts';
import { loadDirectoryFile } from '../../src/lib/directory/import/load.ts';
import { aCsv, read, type Row } from '../factories/csv.ts';
import {
	aCategory,
	aNeighbourhood,
	forgetCategories,
	forgetNeighbourhoods,
	ownName,
	type Category,
	type Neighbourhood
} from '../factories/directory.ts';
import { aProgram, forgetProgram, type Program } from '../factories/program.ts';
import { asAnonymous, asService, sql } from '../support/database.ts';

const now = new Date();
const service = asService();

let program: Program;
let category: Category;
let area: Neighbourhood;

beforeAll(async () => {
	program = await aProgram('import-changes');
	category = await aCategory('import-changes');
	area = await aNeighbourhood('Changeford', { lat: -60, lng: -130 });
});
afterAll(async () => {
	await forgetProgram(program);
	await forgetCategories(category);
	await forgetNeighbourhoods(area);
});

const aRow = (given: Row = {}): Row => ({
	place_id: ownName('row-'),
	name: 'A place',
	categories: category.code,
	...given
});

const load = (...rows: Row[]) =>
	loadDirectoryFile(service, program.id, read(aCsv(...rows), [category.code]), { dryRun: false });

const slugOf = async (placeId: string): Promise<string> => {
	const [row] = await sql<{ slug: string }[]>`
		select slug from public.locations where program_id = ${program.id} and external_id = ${placeId}`;
	return row!.slug;
};
const page = async (placeId: string) => readPlace(asAnonymous(), await slugOf(placeId), { now });

describe('a rejected row', () => {
	test('keeps its line, its cells and the reason, and does not take others with it', async () => {
		const rows = [
			aRow({ name: 'First' }),
			aRow({ name: 'x'.repeat(10_000) }),
			aRow({ name: 'Third', neighbourhood: 'no-such-place' }),
			aRow({ name: 'Fourth' })
		];
		const report = await load(...rows);
		expect(report.map(({ line, status, reasons }) => [line, status, reasons])).toEqual([
			[2, 'created', []],
			[3, 'rejected', ['name is longer than 200 characters.']],
			[4, 'rejected', ['neighbourhood: there is no neighbourhood “no-such-place”.']],
			[5, 'created', []]
		]);
		expect(report[2]?.cells).toMatchObject({ name: 'Third', neighbourhood: 'no-such-place' });
		expect((await page(rows[3]!.place_id!))?.name).toBe('Fourth');
	});

	test('leaves the place as it was, whole', async () => {
		const row = aRow({ name: 'As it was', address: '1 Kept Street', hours: 'Mo-Fr 09:00-17:00' });
		await load(row);
		const before = await page(row.place_id!);
		await load({ ...row, name: 'Half changed', hours: 'Sa 09:00-17:00', neighbourhood: 'no-such-place' });
		expect(await page(row.place_id!)).toEqual(before);
	});

	test('whose fault only the database sees takes the place’s other rows with it', async () => {
		const place_id = ownName('row-');
		const rows = [
			aRow({ place_id, neighbourhood: 'no-such-place' }),
			aRow({ place_id, name: '', service_id: `${place_id}-b`, service: 'Second' })
		];
		expect((await load(...rows)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	});
});

describe('what a file no longer says', () => {
	test('is no longer there: address, position, hours, phone, price', async () => {
		const { place_id, name, categories } = aRow();
		await load({
			...{ place_id: place_id!, name: name!, categories: categories! },
			address: '1 Old Street',
			latitude: '-60',
			longitude: '-130',
			hours: '24/7',
			phone: '604-555-0113',
			free: 'yes',
			wheelchair: 'yes',
			languages: 'en',
			documents: 'ID',
			url: 'https://old.example',
			meets: 'Mo 10:00-11:00'
		});
		expect(await page(place_id!)).toMatchObject({ hours: 'always', free: true, neighbourhood: { slug: area.slug } });
		await load({ place_id: place_id!, name: name!, categories: categories! });
		expect(await page(place_id!)).toMatchObject({
			postal_address: null,
			lat: null,
			lng: null,
			neighbourhood: null,
			hours: 'unconfirmed',
			phone: null,
			free: null,
			wheelchair_access: null,
			services: [{ languages: [], documents: [], phones: [], url: null, schedules: [] }]
		});
	});

	test('a place that becomes confidential loses its address and position, and one that ceases to be gets them back', async () => {
		const open = aRow({ address: '1 Known Street', latitude: '-60', longitude: '-130' });
		const hidden = { place_id: open.place_id!, name: open.name!, categories: open.categories!, confidential: 'yes' };
		await load(open);
		expect((await load(hidden))[0]?.status).toBe('updated');
		expect(await page(open.place_id!)).toMatchObject({
			confidential: true,
			postal_address: null,
			lat: null,
			lng: null
		});
		const addresses = await sql`select a.* from public.addresses a join public.locations l on l.id = a.location_id
			where l.external_id = ${open.place_id!}`;
		expect(addresses).toHaveLength(0);
		await load(open);
		expect(await page(open.place_id!)).toMatchObject({ confidential: false, address: '1 Known Street', lat: -60 });
	});

	test('a withdrawn place has no page until it is published again', async () => {
		const row = aRow({ name: 'Comes and goes' });
		await load(row);
		await load({ ...row, status: 'withdrawn' });
		expect(await page(row.place_id!)).toBeNull();
		await load({ ...row, status: 'published' });
		expect((await page(row.place_id!))?.name).toBe('Comes and goes');
	});
});

describe('a service', () => {
	test('that stands under another place moves there', async () => {
		const [from, to] = [aRow({ name: 'From' }), aRow({ name: 'To' })];
		const moving = { service_id: ownName('service-'), service: 'Moving group', categories: category.code };
		await load(from, { place_id: from.place_id!, ...moving });
		expect((await page(from.place_id!))?.services.map(({ name }) => name)).toEqual(['From', 'Moving group']);

		const report = await load(from, to, { place_id: to.place_id!, ...moving });
		expect(report.map(({ status }) => status)).toEqual(['unchanged', 'created', 'updated']);
		expect((await page(from.place_id!))?.services.map(({ name }) => name)).toEqual(['From']);
		expect((await page(to.place_id!))?.services.map(({ name }) => name)).toEqual(['To', 'Moving group']);
	});
});

describe('slugs', () => {
	test('stay when the name changes', async () => {
		const row = aRow({ name: ownName('Old Name ') });
		await load(row);
		const before = await slugOf(row.place_id!);
		await load({ ...row, name: 'New Name Altogether' });
		expect(await slugOf(row.place_id!)).toBe(before);
		expect((await page(row.place_id!))?.name).toBe('New Name Altogether');
	});

	test('of places with one name differ: by neighbourhood, then by id', async () => {
		const name = ownName('Twin Park ');
		const [a, b, c, d] = ['', area.slug, area.slug, ''].map((neighbourhood) => aRow({ name, neighbourhood })) as [
			Row,
			Row,
			Row,
			Row
		];
		await load(a, b, c, d);
		const base = name.toLowerCase().replaceAll(' ', '-');
		expect([
			await slugOf(a.place_id!),
			await slugOf(b.place_id!),
			await slugOf(c.place_id!),
			await slugOf(d.place_id!)
		]).toEqual([base, `${base}-${area.slug}`, `${base}-${c.place_id}`, `${base}-vancouver`]);
	});

	test.each([
		['accents and signs', 'Café “Été” & Söhne', /^cafe-ete-sohne/],
		['an ampersand and a hyphen', 'Fish & Chips -- Now!', /^fish-chips-now/],
		['200 letters', 'y'.repeat(200), /^y{80}/]
	])('of a name with %s are small letters, digits and hyphens', async (_what, name, slug) => {
		const row = aRow({ name });
		await load(row);
		expect(await slugOf(row.place_id!)).toMatch(slug);
		expect(await slugOf(row.place_id!)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
	});

	test.each(['中文图书馆', 'ਪੰਜਾਬੀ ਲਾਇਬ੍ਰੇਰੀ', '🏞️', '—'])('of %s, which has no Latin letter, is its id', async (name) => {
		const row = aRow({ name });
		expect((await load(row))[0]).toMatchObject({ status: 'created', reasons: [] });
		expect(await slugOf(row.place_id!)).toBe(row.place_id);
	});

	test('are right for ids that are no slugs and for long ones', async () => {
		const odd = aRow({ name: '图书馆', place_id: `${ownName('odd--id-')}-` });
		const long = aRow({ name: '公园', place_id: `${ownName('long-')}${'-z'.repeat(43)}` });
		const again = aRow({ name: '公园', place_id: `${long.place_id}x` });
		const report = await load(odd, long, again);
		expect(report.map(({ reasons }) => reasons)).toEqual([[], [], []]);
		const slugs = await Promise.all([odd, long, again].map(({ place_id }) => slugOf(place_id!)));
		expect(new Set(slugs).size).toBe(3);
		for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
	});
});
