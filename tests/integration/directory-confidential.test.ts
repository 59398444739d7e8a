import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nearest, place as readPlace, points, search } from '../../src/lib/directory/directory.server.ts';
import { everyPlace } from '../../src/lib/directory/export.server.ts';
import { toGeoJson } from '../../src/lib/directory/export.ts';
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
import { aProgram, asMember, forgetProgram, type Program } from '../factories/program.ts';
import { asAnonymous, asService, ownerSql, sql } from '../support/database.ts';

const CENTRE = { lat: -40, lng: -110 };
const now = new Date();
const db = asAnonymous();

let program: Program;
let category: Category;
let area: Neighbourhood;
let shelter: Place;
let library: Place;

beforeAll(async () => {
	program = await aProgram('confidential');
	category = await aCategory('confidential');
	area = await aNeighbourhood('Quietmere', CENTRE);
	const given = { neighbourhood: area, services: [{ categories: [category] }] };
	shelter = await aPlace.confidential(program, { ...given, name: ownName('Shelter ') });
	library = await aPlace(program, { ...given, at: CENTRE, address: '1 Quiet Street' });
});
afterAll(async () => {
	await forgetProgram(program);
	await forgetCategories(category);
	await forgetNeighbourhoods(area);
});

describe('a confidential place can have no address and no position, whoever writes it', () => {
	const owner = ownerSql;

	test.each([
		['the superuser', sql],
		['the tables’ owner', owner]
	])('%s cannot give it either', async (_who, by) => {
		await expect(
			by`insert into public.addresses (location_id, address_1) values (${shelter.id}, '2 Secret Street')`
		).rejects.toMatchObject({ code: '23503' });
		await expect(
			by`update public.locations set latitude = 49.2, longitude = -123.1 where id = ${shelter.id}`
		).rejects.toMatchObject({ code: '23514' });
		await expect(
			by`update public.addresses set location_id = ${shelter.id} where location_id = ${library.id}`
		).rejects.toMatchObject({ code: '23503' });
	});

	test('nor can an editor or the service over REST', async () => {
		for (const client of [await asMember(program, 'editor'), asService()]) {
			const address = await client.from('addresses').insert({ location_id: shelter.id, address_1: '2 Secret Street' });
			const position = await client
				.from('locations')
				.update({ latitude: 49.2, longitude: -123.1 })
				.eq('id', shelter.id);
			expect([address.error?.code, position.error?.code]).toEqual(['23503', '23514']);
		}
	});

	test('an address cannot say that it is a confidential place’s', async () => {
		await expect(
			sql`insert into public.addresses (location_id, address_1, confidential) values (${shelter.id}, '2 Secret Street', true)`
		).rejects.toMatchObject({ code: '428C9' });
	});

	test('its neighbourhood and the way to its door would give it away', async () => {
		for (const change of [{ neighbourhood_id: area.id }, { transportation: 'The blue door' }]) {
			await expect(sql`update public.locations set ${sql(change)} where id = ${shelter.id}`).rejects.toMatchObject({
				code: '23514'
			});
		}
	});

	test('a place with an address becomes confidential only when the address is gone', async () => {
		const place = await aPlace(program, { at: null, address: '3 Known Street' });
		const conceal = () => sql`update public.locations set confidential = true where id = ${place.id}`;
		await expect(conceal()).rejects.toMatchObject({ code: '23503' });
		await sql`delete from public.addresses where location_id = ${place.id}`;
		await conceal();
		expect((await readPlace(db, place.slug, { now }))?.postal_address).toBeNull();
	});

	test('a place with a position becomes confidential only when the position is gone', async () => {
		const place = await aPlace(program, { at: CENTRE });
		await expect(sql`update public.locations set confidential = true where id = ${place.id}`).rejects.toMatchObject({
			code: '23514'
		});
		await sql`update public.locations set confidential = true, latitude = null, longitude = null where id = ${place.id}`;
		const { total } = await search(db, { bbox: [-110.001, -40.001, -109.999, -39.999], page: 1 }, { now });
		expect(total).toBe(1);
	});
});

describe('a confidential place', () => {
	test('is in the list without address, position or distance', async () => {
		const { places } = await search(db, { category: category.code, near: CENTRE, page: 1 }, { now });
		expect(places.map(({ slug }) => slug).sort()).toEqual([shelter.slug, library.slug].sort());
		expect(places.find(({ slug }) => slug === shelter.slug)).toMatchObject({
			address: null,
			lat: null,
			lng: null,
			neighbourhood: null,
			distance_m: null
		});
	});

	test('has a page that says so, with no address, no position and nothing nearby', async () => {
		expect(await readPlace(db, shelter.slug, { now })).toMatchObject({
			confidential: true,
			postal_address: null,
			address: null,
			lat: null,
			lng: null,
			nearby: []
		});
	});

	test('is not nearby to anything', async () => {
		const page = await readPlace(db, library.slug, { now });
		expect(page?.nearby.map(({ slug }) => slug)).not.toContain(shelter.slug);
	});

	test('is no point on the map', async () => {
		const { n } = await points(db, { category: category.code, page: 1 }, { now });
		expect(n).toEqual([library.number]);
	});

	test('is in no map extent', async () => {
		const { places } = await search(db, { category: category.code, bbox: [-180, -90, 180, 90], page: 1 }, { now });
		expect(places.map(({ slug }) => slug)).toEqual([library.slug]);
	});

	test('is not among the nearest', async () => {
		const found = await nearest(db, CENTRE, [category.code], 10, { now });
		expect(found[category.code]?.map(({ slug }) => slug)).toEqual([library.slug]);
	});

	test('is nowhere that one can be near', async () => {
		const { ignored } = await search(db, { near: shelter.name, page: 1 }, { now });
		expect(ignored).toEqual([{ parameter: 'near', problem: 'unknown' }]);
	});

	test('is in no export and in no answer for machines', async () => {
		const filters = { category: category.code, page: 1 };
		const places = await everyPlace(db, filters, { now });
		expect(places.map(({ slug }) => slug)).toEqual([library.slug]);
		expect((await search(db, filters, { now, forMachines: true })).total).toBe(1);
		const { features } = toGeoJson(places, 'https://bearings.example');
		expect(features.map(({ properties }) => (properties as { slug: string }).slug)).toEqual([library.slug]);
	});
});
