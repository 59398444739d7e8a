import { readSearch, search } from '$lib/directory/directory.server';
import { saysWhere } from '$lib/directory/search-params';
import { answerJson } from '$lib/server/machine';
import { machineRoute } from '$lib/server/machine-route';

/** The same filters as `/places`; parameters that could not be used are named in `ignored`. */
export const GET = machineRoute(async ({ url, locals, request }) => {
	const now = locals.clock.now();
	const { filters, ignored } = await readSearch(locals.supabase, url.searchParams, { now });
	const result = await search(locals.supabase, filters, { now, forMachines: true });
	const { total, page, pages, places, corrected } = result;
	return answerJson(
		request,
		{ total, page, pages, corrected, ignored: [...ignored, ...result.ignored], places },
		saysWhere(filters)
	);
});
