import { error } from '@sveltejs/kit';
import { overview, place } from '$lib/directory/directory.server';
import { m } from '$lib/paraglide/messages';
import { environment } from '$lib/server/environment';
import { PUBLIC_CACHE } from '$lib/server/headers';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
	const now = locals.clock.now();
	const [found, { categories }] = await Promise.all([
		place(locals.supabase, params.slug, { now }),
		overview(locals.supabase, { now })
	]);
	if (!found) error(404, m.error_not_found());
	setHeaders({ 'cache-control': PUBLIC_CACHE });
	return { place: found, categories, now: now.toISOString(), basemapUrl: environment().BASEMAP_URL ?? null };
};
