import { error } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { staff } from '$lib/people/staff.server';
import { exportReferral } from '$lib/referrals/desk-export.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import { logFailure } from '$lib/server/log';
import type { RequestHandler } from './$types';

/** Everything that is held about a referral, opened, as a file: for admins of its program. */
export const GET: RequestHandler = async (event) => {
	await staff(event);
	const { locals, params, route } = event;
	const held = await exportReferral(locals.personal, params.reference, (broken) =>
		logFailure(locals.requestId, route.id, broken)
	);
	// The database has refused, and written it down; now it is said.
	if (!held) await staff(event, 'admin');
	if (!held) error(404, m.error_not_found());
	return new Response(`${JSON.stringify(held, null, '\t')}\n`, {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': `attachment; filename="${params.reference}.json"`,
			'cache-control': PRIVATE_CACHE
		}
	});
};
