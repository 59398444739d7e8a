import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nearestCategories, points, search, suggest } from '../../src/lib/directory/directory.server.ts';
import type { PlaceFilters } from '../../src/lib/directory/search-params.ts';
import {
	aCategory,
	aNeighbourhood,
	aSynonym,
	forgetCategories,
	forgetNeighbourhoods,
	type Category,
	type Neighbourhood
} from '../factories/directory.ts';
import { aPlace, type PlaceGiven } from '../factories/place.ts';
import { aProgram, forgetProgram, type Program } from '../factories/program.ts';
import { asAnonymous } from '../support/database.ts';

/*
 * A small town in the middle of the ocean: searches are confined to it by its neighbourhood. The invented words are in no
 * other place, so that nothing else in the directory changes what a typing mistake is taken for.
 */
const CENTRE = { lat: -30, lng: -105 };
const now = new Date();
const db = asAnonymous();

let program: Program;
let area: Neighbourhood;
let bakeries: Category;
let ferneries: Category;
let forgetSynonyms: (() => Promise<void>)[];

const PLACES: (PlaceGiven & { slug: string })[] = [
	{ slug: 'word-swimming', name: 'Quillbrook Swimming Hall', services: [{ description: 'Lessons for grown-ups.' }] },
	{ slug: 'word-cafe', name: 'Café Été', services: [{ name: 'Soup' }] },
	{
		slug: 'word-ovens',
		name: 'The Old Ovens',
		services: [{ name: 'Bread', description: 'Warm loaves each morning.' }]
	},
	{ slug: 'word-wozzleton', name: 'Wozzleton House', services: [{ description: 'A garden with tomatoes.' }] },
	{ slug: 'word-garden', name: 'Tomato Garden', services: [{ description: 'Beds for the neighbours.' }] },
	{ slug: 'word-alternate', name: 'Harbour Room', alternateName: 'Zinnwick Hut', organization: 'Zorpwell Society' },
	{ slug: 'word-ferns', name: 'Fernerie Park', services: [{ description: 'Grass.' }] },
	{ slug: 'word-glass', name: 'Glass House', services: [{ description: 'Palms.' }] },
	{ slug: 'word-chinese', name: '中文图书角', services: [{ description: 'Books.' }] }
];

beforeAll(async () => {
	program = await aProgram('words');
	area = await aNeighbourhood('Wordhaven', { ...CENTRE, alternateNames: ['Wordy Cove'] });
	bakeries = await aCategory('bakeries', { title: 'Zimmerbakeries' });
	ferneries = await aCategory('ferneries', { title: 'Ferneries' });
	const kinds: Record<string, Category> = { 'word-ovens': bakeries, 'word-glass': ferneries };
	for (const place of PLACES) {
		const kind = kinds[place.slug];
		const services = kind ? [{ ...place.services![0], categories: [kind] }] : place.services;
		await aPlace(program, { ...place, services, at: CENTRE, neighbourhood: area });
	}
	forgetSynonyms = [
		await aSynonym('plonkbread', ['Zimmerbakeries']),
		await aSynonym('hot crusty things', ['bread', 'soup']),
		await aSynonym('vegetable patch', ['garden'])
	];
});
afterAll(async () => {
	for (const forget of forgetSynonyms) await forget();
	await forgetProgram(program);
	await forgetCategories(bakeries, ferneries);
	await forgetNeighbourhoods(area);
});

const find = (q: string, more: Partial<PlaceFilters> = {}) =>
	search(db, { q, neighbourhood: area.slug, page: 1, ...more }, { now });

const slugs = async (q: string) => (await find(q)).places.map(({ slug }) => slug.replace('word-', ''));

test('a place of the kind that was asked for stands before one that has the word in its name', async () => {
	expect(await slugs('fernerie')).toEqual(['glass', 'ferns']);
});

describe('words', () => {
	test.each([
		['as they stand', 'Swimming Hall', ['swimming']],
		['in another order', 'hall swimming', ['swimming']],
		['by their stem', 'swim', ['swimming']],
		['by their stem, the other way round', 'lesson', ['swimming']],
		['in capitals', 'QUILLBROOK', ['swimming']],
		['with an accent where there is none', 'swímming', ['swimming']],
		['without the accent that is there', 'cafe ete', ['cafe']],
		['with the accent that is there', 'café été', ['cafe']],
		['by the beginning of the last one', 'quillbr', ['swimming']],
		['by the beginning of the last of several', 'swimming ha', ['swimming']],
		['of the alternate name', 'zinnwick', ['alternate']],
		['of the organization', 'zorpwell', ['alternate']],
		['of the description', 'loaves', ['ovens']],
		['of the category', 'zimmerbakeries', ['ovens']],
		['with stop words among them', 'the swimming of a hall', ['swimming']],
		['between signs and spaces', '  swimming -- & | ! hall:* ', ['swimming']],
		['in another script', '中文图书角', ['chinese']]
	])('are found %s', async (_how, q, expected) => {
		const { places, corrected, loose } = await find(q);
		expect(places.map(({ slug }) => slug.replace('word-', ''))).toEqual(expected);
		expect({ corrected, loose }).toEqual({ corrected: null, loose: false });
	});

	test('are all asked for', async () => {
		expect(await slugs('garden tomatoes')).toEqual(['garden', 'wozzleton']);
		expect(await slugs('garden wozzleton')).toEqual(['wozzleton']);
	});

	test('count more in the name than in the description', async () => {
		expect(await slugs('tomato')).toEqual(['garden', 'wozzleton']);
	});

	test('that are the whole name come first', async () => {
		const exact = await aPlace(program, { name: 'Tomato', neighbourhood: area, services: [{}] });
		expect((await find('tomato')).places[0]?.slug).toBe(exact.slug);
	});

	test.each(['', '   ', '&|!', '"', '--'])('%j asks for nothing, so that everything is found', async (q) => {
		expect((await find(q)).total).toBeGreaterThanOrEqual(PLACES.length);
	});

	test('only a stop word is looked for as it is, and finds nothing rather than fails', async () => {
		expect(await find('the')).toMatchObject({ corrected: null, loose: false });
	});
});

describe('typing mistakes', () => {
	test.each([
		['a letter left out', 'wozleton', 'wozzleton'],
		['a letter too many', 'quillbrrook', 'swimming'],
		['two letters changed over', 'wozzelton', 'wozzleton'],
		['a wrong letter', 'zinnwack', 'alternate'],
		['among words that are right', 'quilbrook swimming', 'swimming']
	])('%s is mended and the reader is told', async (_what, q, expected) => {
		const { places, corrected } = await find(q);
		expect(places[0]?.slug).toBe(`word-${expected}`);
		expect(corrected).not.toBeNull();
		expect(corrected).not.toBe(q);
	});

	test('what is searched for instead is said in full', async () => {
		expect((await find('quilbrook swimming')).corrected).toBe('quillbrook swimming');
	});

	test('a word that is like none in use is left as it is', async () => {
		expect(await find('xqzvkjj')).toMatchObject({ total: 0, places: [], corrected: null, loose: false });
	});
});

describe('synonyms', () => {
	test('a word finds what it means', async () => {
		expect(await slugs('plonkbread')).toEqual(['ovens']);
	});

	test('in the plural as well', async () => {
		expect(await slugs('plonkbreads')).toEqual(['ovens']);
	});

	test('several words that mean something together find any of their meanings', async () => {
		expect((await slugs('hot crusty things')).sort()).toEqual(['cafe', 'ovens']);
	});

	test('a part of them does not', async () => {
		expect((await find('crusty things')).places).toEqual([]);
	});

	test('beside other words both are asked for', async () => {
		expect(await slugs('wozzleton vegetable patch')).toEqual(['wozzleton']);
	});
});

describe('when nothing has all the words', () => {
	test('places with any of them are shown, and the reader is told', async () => {
		const result = await find('swimming tomatoes');
		expect(result.loose).toBe(true);
		expect(result.places.map(({ slug }) => slug)).toEqual(expect.arrayContaining(['word-swimming', 'word-garden']));
		expect(result.total).toBe(result.places.length);
	});

	test('one word that is nowhere is not loosened', async () => {
		expect(await find('xqzvkjj')).toMatchObject({ loose: false, total: 0 });
	});

	test('the map shows what the list shows', async () => {
		const result = await find('swimming tomatoes');
		const { n } = await points(db, { q: 'swimming tomatoes', neighbourhood: area.slug, page: 1 }, { now });
		expect(n).toHaveLength(result.total);
	});
});

describe('“near” among the words', () => {
	test.each([
		'swimming near Wordhaven',
		'swimming in wordhaven',
		'swimming around Wordy Cove',
		'swimming by WORDHAVEN'
	])('%s says where', async (q) => {
		const result = await search(db, { q, page: 1 }, { now });
		expect(result.position).toMatchObject({ name: 'Wordhaven', lat: CENTRE.lat, lng: CENTRE.lng });
		expect(result.places[0]).toMatchObject({ slug: 'word-swimming', distance_m: 0 });
	});

	test('words after it that are nowhere are words', async () => {
		const result = await find('swimming near xqzvkjj');
		expect(result.position).toBeNull();
		expect(result.places[0]?.slug).toBe('word-swimming');
	});

	test('a position that was given is kept', async () => {
		const result = await find('swimming', { near: { lat: -30.01, lng: -105 } });
		expect(result.position).toEqual({ lat: -30.01, lng: -105 });
		expect(result.places[0]?.distance_m).toBeGreaterThan(1000);
	});

	test('the map shows what the list shows', async () => {
		const filters = { q: 'swimming near Wordhaven', neighbourhood: area.slug, page: 1 };
		const { total } = await search(db, filters, { now });
		expect(total).toBe(1);
		expect((await points(db, filters, { now })).n).toHaveLength(total);
	});
});

describe('while typing', () => {
	test('places, kinds and neighbourhoods are offered by the beginning of a word', async () => {
		expect(await suggest(db, 'wozz')).toEqual([
			{ kind: 'place', slug: 'word-wozzleton', name: 'Wozzleton House', detail: 'Wordhaven' }
		]);
		expect(await suggest(db, 'wordh')).toEqual([
			{ kind: 'neighbourhood', slug: area.slug, name: 'Wordhaven', detail: '' }
		]);
		expect((await suggest(db, 'zimmerb'))[0]).toEqual({
			kind: 'category',
			slug: bakeries.code,
			name: 'Zimmerbakeries',
			detail: ''
		});
	});

	test('a kind is offered for a word that means it', async () => {
		expect((await suggest(db, 'plonk')).map(({ slug }) => slug)).toContain(bakeries.code);
	});

	test.each(['', ' ', '%', '_', '\\'])('%j offers nothing', async (q) => {
		expect(await suggest(db, q)).toEqual([]);
	});

	test('no more than eight', async () => {
		expect((await suggest(db, 'a')).length).toBeLessThanOrEqual(8);
	});
});

test('an empty result offers the kinds whose words come closest', async () => {
	expect((await nearestCategories(db, 'zimmerbakery'))[0]).toBe(bakeries.code);
});
