import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	nearestCategories,
	place as readPlace,
	points,
	search,
	suggest
} from '../../src/lib/directory/directory.server.ts';
import { readFilters, writeFilters } from '../../src/lib/directory/search-params.ts';
import { ownName } from '../factories/directory.ts';
import { aPlace, type Place } from '../factories/place.ts';
import { aProgram, forgetProgram, type Program } from '../factories/program.ts';
import { asAnonymous, sql } from '../support/database.ts';

const LONG_LIST = path.resolve('../shared/data/bad-input/blns.json');
const long = existsSync(LONG_LIST);

/** What has broken programs before: quoting, patterns, tsquery signs, odd Unicode, numbers that are none. */
const SHORT_LIST = [
	"'; drop table public.locations; --",
	"' or 1=1 --",
	'$$; select pg_sleep(1); $$',
	'%L %s %I',
	'\\',
	"\\'",
	'" & | ! ( ) : * <-> ',
	':*',
	'a:*b & !(c',
	'<script>alert(1)</script>',
	'{"$ne": null}',
	'%00%0a',
	'a\u0000b',
	'\ud800',
	'\udc00 x',
	'🏳️‍🌈🏳️‍🌈 Ⅷ ﷺ ẞ İ ŉ',
	'Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮',
	'\u202etest\u2066',
	'NaN',
	'Infinity',
	'-0',
	'1e309',
	'0x10',
	'9'.repeat(400),
	'x'.repeat(5000),
	'the of and',
	'near near near',
	'in in in',
	'library near ',
	'library near \u0000',
	'((((((((((',
	'a '.repeat(300)
];
const STRINGS: string[] = [...SHORT_LIST, ...(long ? (JSON.parse(readFileSync(LONG_LIST, 'utf8')) as string[]) : [])];

const now = new Date();
const db = asAnonymous();
let program: Program;
let place: Place;

beforeAll(async () => {
	program = await aProgram('bad-input');
	place = await aPlace(program, { name: ownName('Plain '), services: [{ description: 'The library of the test.' }] });
});
afterAll(() => forgetProgram(program));

/** Reads an address as a page does and searches with what could be read: never throws. */
async function visit(query: Record<string, string>) {
	const { filters } = readFilters(new URLSearchParams(query));
	const result = await search(db, filters, { now, pageSize: 2 });
	expect(result.total).toBeGreaterThanOrEqual(result.places.length);
	// The address that a link carries on says the same again.
	expect(readFilters(writeFilters(filters)).filters).toEqual(filters);
	return result;
}

/** Four at a time. */
async function forEach(texts: readonly string[], attempt: (text: string) => Promise<unknown>): Promise<void> {
	const rest = texts.values();
	await Promise.all(
		Array.from({ length: 4 }, async () => {
			for (const text of rest) await attempt(text);
		})
	);
}

describe(`naughty strings${long ? '' : ' (the short list only: ../shared/data/bad-input/blns.json is not there)'}`, () => {
	test('the list is not empty', () => {
		expect(STRINGS.length).toBeGreaterThan(long ? 500 : 30);
	});

	test('as words after “near” are plain text', async () => {
		await forEach(STRINGS, (text) => visit({ q: `library near ${text}` }));
	});

	test('as words and every other parameter at once are plain text, left out or found nowhere', async () => {
		const all = [
			'q',
			'near',
			'category',
			'neighbourhood',
			'language',
			'open',
			'bbox',
			'free',
			'wheelchair',
			'sort',
			'page'
		];
		await forEach(STRINGS, (text) => visit(Object.fromEntries(all.map((name) => [name, text]))));
	});

	test.each(['category', 'neighbourhood', 'language'])(
		'as a %s alone are left out, or no place has it',
		async (name) => {
			for (const text of STRINGS) {
				const { filters, ignored } = readFilters(new URLSearchParams({ [name]: text }));
				const said = name in filters || ignored.some(({ parameter }) => parameter === name);
				expect(said, text).toBe(text.trim() !== '');
			}
			const slugs = STRINGS.filter((text) => name in readFilters(new URLSearchParams({ [name]: text })).filters);
			await forEach(slugs, async (text) => {
				expect((await visit({ [name]: text })).total).toBe(0);
			});
		}
	);

	test('as words for the map, while typing and for a page are plain text', async () => {
		const some = STRINGS.filter((_text, index) => index < SHORT_LIST.length || index % 20 === 0);
		await forEach(some, async (text) => {
			const { filters } = readFilters(new URLSearchParams({ q: text, near: text }));
			const { n } = await points(db, filters, { now });
			expect(Array.isArray(n)).toBe(true);
			const words = filters.q ?? '';
			expect((await suggest(db, words)).length).toBeLessThanOrEqual(8);
			expect((await nearestCategories(db, words)).length).toBeLessThanOrEqual(4);
			expect(await readPlace(db, words, { now })).toBeNull();
		});
	});

	test('change nothing', async () => {
		expect((await readPlace(db, place.slug, { now }))?.name).toBe(place.name);
		const [row] = await sql`select count(*)::int as n from public.locations where program_id = ${program.id}`;
		expect(row?.n).toBe(1);
	});
});

describe('dates and numbers at the edge', () => {
	test.each([
		'0000-01-01T00:00',
		'0001-01-01T00:00:00',
		'1969-12-31T23:59',
		'9999-12-31T23:59:59.999999999',
		'2026-02-29T10:00',
		'2026-13-01T10:00',
		'2026-12-24T24:00',
		'2026-12-24T10:00Z',
		'2026-12-24T10:00+02:00',
		'2026-12-24'
	])('open=%s is read or left out, and never fails', async (open) => {
		await visit({ open });
	});

	test.each([
		'0,0',
		'90,180',
		'-90,-180',
		'-0.0,-0.0',
		'89.9999999999,179.9999999999',
		'91,0',
		'49.2,-123.1,7',
		'0.0000000000001,0',
		'1e3,5'
	])('near=%s is read or left out, and never fails', async (near) => {
		await visit({ near });
	});

	test.each([
		'-180,-90,180,90',
		'0,0,0,0',
		'1,1,0,0',
		'-123.1,49.2,-123.1000000001,49.3',
		'-123.10000001,49.20000001,-123.10000000,49.20000002',
		'181,0,182,1'
	])('bbox=%s is read or left out, and never fails', async (bbox) => {
		await visit({ bbox });
	});

	test.each(['0', '-1', '1', '10000', '10001', '1.5', '999999999', '9999999999', '٣'])(
		'page=%s is read or left out, and never fails',
		async (page) => {
			await visit({ page });
		}
	);
});
