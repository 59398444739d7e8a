import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { points, search } from '../../src/lib/directory/directory.server.ts';
import type { Bounds, PlaceFilters } from '../../src/lib/directory/search-params.ts';
import {
	aCategory,
	aNeighbourhood,
	forgetCategories,
	forgetNeighbourhoods,
	type Category,
	type Neighbourhood
} from '../factories/directory.ts';
import { aPlace, type Place } from '../factories/place.ts';
import { aProgram, forgetProgram, type Program } from '../factories/program.ts';
import { asAnonymous } from '../support/database.ts';

/** A town in the middle of the ocean: no other place of the directory is within these bounds. */
const TOWN: Bounds = [-95.05, -35.05, -94.95, -34.95];
const CENTRE = { lat: -35, lng: -95 };
const now = new Date();
const db = asAnonymous();

interface Kept {
	place: Place;
	at: { lat: number; lng: number };
	categories: string[];
	neighbourhood: string;
	free: boolean | undefined;
	wheelchair: 'yes' | 'limited' | 'no' | undefined;
	washroom: boolean | undefined;
	languages: string[];
}

let program: Program;
let categories: Record<'food' | 'bank' | 'meal' | 'rest', Category>;
let areas: Neighbourhood[];
const kept: Kept[] = [];

beforeAll(async () => {
	program = await aProgram('filters');
	const food = await aCategory('filters-food');
	categories = {
		food,
		bank: await aCategory('filters-bank', { parent: food }),
		meal: await aCategory('filters-meal', { parent: food }),
		rest: await aCategory('filters-rest')
	};
	areas = [await aNeighbourhood('Westside', CENTRE), await aNeighbourhood('Eastside', CENTRE)];
	// Thirty places that differ in everything there is to filter by, each in its own rhythm.
	for (let nth = 0; nth < 30; nth++) {
		const chosen = [[categories.bank], [categories.meal, categories.rest], [categories.rest], []][nth % 4]!;
		const at = { lat: -35.04 + 0.0025 * nth, lng: -95.04 + 0.0027 * ((nth * 7) % 30) };
		const given = {
			free: [true, false, undefined][nth % 3],
			wheelchair: (['yes', 'limited', 'no', undefined, 'yes'] as const)[nth % 5],
			washroom: [true, undefined][nth % 2],
			languages: nth % 6 === 0 ? ['en', 'pa'] : nth % 6 === 1 ? ['yue'] : [],
			neighbourhood: areas[nth % 7 === 0 ? 1 : 0]!
		};
		const place = await aPlace(program, {
			name: `Filterhouse ${String.fromCharCode(97 + ((nth * 11) % 30) / 2)}`,
			at,
			neighbourhood: given.neighbourhood,
			wheelchair: given.wheelchair,
			washroom: given.washroom,
			services: [{ categories: chosen, free: given.free, languages: given.languages }]
		});
		kept.push({
			...given,
			place,
			at,
			categories: [
				...new Set(chosen.flatMap(({ code }) => (code === categories.rest.code ? [code] : [code, food.code])))
			],
			neighbourhood: given.neighbourhood.slug
		});
	}
});
afterAll(async () => {
	await forgetProgram(program);
	await forgetCategories(...Object.values(categories));
	await forgetNeighbourhoods(...areas);
});

const find = (filters: Partial<PlaceFilters>, pageSize = 100) =>
	search(db, { bbox: TOWN, page: 1, ...filters }, { now, pageSize });

/** What each filter means, by hand. */
const MEANS: { [K in keyof PlaceFilters]?: (kept: Kept, wanted: NonNullable<PlaceFilters[K]>) => boolean } = {
	category: ({ categories }, wanted) => categories.includes(wanted),
	neighbourhood: ({ neighbourhood }, wanted) => neighbourhood === wanted,
	free: ({ free }) => free === true,
	wheelchair: ({ wheelchair }) => wheelchair === 'yes',
	washroom: ({ washroom }) => washroom === true,
	language: ({ languages }, wanted) => languages.includes(wanted),
	bbox: ({ at }, [w, s, e, n]) => at.lng >= w && at.lng <= e && at.lat >= s && at.lat <= n
};

const byHand = (filters: Partial<PlaceFilters>): Kept[] =>
	kept.filter((entry) =>
		Object.entries(filters).every(([name, wanted]) =>
			(MEANS[name as keyof PlaceFilters] as ((kept: Kept, wanted: unknown) => boolean) | undefined)!(entry, wanted)
		)
	);

const count = (entries: Kept[], keys: (entry: Kept) => string[]): Record<string, number> => {
	const counts: Record<string, number> = {};
	for (const key of entries.flatMap(keys)) counts[key] = (counts[key] ?? 0) + 1;
	return counts;
};

/** The filters without one of them: a facet is counted as if it were not chosen. */
const without = (filters: Partial<PlaceFilters>, name: keyof PlaceFilters): Partial<PlaceFilters> => {
	const rest = { ...filters };
	delete rest[name];
	return rest;
};

/** Functions, because the codes are made before the first test. */
const COMBINATIONS: [string, () => Partial<PlaceFilters>][] = [
	['nothing', () => ({})],
	['a category', () => ({ category: categories.rest.code })],
	['a category with others below it', () => ({ category: categories.food.code })],
	['a category below another', () => ({ category: categories.meal.code })],
	['a neighbourhood', () => ({ neighbourhood: areas[1]!.slug })],
	['free', () => ({ free: true })],
	['wheelchair', () => ({ wheelchair: true })],
	['washroom', () => ({ washroom: true })],
	['a language', () => ({ language: 'pa' })],
	['a language of three letters', () => ({ language: 'yue' })],
	['a smaller map', () => ({ bbox: [-95.02, -35.02, -94.98, -34.98] })],
	['a category and free', () => ({ category: categories.food.code, free: true })],
	['a neighbourhood and wheelchair', () => ({ neighbourhood: areas[0]!.slug, wheelchair: true })],
	['free and wheelchair and washroom', () => ({ free: true, wheelchair: true, washroom: true })],
	[
		'all of it',
		() => ({
			category: categories.food.code,
			neighbourhood: areas[0]!.slug,
			free: true,
			wheelchair: true,
			washroom: true
		})
	],
	['a category that there is not', () => ({ category: 'no-such-category' })],
	['a neighbourhood that there is not', () => ({ neighbourhood: 'no-such-place' })]
];

describe('filters', () => {
	test.each(COMBINATIONS)(
		'by %s find what a count by hand finds, in the list and on the map',
		async (_what, chosen) => {
			const filters = chosen();
			const expected = byHand(filters);
			const result = await find(filters);
			expect(result.places.map(({ slug }) => slug).sort()).toEqual(expected.map(({ place }) => place.slug).sort());
			expect(result.total).toBe(expected.length);
			const { n } = await points(db, { bbox: TOWN, page: 1, ...filters }, { now });
			expect(n.sort()).toEqual(expected.map(({ place }) => place.number).sort());
		}
	);

	test.each(COMBINATIONS)('by %s count each facet as if it were not chosen itself', async (_what, chosen) => {
		const filters = chosen();
		expect((await find(filters)).facets).toEqual({
			categories: count(byHand(without(filters, 'category')), ({ categories }) => categories),
			neighbourhoods: count(byHand(without(filters, 'neighbourhood')), ({ neighbourhood }) => [neighbourhood]),
			free: byHand({ ...filters, free: true }).length,
			wheelchair: byHand({ ...filters, wheelchair: true }).length
		});
	});

	test('the list says of a place what it was found by, and null where nobody knows', async () => {
		const { places } = await find({});
		for (const entry of kept) {
			const shown = places.find(({ slug }) => slug === entry.place.slug);
			expect(shown).toMatchObject({
				lat: entry.at.lat,
				lng: entry.at.lng,
				free: entry.free ?? null,
				washroom: entry.washroom ?? null,
				wheelchair: entry.wheelchair === 'yes' ? true : entry.wheelchair === 'no' ? false : null,
				neighbourhood: { slug: entry.neighbourhood }
			});
		}
	});

	test('the main category comes first', async () => {
		const { places } = await find({ category: categories.meal.code });
		expect(places[0]?.categories).toEqual([categories.meal.code, categories.rest.code]);
	});

	test('the map’s points have each place’s position and its top category', async () => {
		const { n, lat, lng, category } = await points(db, { bbox: TOWN, page: 1 }, { now });
		for (const { place, at, categories: own } of kept) {
			const nth = n.indexOf(place.number);
			expect([lat[nth], lng[nth]]).toEqual([Math.round(at.lat * 1e5), Math.round(at.lng * 1e5)]);
			expect(category[nth]).toBe(own.includes(categories.food.code) ? categories.food.code : (own[0] ?? null));
		}
	});
});

describe('pages', () => {
	const everyPage = async (filters: Partial<PlaceFilters>) => {
		const slugs: string[] = [];
		for (let page = 1; page <= 5; page++) {
			const result = await find({ ...filters, page }, 7);
			expect([result.page, result.pages, result.total]).toEqual([page, 5, 30]);
			slugs.push(...result.places.map(({ slug }) => slug));
		}
		return slugs;
	};

	test.each([
		['the best first', {}],
		['by name', { sort: 'name' }],
		['by distance', { near: CENTRE, sort: 'distance' }],
		['with words', { q: 'filterhouse' }],
		['with words and a position', { q: 'filterhouse', near: CENTRE }]
	] as [string, Partial<PlaceFilters>][])('%s, hold each place once and stay as they are', async (_how, filters) => {
		const slugs = await everyPage(filters);
		expect([...slugs].sort()).toEqual(kept.map(({ place }) => place.slug).sort());
		expect(await everyPage(filters)).toEqual(slugs);
	});

	test('after the last are empty and still know the total', async () => {
		expect(await find({ page: 9 }, 7)).toMatchObject({ places: [], page: 9, pages: 5, total: 30 });
	});

	test('by name are in the order of the alphabet', async () => {
		const names = (await find({ sort: 'name' })).places.map(({ name }) => name.toLowerCase());
		expect(names).toEqual([...names].sort());
	});
});

describe('near', () => {
	/** Metres between two positions on the sphere (haversine). */
	function haversine(a: { lat: number; lng: number }, b: { lat: number; lng: number }): number {
		const radians = (degrees: number) => (degrees * Math.PI) / 180;
		const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
		const h = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lng, b.lng);
		return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h));
	}

	test('the nearest come first, with distances right to one per cent', async () => {
		const { places, position } = await find({ near: CENTRE });
		expect(position).toEqual(CENTRE);
		const expected = [...kept].sort((a, b) => haversine(CENTRE, a.at) - haversine(CENTRE, b.at));
		expect(places.map(({ slug }) => slug)).toEqual(expected.map(({ place }) => place.slug));
		places.forEach(({ distance_m }, index) => {
			const metres = haversine(CENTRE, expected[index]!.at);
			expect(Math.abs(distance_m! - metres)).toBeLessThanOrEqual(metres * 0.01 + 1);
		});
	});

	test('a place without a position is last, and still found', async () => {
		const nowhere = await aPlace(program, { at: null, neighbourhood: areas[1]! });
		const filters = { neighbourhood: areas[1]!.slug, near: CENTRE, page: 1 };
		const { places, total } = await search(db, filters, { now, pageSize: 100 });
		expect(places).toHaveLength(total);
		expect(places.at(-1)).toMatchObject({ slug: nowhere.slug, distance_m: null });
	});

	test('without it there are no distances', async () => {
		const { places, position } = await find({});
		expect(position).toBeNull();
		expect(new Set(places.map(({ distance_m }) => distance_m))).toEqual(new Set([null]));
	});

	test('words that name a neighbourhood are its position', async () => {
		const { position, ignored } = await find({ near: 'EASTSIDE' });
		expect([position, ignored]).toEqual([{ ...CENTRE, name: 'Eastside' }, []]);
	});

	test('words that name nothing are left out, and said', async () => {
		const { position, ignored, total } = await find({ near: 'xqzvkjj' });
		expect([position, ignored, total]).toEqual([null, [{ parameter: 'near', problem: 'unknown' }], 30]);
	});
});
