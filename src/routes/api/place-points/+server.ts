import { points, readSearch } from '$lib/directory/directory.server';
import { saysWhere } from '$lib/directory/search-params';
import { categoryNumber } from '$lib/map/categories';
import { encodePoints, POINTS_MIME } from '$lib/map/points';
import { answerOwn } from '$lib/server/machine';
import { machineRoute } from '$lib/server/machine-route';

/** Every matching place for the live map, a few bytes each. The same filters as `/places`; for our own page, not for export. */
export const GET = machineRoute(async ({ url, locals, request }) => {
	const now = locals.clock.now();
	const { filters } = await readSearch(locals.supabase, url.searchParams, { now });
	const { n, lat, lng, category } = await points(locals.supabase, filters, { now });
	const body = encodePoints(
		n.map((number, index) => ({
			n: number,
			lat: lat[index]! / 1e5,
			lng: lng[index]! / 1e5,
			category: categoryNumber(category[index] ?? '')
		}))
	);
	return answerOwn(request, { body, type: POINTS_MIME, personal: saysWhere(filters) });
});
