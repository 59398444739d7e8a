import { readOutlook } from '$lib/referrals/choices.server';
import { draftFor, goOn, keepPage } from '$lib/referrals/steps.server';
import { dateIn } from '$lib/directory/local-time';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': PRIVATE_CACHE });
	const open = await draftFor(event, 'expect');
	const outlook = await readOutlook(event.locals.supabase, { team: open?.draft.team?.id });
	return { outlook, readBy: dateIn(outlook.time_zone, new Date(outlook.acknowledge_by)) };
};

export const actions: Actions = {
	default: async (event) => {
		const back = (await event.request.formData()).get('go') === 'back';
		const { draft } = await keepPage(event, 'expect', (before) => (back ? before : { ...before, expect: true }));
		goOn(event, 'expect', draft, back);
	}
};
