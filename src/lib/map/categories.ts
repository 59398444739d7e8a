/**
 * The top categories as the map knows them: a number for the compact points, a colour (palette.ts), an icon. The order
 * is part of the points format: add at the end, never move or take away. `categories.test.ts` compares with the taxonomy.
 */
export const topCategories = [
	{ slug: 'food', icon: 'restaurant' },
	{ slug: 'cheap-cafes', icon: 'cafe' },
	{ slug: 'indoors', icon: 'home' },
	{ slug: 'talk', icon: 'embassy' },
	{ slug: 'support-groups', icon: 'village' },
	{ slug: 'learning', icon: 'school' },
	{ slug: 'health', icon: 'doctor' },
	{ slug: 'mental-health', icon: 'heart' },
	{ slug: 'recreation', icon: 'swimming' },
	{ slug: 'outdoors', icon: 'park' },
	{ slug: 'washrooms-water', icon: 'toilet' },
	{ slug: 'laundry', icon: 'laundry' },
	{ slug: 'getting-around', icon: 'bus' },
	{ slug: 'housing-help', icon: 'lodging' },
	{ slug: 'work', icon: 'commercial' },
	{ slug: 'arts', icon: 'art-gallery' },
	{ slug: 'papers', icon: 'information' }
] as const;

/** The number that the points format has for a category: its index, or the count of them for any other. */
export function categoryNumber(slug: string | null | undefined): number {
	const index = topCategories.findIndex((category) => category.slug === slug);
	return index < 0 ? topCategories.length : index;
}

/**
 * The top category of a place.
 * @param categories the place's slugs, the main one first
 * @param tops the top slug of each slug below one; not needed where `categories` names the top ones too
 */
export const topCategory = (categories: readonly string[], tops: Readonly<Record<string, string>> = {}) =>
	categories.map((slug) => tops[slug] ?? slug).find((slug) => topCategories.some((top) => top.slug === slug));
