import { redirect } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { drainSoon } from '$lib/mail/outbox.server';
import { Held } from '$lib/referrals/desk-schemas';
import { nextStep } from '$lib/referrals/ending/closing-steps';
import { afterTheEnd, letterOf, move, settleMove } from '$lib/referrals/ending/ending-page.server';
import { daysBetween, visitsLeft } from '$lib/referrals/ending/left';
import { leaveIfGone, supportPage } from '$lib/referrals/support/support-page.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, support, today } = await supportPage(event);
	const { ends_on, meetings, steps } = support;
	const now = event.locals.clock.now();
	return {
		program,
		support,
		today,
		/** Of the form on the page, so that one that is sent twice is known. */
		form: crypto.randomUUID() as string,
		left: ends_on && {
			days: daysBetween(today, ends_on),
			visits: visitsLeft(meetings, ends_on, program.time_zone, now)
		},
		next: nextStep(steps),
		hasLetter: letterOf(support) !== undefined,
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	complete: async (event) => {
		await leaveIfGone(event, 'complete');
		const after = await afterTheEnd(event);
		const { data, valid } = await superValidate(event.request, zod4(Held));
		const refused = valid ? await move(event, data, 'complete') : 'stale';
		if (refused) return settleMove(event, { refused, kept: {}, page: 'ending', done: 'complete' });
		drainSoon(event);
		redirect(303, after);
	}
};
