import { error } from '@sveltejs/kit';
import { placeByNumber } from '$lib/directory/directory.server';
import { m } from '$lib/paraglide/messages';
import { answerJson, answerMethodNotAllowed } from '$lib/server/machine';
import { machineRoute } from '$lib/server/machine-route';
import type { RequestEvent } from './$types';

/** What a point on the map is, as `PlaceSummary`. */
export const GET = machineRoute(async ({ params, locals, request }: RequestEvent) => {
	const place = await placeByNumber(locals.supabase, Number(params.number), { now: locals.clock.now() });
	if (!place) error(404, m.error_not_found());
	return answerJson(request, place);
});

export const fallback = answerMethodNotAllowed;
