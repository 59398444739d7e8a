import { supportPage } from '$lib/referrals/support/support-page.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, support, today } = await supportPage(event);
	return {
		program,
		support,
		today,
		now: event.locals.clock.now(),
		/** For a new meeting, so that the same form sent twice makes one. */
		newId: crypto.randomUUID(),
		done: event.url.searchParams.get('done')
	};
};
