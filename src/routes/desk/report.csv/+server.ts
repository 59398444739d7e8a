import { toCsv } from '$lib/referrals/report/report-csv';
import { reportPage } from '$lib/referrals/report/report.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { RequestHandler } from './$types';

/** The same report as the page's, as a file. */
export const GET: RequestHandler = async (event) => {
	const { report, asked } = await reportPage(event);
	return new Response(toCsv(report, asked), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="numbers-${asked.year}-by-${asked.by}.csv"`,
			'cache-control': PRIVATE_CACHE
		}
	});
};
