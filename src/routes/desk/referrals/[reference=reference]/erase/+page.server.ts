import { error, type RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { mayActAs } from '$lib/people/person';
import { staff } from '$lib/people/staff.server';
import * as desk from '$lib/referrals/desk.server';
import { deskReferral, settle } from '$lib/referrals/desk-page.server';
import { Held } from '$lib/referrals/desk-schemas';
import type { Actions, PageServerLoad } from './$types';

/** For admins of the referral's own program. */
async function adminsReferral(event: RequestEvent) {
	const asked = await deskReferral(event);
	if (!mayActAs(asked.program.roles, 'admin')) error(403, m.error_not_staff());
	return asked;
}

export const load: PageServerLoad = async (event) => ({
	...(await adminsReferral(event)),
	form: crypto.randomUUID()
});

export const actions: Actions = {
	default: async (event) => {
		await staff(event);
		const { data, valid } = await superValidate(event.request, zod4(Held));
		const refused = valid ? await desk.erase(event.locals.personal, data) : 'stale';
		// The database has refused, and written it down; now it is said.
		if (refused === 'not_found') await staff(event, 'admin');
		const hasHappened = ({ is_erased }: desk.Referral) => is_erased;
		return settle(event, { refused, done: 'erase', hasHappened, kept: {} });
	}
};
