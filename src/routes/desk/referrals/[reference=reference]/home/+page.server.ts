import { redirect } from '@sveltejs/kit';
import { setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { drainSoon } from '$lib/mail/outbox.server';
import { staffAddress } from '$lib/people/address';
import { forgetTyped } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import * as desk from '$lib/referrals/desk.server';
import { deskReferral, openForm, settle, wrong } from '$lib/referrals/desk-page.server';
import { Rehome } from '$lib/referrals/desk-schemas';
import { hasMovedOn, moveRefusalInWords } from '$lib/referrals/refusal-words';
import { available } from '$lib/server/unavailable';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, referral } = await deskReferral(event);
	const asked = event.locals.personal.from('programs').select('id, name').neq('id', program.id).order('name');
	return {
		...(await openForm(event, referral, zod4(Rehome))),
		program,
		referral,
		programs: available(await asked),
		isPossible:
			['submitted', 'triage'].includes(referral.state) &&
			!referral.has_correction &&
			!referral.timeline.some(({ event }) => event === 'begin')
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { person, program } = await staff(event, 'coordinator');
		const form = await superValidate(event.request, zod4(Rehome));
		if (!form.valid) return wrong(form);
		const refused = await desk.rehome(event.locals.personal, form.data, form.data.program);
		if (refused && refused !== 'not_found' && !hasMovedOn(refused)) {
			setError(form, '', moveRefusalInWords(refused));
			return wrong(form);
		}
		if (refused) return settle(event, { refused, done: 'rehome', hasHappened: () => false, kept: { form } });
		drainSoon(event);
		await forgetTyped(event);
		// The request is the other program's now: its page is no longer theirs to see.
		const several = person.programs.length > 1;
		redirect(303, staffAddress('/desk/referrals', { program: program.slug, several, done: 'rehome' }));
	}
};
