import { PRIVATE_CACHE } from '$lib/server/headers';
import { rosterPage } from '$lib/training/desk/people-page.server';
import { toCsv } from '$lib/training/desk/roster-csv';
import type { RequestHandler } from './$types';

/** Everybody in a training as a file; reading it is audited as an export. */
export const GET: RequestHandler = async (event) => {
	const { cohort, lines } = await rosterPage(event, true);
	return new Response(toCsv(lines, cohort), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="people-${cohort.slug}.csv"`,
			'cache-control': PRIVATE_CACHE
		}
	});
};
