import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { place as readPlace } from '../../src/lib/directory/directory.server.ts';
import { countByStatus, loadDirectoryFile } from '../../src/lib/directory/import/load.ts';
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
import { aProgram, asMember, forgetProgram, type Program } from '../factories/program.ts';
import { asAnonymous, asService, asUser, aUser, sql } from '../support/database.ts';

const now = new Date();
const db = asAnonymous();
const service = asService();

let program: Program;
let elsewhere: Program;
let category: Category;
let area: Neighbourhood;

beforeAll(async () => {
	program = await aProgram('import');
	elsewhere = await aProgram('import-elsewhere');
	category = await aCategory('import');
	area = await aNeighbourhood('Importville', { lat: -55, lng: -125 });
});
afterAll(async () => {
	await forgetProgram(program);
	await forgetProgram(elsewhere);
	await forgetCategories(category);
	await forgetNeighbourhoods(area);
});

const aRow = (given: Row = {}): Row => ({
	place_id: ownName('row-'),
	name: 'A place',
	categories: category.code,
	...given
});

const load = (rows: Row[], { dryRun = false, client = service, into = program } = {}) =>
	loadDirectoryFile(client, into.id, read(aCsv(...rows), [category.code]), { dryRun });

const statuses = async (...args: Parameters<typeof load>) => (await load(...args)).map(({ status }) => status);

const stored = async (placeId: string) =>
	(
		await sql<{ slug: string; name: string; content_hash: string; id: string; neighbourhood_id: number | null }[]>`
		select id, slug, name, content_hash, neighbourhood_id from public.locations
		where program_id = ${program.id} and external_id = ${placeId}`
	)[0];

const page = async (placeId: string) => readPlace(db, (await stored(placeId))!.slug, { now });

describe('a row becomes a place', () => {
	test('with everything that its columns say', async () => {
		const row = aRow({
			name: 'Importville Library',
			alternate_name: 'The Lib',
			organization: 'Importville Libraries',
			organization_url: 'https://libraries.example',
			address: '1 Import Street',
			postal_code: 'V5K 0A1',
			latitude: '-55.01',
			longitude: '-125.01',
			how_to_find: 'Beside the hall.',
			hours: 'Mo-Fr 09:00-17:00; 2Sa 10:00-12:00',
			hours_note: 'Closed in fog.',
			holidays: 'closed',
			wheelchair: 'limited',
			washroom: 'yes',
			accessibility_note: 'A ramp at the back.',
			service: 'Reading room',
			description: 'Books.',
			free: 'yes',
			fees: 'Fines are small.',
			referral: 'no',
			audience: 'Everybody',
			documents: 'Photo ID; Proof of address',
			languages: 'en;pa',
			meets: 'Tu 18:30-20:00',
			phone: '604-555-0111 x 12',
			phone_note: 'The desk',
			email: 'desk@libraries.example',
			url: 'https://libraries.example/importville',
			confirmed_on: '2026-11-01',
			confirmed_by: 'phone',
			source: 'The library',
			licence: 'CC0'
		});
		expect(await statuses([row])).toEqual(['created']);
		expect(await page(row.place_id!)).toMatchObject({
			name: 'Importville Library',
			alternate_name: 'The Lib',
			organization: { name: 'Importville Libraries', website: 'https://libraries.example' },
			postal_address: { address: '1 Import Street', city: 'Vancouver', province: 'BC', postal_code: 'V5K 0A1' },
			lat: -55.01,
			lng: -125.01,
			neighbourhood: { slug: area.slug, name: 'Importville' },
			how_to_find: 'Beside the hall.',
			hours: 'scheduled',
			hours_note: 'Closed in fog.',
			schedules: [
				{ freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR', opens_at: '09:00', closes_at: '17:00', holidays: 'closed' },
				{ freq: 'MONTHLY', byday: '2SA', opens_at: '10:00', closes_at: '12:00', holidays: 'closed' }
			],
			wheelchair_access: 'limited',
			washroom: true,
			accessibility_note: 'A ramp at the back.',
			confirmed_on: '2026-11-01',
			confirmed_by: 'phone',
			source: 'The library',
			licence: 'CC0',
			phone: '604-555-0111 x 12',
			services: [
				{
					name: 'Reading room',
					description: 'Books.',
					free: true,
					fees: 'Fines are small.',
					referral: false,
					audience: 'Everybody',
					documents: ['Photo ID', 'Proof of address'],
					languages: ['en', 'pa'],
					schedules: [{ byday: 'TU', opens_at: '18:30', closes_at: '20:00' }],
					phones: [{ number: '604-555-0111', extension: '12', description: 'The desk' }],
					email: 'desk@libraries.example',
					url: 'https://libraries.example/importville',
					categories: [category.code]
				}
			]
		});
	});

	test('with what is blank not known, and the rest as the format says', async () => {
		const row = aRow({ name: 'Bare Place' });
		await load([row]);
		expect(await page(row.place_id!)).toMatchObject({
			organization: { name: 'Bare Place', website: null },
			postal_address: null,
			lat: null,
			neighbourhood: null,
			hours: 'unconfirmed',
			free: null,
			wheelchair: null,
			washroom: null,
			confirmed_on: null,
			confidential: false,
			sample: false,
			services: [{ name: 'Bare Place', referral: null, languages: [], documents: [], phones: [] }]
		});
	});
});

describe('the report', () => {
	test('says of each row whether it was created, updated, unchanged or rejected', async () => {
		const [one, two] = [aRow(), aRow()];
		expect(await statuses([one, two])).toEqual(['created', 'created']);
		expect(await statuses([one, { ...two, description: 'New.' }, aRow(), aRow({ name: '' })])).toEqual([
			'unchanged',
			'updated',
			'created',
			'rejected'
		]);
	});

	test('tells the rows of one place apart', async () => {
		const place_id = ownName('row-');
		const rows = [aRow({ place_id }), aRow({ place_id, name: '', service_id: `${place_id}-b`, service: 'Second' })];
		expect(await statuses(rows)).toEqual(['created', 'created']);
		const renamed = { ...rows[1]!, service: 'Renamed' };
		expect(await statuses([rows[0]!, renamed])).toEqual(['unchanged', 'updated']);
		expect(await statuses([{ ...rows[0]!, hours_note: 'Changed.' }, renamed])).toEqual(['updated', 'unchanged']);
		expect((await page(place_id))?.services.map(({ name }) => name)).toEqual(['A place', 'Renamed']);
	});

	test('counts what it says', async () => {
		expect(countByStatus(await load([aRow(), aRow(), aRow({ name: '' })]))).toEqual({
			created: 2,
			updated: 0,
			unchanged: 0,
			rejected: 1
		});
	});
});

describe('loading the same file again', () => {
	test('changes nothing at all', async () => {
		const rows = [aRow({ hours: 'Mo-Fr 09:00-17:00', phone: '604-555-0112' }), aRow()];
		await load(rows);
		const versions = () =>
			sql`select id, xmin::text from public.locations where program_id = ${program.id} order by id`;
		const before = await versions();
		expect(await statuses(rows)).toEqual(['unchanged', 'unchanged']);
		expect(await versions()).toEqual(before);
	});

	test('with its columns in another order and Windows line ends changes nothing', async () => {
		const row = aRow({ description: 'One.\nTwo.', free: 'yes' });
		await load([row]);
		const reversed = Object.fromEntries(Object.entries(row).reverse());
		const file = read(aCsv(reversed).replaceAll('\n', '\r\n'), [category.code]);
		expect((await loadDirectoryFile(service, program.id, file, { dryRun: false })).map(({ status }) => status)).toEqual(
			['unchanged']
		);
	});

	test('into another program makes places of its own', async () => {
		const row = aRow();
		await load([row]);
		expect(await statuses([row], { into: elsewhere })).toEqual(['created']);
		expect(await statuses([row])).toEqual(['unchanged']);
	});
});

describe('a dry run', () => {
	test('says what would happen and changes nothing', async () => {
		const known = aRow();
		await load([known]);
		const rows = [{ ...known, name: 'Renamed' }, aRow(), aRow({ neighbourhood: 'no-such-place' })];
		const before = await stored(known.place_id!);
		expect(await statuses(rows, { dryRun: true })).toEqual(['updated', 'created', 'rejected']);
		expect(await stored(known.place_id!)).toEqual(before);
		expect(await stored(rows[1]!.place_id!)).toBeUndefined();
		expect(await statuses(rows)).toEqual(['updated', 'created', 'rejected']);
	});

	test('is what happens unless one asks for more', async () => {
		const row = aRow();
		await loadDirectoryFile(service, program.id, read(aCsv(row), [category.code]));
		expect(await stored(row.place_id!)).toBeUndefined();
	});
});

describe('who may import', () => {
	const records = () => read(aCsv(aRow()), [category.code]).places.map(({ place, services }) => ({ place, services }));
	const call = (client: ReturnType<typeof asUser>, dry_run: boolean) =>
		client.rpc('import_places', { program: program.id, records: records() as never, dry_run });

	test.each(['admin', 'coordinator', 'editor'] as const)('a person with the role %s may', async (role) => {
		const { data, error } = await call(await asMember(program, role), false);
		expect(error).toBeNull();
		expect(data).toMatchObject([{ place: 'created' }]);
	});

	test.each(['supervisor', 'worker'] as const)('a %s may not, not even try', async (role) => {
		const client = await asMember(program, role);
		for (const dryRun of [true, false]) expect((await call(client, dryRun)).error?.code).toBe('42501');
	});

	test('nor may an editor of another program, somebody without a role, or somebody who is not signed in', async () => {
		for (const client of [await asMember(elsewhere, 'editor'), asUser(await aUser()), asAnonymous()]) {
			expect((await call(client, true)).error?.code).toBe('42501');
		}
	});
});
