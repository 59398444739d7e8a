import {
	countEmptySearch,
	nearestCategories,
	PAGE_SIZE,
	readSearch,
	search,
	TIME_ZONE
} from '$lib/directory/directory.server';
import { saysWhere } from '$lib/directory/search-params';
import { PRIVATE_CACHE, PUBLIC_CACHE } from '$lib/server/headers';
import { environment } from '$lib/server/environment';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals, setHeaders, platform }) => {
	const now = locals.clock.now();
	const db = locals.supabase;
	const { filters, ignored, categories, neighbourhoods } = await readSearch(db, url.searchParams, { now });
	const result = await search(db, filters, { now });
	const nothing = result.total === 0;
	if (nothing) {
		const counted = countEmptySearch(db, filters.neighbourhood);
		platform?.ctx?.waitUntil(counted);
	}
	// What would help where nothing was found: the words alone, the choices alone, kinds that come close.
	const [wordsOnly, choicesOnly, kinds] = nothing
		? await Promise.all([
				filters.q ? search(db, { q: filters.q, page: 1 }, { now, pageSize: 1 }) : null,
				filters.q ? search(db, { ...filters, q: undefined, page: 1 }, { now, pageSize: 1 }) : null,
				nearestCategories(db, filters.q ?? '')
			])
		: [null, null, []];

	setHeaders({ 'cache-control': saysWhere(filters) ? PRIVATE_CACHE : PUBLIC_CACHE });
	return {
		filters,
		ignored: [...ignored, ...result.ignored].map((entry) => ({
			...entry,
			value: (url.searchParams.get(entry.parameter) ?? '').slice(0, 80)
		})),
		result,
		help: { wordsOnly: wordsOnly?.total ?? 0, choicesOnly: choicesOnly?.total ?? 0, kinds },
		categories,
		neighbourhoods,
		now: now.toISOString(),
		zone: TIME_ZONE,
		pageSize: PAGE_SIZE,
		basemapUrl: environment().BASEMAP_URL ?? null
	};
};
