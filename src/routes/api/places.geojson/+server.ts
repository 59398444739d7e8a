import { readSearch } from '$lib/directory/directory.server';
import { everyPlace } from '$lib/directory/export.server';
import { saysWhere } from '$lib/directory/search-params';
import { answerMachine } from '$lib/server/machine';
import { machineRoute } from '$lib/server/machine-route';
import { toGeoJson } from '$lib/directory/export';

/** Every matching place with a position, as a GeoJSON FeatureCollection (RFC 7946). */
export const GET = machineRoute(async ({ url, locals, request }) => {
	const now = locals.clock.now();
	const { filters } = await readSearch(locals.supabase, url.searchParams, { now });
	const places = await everyPlace(locals.supabase, filters, { now });
	return answerMachine(request, {
		body: JSON.stringify(toGeoJson(places, url.origin)),
		type: 'application/geo+json; charset=utf-8',
		personal: saysWhere(filters)
	});
});
