import type { Supabase } from '$lib/server/supabase';
import { search, type Present } from './directory.server';
import type { PlaceFilters } from './search-params';
import type { PlaceSummary } from './types';

const BATCH = 2000;

/** All places that match, page by page, in the list's order as machines may have them. */
export async function everyPlace(db: Supabase, filters: PlaceFilters, { now }: Present): Promise<PlaceSummary[]> {
	const places: PlaceSummary[] = [];
	for (let page = 1; ; page++) {
		const batch = await search(db, { ...filters, page }, { now, pageSize: BATCH, forMachines: true });
		places.push(...batch.places);
		if (page >= batch.pages) return places;
	}
}
