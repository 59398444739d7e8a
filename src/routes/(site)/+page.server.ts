import { overview } from '$lib/directory/directory.server';
import { PUBLIC_CACHE } from '$lib/server/headers';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, setHeaders }) => {
	const { total, categories, neighbourhoods } = await overview(locals.supabase, { now: locals.clock.now() });
	setHeaders({ 'cache-control': PUBLIC_CACHE });
	return {
		total,
		categories: categories.filter(({ parent, count }) => parent === null && count > 0),
		neighbourhoods: neighbourhoods.map(({ slug, name }) => ({ slug, name }))
	};
};
