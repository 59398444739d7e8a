import { error, redirect } from '@sveltejs/kit';
import { placeByNumber } from '$lib/directory/directory.server';
import { m } from '$lib/paraglide/messages';
import type { RequestHandler } from './$types';

/** From a point on the map, which carries a number, to the place's own page. */
export const GET: RequestHandler = async ({ params, locals }) => {
	const place = await placeByNumber(locals.supabase, Number(params.number), { now: locals.clock.now() });
	if (!place) error(404, m.error_not_found());
	redirect(302, `/places/${place.slug}`);
};
