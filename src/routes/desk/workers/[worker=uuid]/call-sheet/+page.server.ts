import { error } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { staff } from '$lib/people/staff.server';
import { callSheet } from '$lib/referrals/matching/call-sheet.server';
import { brokenIn } from '$lib/server/opened';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'coordinator');
	const { locals, params } = event;
	const sheet = await callSheet(locals.personal, program.id, params.worker, brokenIn(event));
	if (!sheet) error(404, m.error_not_found());
	return { program, sheet, now: locals.clock.now().toISOString() };
};
