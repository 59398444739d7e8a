import { error } from '@sveltejs/kit';
import { nearest, overview, search, TIME_ZONE } from '$lib/directory/directory.server';
import { ESSENTIALS } from '$lib/directory/essentials';
import { m } from '$lib/paraglide/messages';
import { PUBLIC_CACHE } from '$lib/server/headers';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
	const now = locals.clock.now();
	const db = locals.supabase;
	const { neighbourhoods, categories } = await overview(db, { now });
	const neighbourhood = neighbourhoods.find(({ slug }) => slug === params.slug);
	if (!neighbourhood) error(404, m.error_not_found());
	const [near, free] = await Promise.all([
		nearest(
			db,
			neighbourhood,
			ESSENTIALS.map(({ category }) => category),
			2,
			{ now }
		),
		search(db, { neighbourhood: params.slug, free: true, page: 1 }, { now, pageSize: 5 })
	]);
	setHeaders({ 'cache-control': PUBLIC_CACHE });
	return { neighbourhood, neighbourhoods, categories, near, free, now: now.toISOString(), zone: TIME_ZONE };
};
