import { readSearch } from '$lib/directory/directory.server';
import { everyPlace } from '$lib/directory/export.server';
import { saysWhere } from '$lib/directory/search-params';
import { answerMachine } from '$lib/server/machine';
import { machineRoute } from '$lib/server/machine-route';
import { toCsv } from '$lib/directory/export';

/** Every matching place as CSV (RFC 4180, UTF-8 with a byte-order mark, for spreadsheets). */
export const GET = machineRoute(async ({ url, locals, request }) => {
	const now = locals.clock.now();
	const { filters } = await readSearch(locals.supabase, url.searchParams, { now });
	const places = await everyPlace(locals.supabase, filters, { now });
	return answerMachine(request, {
		body: toCsv(places, url.origin),
		type: 'text/csv; charset=utf-8; header=present',
		personal: saysWhere(filters),
		headers: { 'content-disposition': 'attachment; filename="places.csv"' }
	});
});
