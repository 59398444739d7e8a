import { supportPage } from '$lib/referrals/support/support-page.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, support, today } = await supportPage(event);
	return {
		program,
		support,
		today,
		now: event.locals.clock.now(),
		done: event.url.searchParams.get('done')
	};
};
