import { error } from '@sveltejs/kit';
import { env } from '$env/dynamic/private';
import { m } from '$lib/paraglide/messages';
import { readContact } from '$lib/server/contact';
import { PUBLIC_CACHE } from '$lib/server/headers';
import { training } from '$lib/training/training.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
	const found = await training(locals.supabase, params.slug);
	if (!found) error(404, m.error_not_found());
	setHeaders({ 'cache-control': PUBLIC_CACHE });
	return { training: found, contact: readContact(env) };
};
