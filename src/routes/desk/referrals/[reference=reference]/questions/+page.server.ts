import { env } from '$env/dynamic/private';
import { error, fail, redirect } from '@sveltejs/kit';
import { addDays, dateIn } from '$lib/directory/local-time';
import { m } from '$lib/paraglide/messages';
import { deskAddress, deskReferral } from '$lib/referrals/desk-page.server';
import { makeLink, mayRead, whoAsks } from '$lib/referrals/feedback/feedback.server';
import { keepLink, keptLink } from '$lib/referrals/feedback/link-cookie.server';
import { mayAsk } from '$lib/referrals/feedback/may-ask';
import { slipContact } from '$lib/referrals/slip';
import { readContact } from '$lib/server/contact';
import type { Actions, PageServerLoad } from './$types';

/** A link is good for so many days, as `private.feedback_links` has it. */
const DAYS = 90;

export const load: PageServerLoad = async (event) => {
	const { program, referral } = await deskReferral(event);
	const mayMake = await mayRead(event.locals.personal, program.id);
	const token = mayMake ? keptLink(event) : null;
	const isGood = token !== null && (await whoAsks(event.locals.supabase, token)) !== null;
	return {
		program,
		reference: referral.reference,
		mayMake,
		isPossible: mayAsk(referral),
		/** Null until one is made here. */
		link: isGood ? `${event.url.origin}/feedback/${token}` : null,
		isGone: token !== null && !isGood,
		until: addDays(dateIn(program.time_zone, event.locals.clock.now()), DAYS),
		contact: slipContact(readContact(env))
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { referral } = await deskReferral(event);
		const made = await makeLink(event.locals.personal, referral.id);
		// Whoever is no coordinator has been refused before.
		if ('refused' in made) return made.refused === 'not_found' ? error(403, m.feedback_workers()) : fail(409);
		keepLink(event, made.ok);
		redirect(303, await deskAddress(event, { page: 'questions' }));
	}
};
