/** What a map wants to know of a place: a `PlaceSummary` has it all. Pure; small enough for every page. */
import type { PinPlace } from './still-url';

export interface MapPlace {
	id: string;
	name: string;
	lat: number | null;
	lng: number | null;
	/** Category slugs, the main one first. */
	categories: readonly string[];
}

/**
 * Places as pins of the still map, in their main category's colour.
 * @param tops the top slug of each category below one
 */
export const stillPins = (
	places: readonly MapPlace[],
	tops: Readonly<Record<string, string>> = {}
): (PinPlace & { name: string })[] =>
	places.map(({ name, lat, lng, categories: [main = ''] }) => ({ name, lat, lng, category: tops[main] ?? main }));
