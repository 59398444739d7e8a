import { error } from '@sveltejs/kit';
import { placeByNumber, TIME_ZONE } from '$lib/directory/directory.server';
import { openWords } from '$lib/directory/open-words';
import { m } from '$lib/paraglide/messages';
import { answerOwn } from '$lib/server/machine';
import { machineRoute } from '$lib/server/machine-route';
import type { RequestEvent } from './$types';

/** What a point on the map says of itself: `{ name, href, line }`. For our own page. */
export const GET = machineRoute(async ({ params, locals, request }: RequestEvent) => {
	const now = locals.clock.now();
	const place = await placeByNumber(locals.supabase, Number(params.number), { now });
	if (!place) error(404, m.error_not_found());
	return answerOwn(request, {
		body: JSON.stringify({
			name: place.name,
			href: `/places/${place.slug}`,
			line: openWords(place.open, TIME_ZONE, now)
		}),
		type: 'application/json; charset=utf-8'
	});
});
