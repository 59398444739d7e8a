import { fail, redirect } from '@sveltejs/kit';
import * as invitation from '$lib/people/invitation.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { Actions, PageServerLoad } from './$types';

/** Mail scanners open links: looking changes nothing, the button does. */
export const load: PageServerLoad = async ({ params, locals, setHeaders, url }) => {
	setHeaders({ 'cache-control': PRIVATE_CACHE });
	const [found, person] = await Promise.all([invitation.read(locals.supabase, params.token), locals.person()]);
	return { invitation: found, signedInAs: person?.email.toLowerCase() ?? null, path: url.pathname };
};

export const actions: Actions = {
	default: async ({ locals, params, url }) => {
		if (!(await locals.person())) redirect(303, `/sign-in?${new URLSearchParams({ next: url.pathname })}`);
		if (await invitation.redeem(locals.personal, params.token)) redirect(303, '/desk');
		// The page itself says what has become of the invitation.
		return fail(409);
	}
};
