/** Where one may meet: places that are known from the plan, from exploring and from earlier meetings; pure. */
import type { Place } from './contents';
import { entriesOf } from './entries';
import type { Support } from './support.server';

export interface KnownPlace {
	/** How a form names it. */
	key: string;
	place: Place;
}

const same = (a: Place, b: Place) => (a.slug !== '' || b.slug !== '' ? a.slug === b.slug : a.name === b.name);

/** Each place once, the plan's first. */
export function knownPlaces(support: Pick<Support, 'plan' | 'entries' | 'meetings'>): KnownPlace[] {
	const all: KnownPlace[] = [];
	const add = (key: string, place: Place) => {
		if (place.name !== '' && !all.some((known) => same(known.place, place))) all.push({ key, place });
	};
	if (support.plan && support.plan !== 'broken') add('plan', support.plan.place);
	for (const { id, contents } of entriesOf(support, 'place'))
		if (contents && contents !== 'broken') add(id, contents.place);
	for (const { id, place } of support.meetings) if (place && place !== 'broken') add(id, place.place);
	return all;
}

/** The key of a place among those that are known, or empty. */
export const keyOf = (known: readonly KnownPlace[], place: Place): string =>
	known.find((one) => same(one.place, place))?.key ?? '';

/** The place that a form means: the one it names, else one that is known. Whoever writes a name means that one. */
export const chosenPlace = (
	known: readonly KnownPlace[],
	{ place, name }: { place: string; name: string }
): Place | null =>
	name === '' ? (known.find(({ key }) => key === place)?.place ?? null) : { slug: '', name, address: '' };
