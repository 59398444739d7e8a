import { env } from '$env/dynamic/private';
import { fail, redirect } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { answer, whoAsks } from '$lib/referrals/feedback/feedback.server';
import { Feedback } from '$lib/referrals/feedback/questions';
import { readContact } from '$lib/server/contact';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { Actions, PageServerLoad } from './$types';

/** Looking changes nothing. The address opens the questions to whoever has it: it stays here, and no link hands it on. */
export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
	// Not `no-referrer`: with it browsers send forms from nowhere.
	setHeaders({ 'cache-control': PRIVATE_CACHE, 'referrer-policy': 'strict-origin', 'x-robots-tag': 'noindex' });
	const [program, form] = await Promise.all([whoAsks(locals.supabase, params.token), superValidate(zod4(Feedback))]);
	return { program, form, contact: readContact(env) };
};

export const actions: Actions = {
	default: async (event) => {
		const form = await superValidate(event.request, zod4(Feedback));
		if (!form.valid) return fail(400, { form, refused: null });
		const refused = await answer(event, event.params.token, form.data);
		if (refused) return fail(refused === 'too_many' ? 429 : 410, { form, refused });
		redirect(303, '/feedback/thanks');
	}
};
