import { env } from '$env/dynamic/private';
import { readContact } from '$lib/server/contact';
import { PUBLIC_CACHE } from '$lib/server/headers';
import { trainings } from '$lib/training/training.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, setHeaders }) => {
	const { ahead, last, news, links } = await trainings(locals.supabase);
	setHeaders({ 'cache-control': PUBLIC_CACHE });
	return { ahead, last, news, links, contact: readContact(env) };
};
