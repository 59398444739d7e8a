/** Places of the directory where a worker and a client may meet for the first time: public, published, not confidential. */
import type { RequestEvent } from '@sveltejs/kit';
import * as directory from '$lib/directory/directory.server';
import type { Place } from '../support/contents';

/** So many are shown of what was found; more words find fewer. */
const MOST_SHOWN = 8;

/** Where people often meet: libraries, community centres and the like. */
const USUAL = 'indoors';

export interface PlaceChoice extends Place {
	/** Invented for the demonstration. */
	sample: boolean;
}

/**
 * What is found for the words; without any, places to be indoors in the client's area, where the directory has a neighbourhood of
 * that name.
 */
export async function findPlaces({ locals }: RequestEvent, q: string, area: string | null): Promise<PlaceChoice[]> {
	const present = { now: locals.clock.now() };
	const near = async () => {
		const { neighbourhoods } = await directory.overview(locals.supabase, present);
		return neighbourhoods.find(({ name }) => name === area)?.slug;
	};
	const filters = q === '' ? { category: USUAL, neighbourhood: await near() } : { q };
	const { places } = await directory.search(
		locals.supabase,
		{ ...filters, page: 1 },
		{ ...present, pageSize: MOST_SHOWN }
	);
	// Without a position there is nothing to find: it is confidential, or nobody knows.
	return places
		.filter(({ lat }) => lat !== null)
		.map(({ slug, name, address, sample }) => ({ slug, name, address: address ?? '', sample }));
}

/** The place with this slug, as a plan keeps it; null where there is none, or none that may be named. */
export async function placeOf({ locals }: RequestEvent, slug: string): Promise<PlaceChoice | null> {
	const found = slug && (await directory.place(locals.supabase, slug, { now: locals.clock.now() }));
	if (!found || found.confidential || found.location_type !== 'physical') return null;
	const { name, address, sample } = found;
	return { slug: found.slug, name: name.slice(0, 200), address: (address ?? '').slice(0, 300), sample };
}
