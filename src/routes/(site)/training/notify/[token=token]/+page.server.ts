import { env } from '$env/dynamic/private';
import { fail, redirect } from '@sveltejs/kit';
import { readContact } from '$lib/server/contact';
import { PRIVATE_CACHE } from '$lib/server/headers';
import { byLink, confirm, stop } from '$lib/training/interest/interest.server';
import type { Actions, PageServerLoad } from './$types';

const DAY = 24 * 60 * 60 * 1000;
/** From so many days before the end on, it can be put off. */
const NEAR = 60 * DAY;

/** Looking changes nothing. The address speaks for whoever has it: it stays here, and no link hands it on. */
export const load: PageServerLoad = async ({ params, url, locals, setHeaders }) => {
	// Not `no-referrer`: with it browsers send forms from nowhere.
	setHeaders({ 'cache-control': PRIVATE_CACHE, 'referrer-policy': 'strict-origin', 'x-robots-tag': 'noindex' });
	const interest = await byLink(locals.supabase, params.token);
	return {
		interest,
		isNear: interest !== null && Date.parse(interest.kept_until) - locals.clock.now().getTime() < NEAR,
		done: url.searchParams.get('done'),
		contact: readContact(env)
	};
};

export const actions: Actions = {
	confirm: async ({ params, url, locals }) => {
		if (!(await confirm(locals.supabase, params.token))) return fail(410, { isGone: true });
		redirect(303, `${url.pathname}?done=yes`);
	},
	stop: async ({ params, url, locals }) => {
		await stop(locals.supabase, params.token);
		redirect(303, `${url.pathname}?done=stopped`);
	}
};
