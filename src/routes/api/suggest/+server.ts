import { suggest } from '$lib/directory/directory.server';
import { readFilters } from '$lib/directory/search-params';
import { answerJson } from '$lib/server/machine';
import { machineRoute } from '$lib/server/machine-route';

/** Up to eight ways to finish `q`. */
export const GET = machineRoute(async ({ url, locals, request }) => {
	const q = readFilters(url.searchParams).filters.q ?? '';
	return answerJson(request, q.length < 2 ? [] : await suggest(locals.supabase, q));
});
