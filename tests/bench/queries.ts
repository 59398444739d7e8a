/** The published mixes: what people ask, in the words of `search_places` and `inbox`, with how often each is asked in a hundred. */
import { randomFrom } from './places.ts';

export interface Query {
	name: string;
	share: number;
	/** A different question each time: other words, another spot. */
	filters(random: () => number): Record<string, unknown>;
}

const WORDS = [
	'library',
	'food bank',
	'clinic',
	'pool',
	'harbour kitchen',
	'tea',
	'shower',
	'heron park',
	'forms',
	'grief'
];
const TYPOS = ['libary', 'comunity centre', 'kichen', 'washrom', 'clinc', 'wilow park', 'harbor', 'suport group'];
const SYNONYMS = ['groceries', 'toilet', 'swim', 'doctor', 'lonely', 'soup kitchen'];
const CATEGORIES = ['food', 'libraries', 'health', 'outdoors', 'support-groups', 'washrooms-water'];

const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const spot = (random: () => number) => ({ lat: 49.2 + random() * 0.095, lng: -123.224 + random() * 0.2 });

export const QUERIES: readonly Query[] = [
	{ name: 'text', share: 20, filters: (random) => ({ q: pick(random, WORDS) }) },
	{ name: 'text near', share: 15, filters: (random) => ({ q: pick(random, WORDS), near: spot(random) }) },
	{ name: 'beginning of a word', share: 10, filters: (random) => ({ q: pick(random, WORDS).slice(0, 4) }) },
	{ name: 'typing mistake', share: 10, filters: (random) => ({ q: pick(random, TYPOS) }) },
	{ name: 'synonym', share: 5, filters: (random) => ({ q: pick(random, SYNONYMS) }) },
	{
		name: 'bounding box',
		share: 10,
		filters: (random) => {
			const { lat, lng } = spot(random);
			return { bbox: [lng, lat, lng + 0.02, lat + 0.01] };
		}
	},
	{ name: 'nearest', share: 10, filters: (random) => ({ near: spot(random) }) },
	{
		name: 'category nearest',
		share: 10,
		filters: (random) => ({ category: pick(random, CATEGORIES), near: spot(random) })
	},
	{ name: 'open now', share: 5, filters: (random) => ({ open: null, category: pick(random, CATEGORIES) }) },
	{ name: 'everything, with facets', share: 5, filters: () => ({}) }
];

/** In another order, the same every time. */
export function shuffled<T>(given: readonly T[], random: () => number): T[] {
	const list = [...given];
	for (let index = list.length - 1; index > 0; index--) {
		const other = Math.floor(random() * (index + 1));
		[list[index], list[other]] = [list[other]!, list[index]!];
	}
	return list;
}

/** `count` questions in the proportions of the mix, shuffled the same way every time. */
export function mix(count: number): Record<string, unknown>[] {
	const random = randomFrom(7);
	const asked = QUERIES.flatMap(({ share, filters }) =>
		Array.from({ length: Math.round((share * count) / 100) }, () => filters(random))
	);
	return shuffled(asked, random);
}

/** In the words of `inbox`. */
export interface InboxFilters {
	view: string;
	mine?: boolean;
	team?: string;
	after?: { at: string; id: string };
}

export interface InboxPage {
	name: string;
	share: number;
	filters(random: () => number, among: { teamIds: string[]; open: { at: string; id: string }[] }): InboxFilters;
}

export const INBOX_PAGES: readonly InboxPage[] = [
	{ name: 'today, mine', share: 36, filters: () => ({ view: 'today', mine: true }) },
	{ name: 'today, all', share: 16, filters: () => ({ view: 'today' }) },
	{
		name: 'today, of a team',
		share: 4,
		filters: (random, { teamIds }) => ({ view: 'today', team: pick(random, teamIds) })
	},
	{ name: 'open, mine', share: 8, filters: () => ({ view: 'open', mine: true }) },
	{ name: 'open, all', share: 8, filters: () => ({ view: 'open' }) },
	{ name: 'open, further on', share: 8, filters: (random, { open }) => ({ view: 'open', after: pick(random, open) }) },
	{ name: 'waitlisted', share: 8, filters: () => ({ view: 'waitlisted' }) },
	{ name: 'completed, mine', share: 4, filters: () => ({ view: 'completed', mine: true }) },
	{ name: 'completed, all', share: 4, filters: () => ({ view: 'completed' }) },
	{
		name: 'completed, of a team',
		share: 4,
		filters: (random, { teamIds }) => ({ view: 'completed', team: pick(random, teamIds) })
	}
];
