import { setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { Safety } from '$lib/referrals/request';
import { draftFor, isOfOtherDraft, leavePage, opensWithErrors, pageData } from '$lib/referrals/steps.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': PRIVATE_CACHE });
	const open = await draftFor(event, 'safety');
	const errors = opensWithErrors(event, open?.draft, 'safety');
	return {
		draftId: open?.id,
		form: await superValidate(pageData(open?.draft, 'safety'), zod4(Safety), { errors })
	};
};

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.formData();
		const form = await superValidate(data, zod4(Safety));
		if (await isOfOtherDraft(event, data)) return setError(form, '', m.refer_other_tab(), { status: 409 });
		return leavePage(event, 'safety', form, data.get('go') === 'back');
	}
};
