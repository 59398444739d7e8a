import { error, fail, redirect } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { staff } from '$lib/people/staff.server';
import { supportSettings } from '$lib/referrals/matching/candidates.server';
import { CheckedOut } from '$lib/referrals/matching/schemas';
import { lateMeetings, workers } from '$lib/referrals/matching/workers.server';
import { workersPage } from '$lib/referrals/matching/workers-page.server';
import { markMeeting } from '$lib/referrals/support/support.server';
import { brokenIn } from '$lib/server/opened';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, coordinates } = await workersPage(event);
	const db = event.locals.personal;
	const [all, late, duty] = await Promise.all([
		workers(db, program.id),
		lateMeetings(db, program.id),
		supportSettings(db, program.id)
	]);
	return { program, coordinates, workers: all ?? [], late, duty, done: event.url.searchParams.get('done') };
};

export const actions: Actions = {
	/** All is well: whoever coordinates has rung the worker. */
	out: async (event) => {
		const { person, program } = await staff(event, 'coordinator');
		const { data, valid } = await superValidate(event.request, zod4(CheckedOut));
		const refusal = valid ? await markMeeting(event.locals.personal, data.meeting, 'out', brokenIn(event)) : null;
		if (!valid || refusal?.refused === 'not_found') error(404, m.error_not_found());
		if (refusal) return fail(409, { refused: m.workers_refused_meeting() });
		drainSoon(event);
		const several = person.programs.length > 1;
		redirect(303, staffAddress('/desk/workers', { program: program.slug, several, done: 'out' }));
	}
};
