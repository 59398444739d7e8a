import { yearsOf } from '$lib/referrals/report/report';
import { reportPage } from '$lib/referrals/report/report.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const page = await reportPage(event);
	return { ...page, years: yearsOf(page.report, page.asked, page.today) };
};
