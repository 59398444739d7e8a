import { setError, superValidate, type SuperValidated } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { dateIn } from '$lib/directory/local-time';
import { readChoices, readOutlook, type Choices } from '$lib/referrals/choices.server';
import { openDraft } from '$lib/referrals/drafts.server';
import { clientSchema, type Client, type Draft } from '$lib/referrals/request';
import { draftFor, isOfOtherDraft, leavePage, opensWithErrors, pageData } from '$lib/referrals/steps.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/** What a page of this draft is checked by: the present day where the request is going, and the areas there are. */
async function measures({ locals }: RequestEvent, draft: Draft | undefined) {
	const [{ time_zone }, { areas }] = await Promise.all([
		readOutlook(locals.supabase, { team: draft?.team?.id }),
		readChoices(locals.supabase)
	]);
	return { today: dateIn(time_zone, locals.clock.now()), areas };
}

/** An area that is not, or no longer, among those to choose from. */
function checkArea(form: SuperValidated<Client>, areas: Choices['areas']): void {
	const { area_id } = form.data;
	if (area_id && !form.errors.area_id && !areas.some(({ id }) => id === area_id))
		setError(form, 'area_id', m.refer_error_choice());
}

export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': PRIVATE_CACHE });
	const open = await draftFor(event, 'client');
	const { today, areas } = await measures(event, open?.draft);
	const errors = opensWithErrors(event, open?.draft, 'client');
	const form = await superValidate(pageData(open?.draft, 'client'), zod4(clientSchema(today)), { errors });
	if (errors) checkArea(form, areas);
	return { draftId: open?.id, form, areas, today };
};

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.formData();
		const open = await openDraft(event);
		const { today, areas } = await measures(event, typeof open === 'object' ? open.draft : undefined);
		const form = await superValidate(data, zod4(clientSchema(today)));
		checkArea(form, areas);
		if (await isOfOtherDraft(event, data)) return setError(form, '', m.refer_other_tab(), { status: 409 });
		return leavePage(event, 'client', form, data.get('go') === 'back');
	}
};
