import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nearest, place as readPlace, points, search } from '../../src/lib/directory/directory.server.ts';
import { everyPlace } from '../../src/lib/directory/export.server.ts';
import {
	aCategory,
	aNeighbourhood,
	forgetCategories,
	forgetNeighbourhoods,
	ownName,
	type Category,
	type Neighbourhood
} from '../factories/directory.ts';
import { aPlace, type Place } from '../factories/place.ts';
import { aProgram, forgetProgram, type Program } from '../factories/program.ts';
import { asAnonymous } from '../support/database.ts';

const CENTRE = { lat: -45, lng: -115 };
const now = new Date();
const db = asAnonymous();

let program: Program;
let category: Category;
let area: Neighbourhood;
let sample: Place;
let real: Place;

beforeAll(async () => {
	program = await aProgram('samples');
	category = await aCategory('samples');
	area = await aNeighbourhood('Samplemere', CENTRE);
	const given = { neighbourhood: area, at: CENTRE, services: [{ categories: [category], free: true }] };
	sample = await aPlace.sample(program, { ...given, hours: '24/7', wheelchair: 'yes', name: ownName('Invented ') });
	real = await aPlace(program, given);
});
afterAll(async () => {
	await forgetProgram(program);
	await forgetCategories(category);
	await forgetNeighbourhoods(area);
});

describe('a sample', () => {
	test('is marked in the list and on its page', async () => {
		const { places } = await search(db, { neighbourhood: area.slug, page: 1 }, { now });
		expect(Object.fromEntries(places.map(({ slug, sample }) => [slug, sample]))).toEqual({
			[sample.slug]: true,
			[real.slug]: false
		});
		expect((await readPlace(db, sample.slug, { now }))?.sample).toBe(true);
	});

	test('comes after what is real where nothing else decides', async () => {
		const { places } = await search(db, { neighbourhood: area.slug, page: 1 }, { now });
		expect(places.map(({ slug }) => slug)).toEqual([real.slug, sample.slug]);
	});

	test('is never open, whatever its hours say, and has no week', async () => {
		const page = await readPlace(db, sample.slug, { now });
		expect(page?.open.state).toBe('unconfirmed');
		expect(page?.week).toEqual([]);
		const { total } = await search(db, { neighbourhood: area.slug, open: 'now', page: 1 }, { now });
		expect(total).toBe(0);
	});

	test('is left out for machines: of the list, its total and every count', async () => {
		const result = await search(db, { neighbourhood: area.slug, page: 1 }, { now, forMachines: true });
		expect(result.places.map(({ slug }) => slug)).toEqual([real.slug]);
		expect(result.total).toBe(1);
		expect(result.facets).toMatchObject({
			categories: { [category.code]: 1 },
			neighbourhoods: { [area.slug]: 1 },
			free: 1,
			wheelchair: 0
		});
	});

	test('is left out for machines where other filters are chosen as well', async () => {
		const filters = {
			bbox: [-115.1, -45.1, -114.9, -44.9] as [number, number, number, number],
			free: true as const,
			page: 1
		};
		expect((await search(db, filters, { now })).total).toBe(2);
		expect((await search(db, filters, { now, forMachines: true })).total).toBe(1);
	});

	test('is in no export', async () => {
		const places = await everyPlace(db, { neighbourhood: area.slug, page: 1 }, { now });
		expect(places.map(({ slug }) => slug)).toEqual([real.slug]);
	});

	test('is a point on our own map and in none for machines', async () => {
		const numbers = async (forMachines: boolean) =>
			(await points(db, { neighbourhood: area.slug, page: 1 }, { now, forMachines })).n.sort();
		expect(await numbers(false)).toEqual([sample.number, real.number].sort());
		expect(await numbers(true)).toEqual([real.number]);
	});

	test('is not among the nearest, not nearby, and nowhere that one can be near', async () => {
		const found = await nearest(db, CENTRE, [category.code], 10, { now });
		expect(found[category.code]?.map(({ slug }) => slug)).toEqual([real.slug]);
		const page = await readPlace(db, real.slug, { now });
		expect(page?.nearby.map(({ slug }) => slug)).not.toContain(sample.slug);
		const { ignored } = await search(db, { near: sample.name, page: 1 }, { now });
		expect(ignored).toEqual([{ parameter: 'near', problem: 'unknown' }]);
	});
});
