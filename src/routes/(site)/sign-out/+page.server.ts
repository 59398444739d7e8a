import { error, redirect } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { signOut } from '$lib/people/sign-in.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { Actions, PageServerLoad } from './$types';

/** Opening the page changes nothing; its buttons do. */
export const load: PageServerLoad = async ({ locals, setHeaders }) => {
	setHeaders({ 'cache-control': PRIVATE_CACHE });
	return { email: (await locals.person())?.email ?? null };
};

export const actions: Actions = {
	here: async (event) => {
		if (!(await signOut(event, 'local'))) error(503, m.error_database_away());
		redirect(303, '/sign-out');
	},
	everywhere: async (event) => {
		if (!(await signOut(event, 'global'))) error(503, m.error_database_away());
		redirect(303, '/sign-out');
	}
};
