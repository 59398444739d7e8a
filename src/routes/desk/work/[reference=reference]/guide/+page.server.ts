import { supportPage } from '$lib/referrals/support/support-page.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, support } = await supportPage(event);
	return { program, support };
};
