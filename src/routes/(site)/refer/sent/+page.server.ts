import { redirect } from '@sveltejs/kit';
import { sentAs } from '$lib/referrals/drafts.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { PageServerLoad } from './$types';

/** For whoever sent a request and is not signed in on this page: the reference, and where the rest is. */
export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': PRIVATE_CACHE });
	const reference = await sentAs(event);
	if (!reference) redirect(303, '/my/referrals');
	if (await event.locals.person()) redirect(303, `/my/referrals/${reference}?done=sent`);
	return { reference };
};
