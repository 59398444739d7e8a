import { expect, test } from 'vitest';
import { readSearch } from '../../src/lib/directory/directory.server.ts';
import { asAnonymous, asService, sql } from '../support/database.ts';

const now = new Date('2026-11-25T20:00:00Z');

test.each([
	['2026-11-25T09:00', []],
	['2026-12-20T09:00', []],
	['2027-06-01T10:00', ['out_of_range']],
	['2026-11-01T10:00', ['out_of_range']]
])('hours at %s are known, or the filter is left out and named', async (open, problems) => {
	const { filters, ignored } = await readSearch(asAnonymous(), new URLSearchParams({ open }), { now });
	expect(ignored.map(({ problem }) => problem)).toEqual(problems);
	expect(filters.open).toBe(problems.length === 0 ? open : undefined);
});

test('the nightly run forgets words that nothing uses any more', async () => {
	await sql`insert into private.search_words (word, stem) values ('xylograpghy', 'xylograpghi')`;
	const { error } = await asService().rpc('refresh_directory');
	expect(error).toBeNull();
	expect(await sql`select word from private.search_words where word = 'xylograpghy'`).toHaveLength(0);
});
