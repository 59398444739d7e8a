import { redirect } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { safeNext } from '$lib/people/next';
import { forgetPending, readPending } from '$lib/people/pending.server';
import { Code } from '$lib/people/sign-in-schemas';
import { sendCode, signInWithCode } from '$lib/people/sign-in.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, url, setHeaders }) => {
	setHeaders({ 'cache-control': PRIVATE_CACHE });
	const pending = readPending(cookies);
	if (!pending) redirect(303, '/sign-in');
	return {
		email: pending.email,
		wait: url.searchParams.has('wait'),
		again: url.searchParams.has('again'),
		form: await superValidate(zod4(Code))
	};
};

const SENTENCES = { wrong: m.sign_in_wrong, expired: m.sign_in_expired, too_many: m.sign_in_too_many };

export const actions: Actions = {
	check: async (event) => {
		const pending = readPending(event.cookies);
		if (!pending) redirect(303, '/sign-in');
		const form = await superValidate(event.request, zod4(Code));
		if (!form.valid) return fail(400, { form });
		const outcome = await signInWithCode(event, pending.email, form.data.code);
		if (outcome !== 'ok') return setError(form, 'code', SENTENCES[outcome]());
		forgetPending(event.cookies);
		redirect(303, safeNext(pending.next));
	},
	again: async (event) => {
		const pending = readPending(event.cookies);
		if (!pending) redirect(303, '/sign-in');
		const outcome = await sendCode(event, pending.email);
		if (outcome === 'not_sent') return fail(503, { notSent: true, form: await superValidate(zod4(Code)) });
		redirect(303, outcome === 'wait' ? '/sign-in/code?wait=1' : '/sign-in/code?again=1');
	}
};
