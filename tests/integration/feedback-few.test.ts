/* Small numbers: none from one to four is told, nor can it be worked out from the others and from their sum. */
import { expect, test } from 'vitest';
import { sql } from '../support/database.ts';

type Shown = (number | null)[];

async function withoutFew(counts: number[]): Promise<Shown> {
	const rows = await sql<{ shown: number | null }[]>`
		select private.without_few(${counts}::integer[]) as shown`;
	return rows.map(({ shown }) => shown);
}

test.each<[number[], Shown]>([
	[[], []],
	[
		[0, 0],
		[0, 0]
	],
	[
		[9, 5, 0],
		[9, 5, 0]
	],
	// One alone: the next smallest hides with it.
	[
		[9, 7, 2],
		[9, null, null]
	],
	[
		[9, 6, 1, 1],
		[9, null, null, null]
	],
	// Four each, or one each, are told by their sum.
	[
		[8, 4, 4],
		[null, null, null]
	],
	[
		[20, 1, 1, 1, 1, 1],
		[null, null, null, null, null, null]
	],
	// No larger one is there: a nought hides.
	[
		[4, 4, 0, 0],
		[null, null, null, 0]
	],
	// Their sum tells nothing.
	[
		[9, 2, 3],
		[9, null, null]
	],
	// Nor is the sum told where it is below five.
	[
		[3, 0, 0],
		[null, 0, 0]
	]
])('%j is shown as %j', async (counts, shown) => expect(await withoutFew(counts)).toEqual(shown));

/** Every list of `length` numbers, each below `below`. */
const lists = (length: number, below: number): number[][] =>
	length === 0
		? [[]]
		: lists(length - 1, below).flatMap((rest) => Array.from({ length: below }, (_, n) => [n, ...rest]));

test('whoever knows the rule and the sum can work out no hidden number that is small', async () => {
	const all = lists(4, 9);
	const rows = await sql<{ counts: number[]; shown: Shown }[]>`
		select x.counts, array(select private.without_few(x.counts)) as shown
		from (select array(select jsonb_array_elements_text(e)::integer) as counts from jsonb_array_elements(${sql.json(all)}) e) x`;
	// What looks alike from outside: the same numbers shown, and the same sum where it is told.
	const alike = Map.groupBy(rows, ({ counts, shown }) => {
		const sum = counts.reduce((a, b) => a + b, 0);
		return JSON.stringify([shown, sum >= 5 ? sum : null]);
	});
	const known = [...alike.values()].flatMap((group) =>
		group[0]!.shown.flatMap((shown, at) => {
			const possible = new Set(group.map(({ counts }) => counts[at]!));
			return shown === null && possible.size === 1 ? [group[0]!.counts] : [];
		})
	);
	// Four each and nothing beside them to hide: the sum of all tells.
	expect(known.filter((counts) => !counts.every((n) => n >= 1 && n <= 4))).toEqual([]);
});
