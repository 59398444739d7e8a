import { describe, expect, test } from 'vitest';
import {
	MAX_PAGE,
	placesUrl,
	readFilters,
	roundPosition,
	writeFilters,
	type IgnoredParameter,
	type PlaceFilters
} from './search-params';

const read = (query: string) => readFilters(new URLSearchParams(query));
const filtersOf = (query: string) => read(query).filters;
const ignoredOf = (query: string) => read(query).ignored;

describe('an address says what is searched for', () => {
	test('with every filter', () => {
		const query =
			'q=warm+meal&category=food&open=now&near=49.2734,-123.0694&bbox=-123.1,49.2,-123,49.3&neighbourhood=west-end' +
			'&free=1&wheelchair=1&washroom=1&language=pa&sort=distance&page=3';
		expect(read(query)).toEqual({
			filters: {
				q: 'warm meal',
				category: 'food',
				open: 'now',
				near: { lat: 49.273, lng: -123.069 },
				bbox: [-123.1, 49.2, -123, 49.3],
				neighbourhood: 'west-end',
				free: true,
				wheelchair: true,
				washroom: true,
				language: 'pa',
				sort: 'distance',
				page: 3
			},
			ignored: []
		});
	});

	test('with nothing: the first page of everything', () => {
		expect(read('')).toEqual({ filters: { page: 1 }, ignored: [] });
	});

	test('with fields that a form left empty, which are no filters', () => {
		expect(read('q=&category=&near=+&bbox=&free=&page=&sort=')).toEqual({ filters: { page: 1 }, ignored: [] });
	});

	test('with parameters of other pages, which are passed over in silence', () => {
		expect(read('utm_source=x&Q=big&__proto__=1&constructor=1')).toEqual({ filters: { page: 1 }, ignored: [] });
	});

	test('with a parameter twice: the first', () => {
		expect(filtersOf('q=one&q=two').q).toBe('one');
	});

	test.each(['1', 'true', 'yes', 'on'])('free=%s is a tick', (value) => {
		expect(filtersOf(`free=${value}`).free).toBe(true);
	});

	test.each(['0', 'false', 'no'])('free=%s is none, and nothing to complain of', (value) => {
		expect(read(`free=${value}`)).toEqual({ filters: { page: 1 }, ignored: [] });
	});

	test.each(['now', '2026-12-24T09:30', '2026-12-24T09:30:00', '2028-02-29T23:59'])('open=%s is a time', (open) => {
		expect(filtersOf(`open=${open}`).open).toBe(open);
	});

	test('a position is known to about 100 metres and no nearer', () => {
		expect(filtersOf('near=49.27345678,-123.06949999').near).toEqual({ lat: 49.273, lng: -123.069 });
		expect(roundPosition({ lat: -0.0001, lng: 0.0004 })).toEqual({ lat: 0, lng: 0 });
		expect(filtersOf('near= 49.2 , -123.1 ').near).toEqual({ lat: 49.2, lng: -123.1 });
	});

	test.each(['Commercial Drive', '1661 Napier St', 'Main and Broadway', 'near, far', '中文'])(
		'near=%s are words',
		(near) => {
			expect(filtersOf(new URLSearchParams({ near }).toString()).near).toBe(near);
		}
	);

	test('words are plain text, whatever they are', () => {
		for (const q of ["'; drop table x; --", '<b>', '%00', '\\', '\u202e', '日本']) {
			expect(filtersOf(new URLSearchParams({ q }).toString()).q).toBe(q);
		}
		expect(filtersOf('q=a%00b').q).toBe('a b');
		expect(filtersOf('q=%00')).toEqual({ page: 1 });
	});
});

describe('what cannot be used is left out and named', () => {
	const cases: [string, string, IgnoredParameter['problem']][] = [
		['category=Food', 'category', 'malformed'],
		['category=food--banks', 'category', 'malformed'],
		['category=food%27', 'category', 'malformed'],
		[`category=${'a'.repeat(121)}`, 'category', 'malformed'],
		['neighbourhood=West%20End', 'neighbourhood', 'malformed'],
		['open=tomorrow', 'open', 'malformed'],
		['open=2026-12-24', 'open', 'malformed'],
		['open=2026-12-24T25:00', 'open', 'malformed'],
		['open=2026-02-30T10:00', 'open', 'malformed'],
		['open=2026-12-24T10:00Z', 'open', 'malformed'],
		['open=2026-12-24T10:00-08:00', 'open', 'malformed'],
		['open=0000-01-01T00:00', 'open', 'out_of_range'],
		['open=9999-12-31T23:59', 'open', 'out_of_range'],
		['near=91,0', 'near', 'out_of_range'],
		['near=0,181', 'near', 'out_of_range'],
		['near=49.2,', 'near', 'malformed'],
		['near=49.2', 'near', 'malformed'],
		['near=49.2,-123.1,5', 'near', 'malformed'],
		['near=1000,5', 'near', 'malformed'],
		['bbox=1,2,3', 'bbox', 'malformed'],
		['bbox=a,b,c,d', 'bbox', 'malformed'],
		['bbox=NaN,0,1,1', 'bbox', 'malformed'],
		['bbox=1e2,0,101,1', 'bbox', 'malformed'],
		['bbox=-181,0,1,1', 'bbox', 'out_of_range'],
		['bbox=0,-91,1,1', 'bbox', 'out_of_range'],
		['bbox=1,0,0,1', 'bbox', 'out_of_range'],
		['bbox=0,1,1,1', 'bbox', 'out_of_range'],
		['bbox=0,0,0.00001,1', 'bbox', 'out_of_range'],
		['free=maybe', 'free', 'malformed'],
		['wheelchair=2', 'wheelchair', 'malformed'],
		['language=english', 'language', 'malformed'],
		['language=EN', 'language', 'malformed'],
		['sort=random', 'sort', 'unknown'],
		['page=0', 'page', 'out_of_range'],
		['page=-1', 'page', 'malformed'],
		['page=1.5', 'page', 'malformed'],
		['page=two', 'page', 'malformed'],
		[`page=${MAX_PAGE + 1}`, 'page', 'out_of_range'],
		['page=99999999999', 'page', 'malformed']
	];
	test.each(cases)('%s', (query, parameter, problem) => {
		expect(read(query)).toEqual({ filters: { page: 1 }, ignored: [{ parameter, problem }] });
	});

	test('one by one, and the rest is kept', () => {
		expect(read('q=tea&category=Food&page=x&free=1&bbox=1')).toEqual({
			filters: { q: 'tea', free: true, page: 1 },
			ignored: [
				{ parameter: 'category', problem: 'malformed' },
				{ parameter: 'bbox', problem: 'malformed' },
				{ parameter: 'page', problem: 'malformed' }
			]
		});
	});

	test('of many words the first 200 characters are used, counted as people count them', () => {
		const long = read(new URLSearchParams({ q: 'x'.repeat(201) }).toString());
		expect([long.filters.q?.length, long.ignored]).toEqual([200, [{ parameter: 'q', problem: 'too_long' }]]);
		const leaves = '🍁'.repeat(200);
		expect(read(new URLSearchParams({ q: leaves }).toString())).toEqual({
			filters: { q: leaves, page: 1 },
			ignored: []
		});
		expect(ignoredOf(`q=${'x'.repeat(200)}`)).toEqual([]);
	});
});

describe('filters and addresses', () => {
	/** The same numbers every time: a linear congruential generator. */
	function generator(seed: number) {
		let state = seed;
		const next = () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
		return {
			next,
			pick: <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!,
			between: (low: number, high: number, steps: number) =>
				Math.round((low + next() * (high - low)) * steps) / steps + 0
		};
	}

	function someFilters(seed: number): PlaceFilters {
		const { next, pick, between } = generator(seed);
		const maybe = <T>(value: T): T | undefined => (next() < 0.5 ? value : undefined);
		const west = between(-180, 179, 10_000);
		const south = between(-90, 89, 10_000);
		const all: PlaceFilters = {
			q: maybe(pick(['tea', 'a b', 'x&y=z', '50% + 1', 'café', '🍁', '%2C,', '#?/', "'", 'now'])),
			category: maybe(pick(['food', 'food-banks', 'a1-2'])),
			open: maybe(pick(['now', '2026-12-24T09:30', '2100-01-01T00:00:00'])),
			near: maybe(
				pick([
					{ lat: between(-90, 90, 1000), lng: between(-180, 180, 1000) },
					'Main and Broadway',
					'O’Hara, 1+1',
					'49.2 Street'
				])
			),
			bbox: maybe([
				west,
				south,
				between(west + 0.001, 180, 10_000),
				between(south + 0.001, 90, 10_000)
			] as PlaceFilters['bbox']),
			neighbourhood: maybe(pick(['west-end', 'kitsilano'])),
			free: maybe(true as const),
			wheelchair: maybe(true as const),
			washroom: maybe(true as const),
			language: maybe(pick(['en', 'yue'])),
			sort: maybe(pick(['distance', 'name'] as const)),
			page: pick([1, 2, 77, MAX_PAGE])
		};
		return Object.fromEntries(
			Object.entries(all).filter(([, value]) => value !== undefined)
		) as unknown as PlaceFilters;
	}

	test('what was written is read back the same, for 500 combinations', () => {
		for (let seed = 1; seed <= 500; seed++) {
			const filters = someFilters(seed);
			expect(readFilters(writeFilters(filters)), `seed ${seed}`).toEqual({ filters, ignored: [] });
			const { search } = new URL(placesUrl(filters, { page: filters.page }), 'https://bearings.example');
			expect(readFilters(new URLSearchParams(search)).filters, `seed ${seed}`).toEqual(filters);
		}
	});

	test('one search has one address, in whatever order it was written', () => {
		const filters = filtersOf('page=2&free=1&q=tea&category=food');
		expect(placesUrl(filters, { page: 2 })).toBe('/places?q=tea&category=food&free=1&page=2');
		expect(placesUrl(filtersOf('sort=best&page=1'))).toBe('/places');
	});

	test('a change of filter starts again at the first page, and can take a filter away', () => {
		const filters = filtersOf('q=tea&free=1&page=4');
		expect(placesUrl(filters, { category: 'food' })).toBe('/places?q=tea&category=food&free=1');
		expect(placesUrl(filters, { free: undefined })).toBe('/places?q=tea');
		expect(placesUrl(filters, {}, '/api/places')).toBe('/api/places?q=tea&free=1');
	});

	test('commas stay readable', () => {
		expect(placesUrl(filtersOf('near=49.2,-123.1'))).toBe('/places?near=49.2,-123.1');
	});
});
