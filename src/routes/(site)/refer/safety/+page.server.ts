import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { Safety } from '$lib/referrals/request';
import { draftFor, finished, goOn, isOfOtherDraft, keepPage, pageData, unfinished } from '$lib/referrals/steps.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': PRIVATE_CACHE });
	const open = await draftFor(event, 'safety');
	return {
		draftId: open?.id,
		form: await superValidate(pageData(open?.draft, 'safety'), zod4(Safety), { errors: false })
	};
};

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.formData();
		const back = data.get('go') === 'back';
		const form = await superValidate(data, zod4(Safety));
		if (isOfOtherDraft(event, data)) return setError(form, '', m.refer_other_tab(), { status: 409 });
		const change = form.valid ? finished('safety', form.data) : unfinished('safety', form.data);
		const { draft } = await keepPage(event, 'safety', change);
		if (!form.valid && !back) return fail(400, { form });
		goOn(event, 'safety', draft, back);
	}
};
