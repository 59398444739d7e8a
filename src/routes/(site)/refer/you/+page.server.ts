import { redirect } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import { sendCode } from '$lib/people/sign-in.server';
import { readChoices } from '$lib/referrals/choices.server';
import { discardDraft } from '$lib/referrals/drafts.server';
import { You } from '$lib/referrals/request';
import { draftFor, finished, goOn, isOfOtherDraft, keepPage } from '$lib/referrals/steps.server';
import { findTeam, teamLabel } from '$lib/referrals/team';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { Actions, PageServerLoad } from './$types';

/** What has become of the draft that was meant, where another page has led here. */
const Gone = z.enum(['pages', 'all', 'not_yet']).nullable().catch(null);

export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': PRIVATE_CACHE });
	const open = await draftFor(event, 'you');
	const [person, { teams }] = await Promise.all([event.locals.person(), readChoices(event.locals.supabase)]);
	const given = open?.draft.you;
	return {
		form: await superValidate({ ...given, email: person?.email ?? given?.email ?? '' }, zod4(You), { errors: false }),
		signedInAs: person?.email ?? null,
		teams: teams.map(teamLabel),
		draftId: open?.id,
		gone: Gone.parse(event.url.searchParams.get('gone'))
	};
};

export const actions: Actions = {
	again: async (event) => {
		await discardDraft(event);
		redirect(303, '/refer/you');
	},
	next: async (event) => {
		const person = await event.locals.person();
		const data = await event.request.formData();
		// Whose session it is has been proved already.
		if (person) data.set('email', person.email);
		const form = await superValidate(data, zod4(You));
		const { teams } = await readChoices(event.locals.supabase);
		if (await isOfOtherDraft(event, data)) setError(form, '', m.refer_other_tab());
		const looked = form.data.not_listed ? null : findTeam(teams, form.data.team, form.data.team_id);
		const team = looked && 'found' in looked ? looked.found : undefined;
		if (form.valid && !form.data.not_listed && !team) setError(form, 'team', m.refer_error_team_unknown());
		if (!form.valid) return fail(400, { form, alike: looked && 'alike' in looked ? looked.alike : [] });
		if (team) form.data.team = teamLabel(team);
		form.data.team_id = '';
		let isNewAddress = false;
		const { draft } = await keepPage(event, 'you', (before) => {
			isNewAddress = before.you?.email !== form.data.email;
			return {
				...finished('you', form.data)(before),
				team: team && { id: team.id, name: teamLabel(team) }
			};
		});
		// Where it can't be sent, the last page offers another; what was written goes on all the same.
		if (!person && isNewAddress) await sendCode(event, form.data.email);
		goOn(event, 'you', draft, false);
	}
};
