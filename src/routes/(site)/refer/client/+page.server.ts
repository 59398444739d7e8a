import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { dateIn } from '$lib/directory/local-time';
import { readChoices, readOutlook } from '$lib/referrals/choices.server';
import { clientSchema } from '$lib/referrals/request';
import { draftFor, finished, goOn, isOfOtherDraft, keepPage, pageData, unfinished } from '$lib/referrals/steps.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/** The present day where the request is going. */
async function todayFor({ locals }: RequestEvent, team?: string): Promise<string> {
	const { time_zone } = await readOutlook(locals.supabase, { team });
	return dateIn(time_zone, locals.clock.now());
}

export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': PRIVATE_CACHE });
	const open = await draftFor(event, 'client');
	const [today, { areas }] = await Promise.all([
		todayFor(event, open?.draft.team?.id),
		readChoices(event.locals.supabase)
	]);
	const given = pageData(open?.draft, 'client');
	return {
		draftId: open?.id,
		form: await superValidate(given, zod4(clientSchema(today)), { errors: false }),
		areas,
		today
	};
};

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.formData();
		const back = data.get('go') === 'back';
		const form = await superValidate(data, zod4(clientSchema(await todayFor(event))));
		if (isOfOtherDraft(event, data)) return setError(form, '', m.refer_other_tab(), { status: 409 });
		const change = form.valid ? finished('client', form.data) : unfinished('client', form.data);
		const { draft } = await keepPage(event, 'client', change);
		if (!form.valid && !back) return fail(400, { form });
		goOn(event, 'client', draft, back);
	}
};
