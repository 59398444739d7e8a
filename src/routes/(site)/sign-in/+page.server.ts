import { redirect } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { safeNext } from '$lib/people/next';
import { keepPending } from '$lib/people/pending.server';
import { SignIn } from '$lib/people/sign-in-schemas';
import { sendCode } from '$lib/people/sign-in.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals, setHeaders }) => {
	setHeaders({ 'cache-control': PRIVATE_CACHE });
	const next = safeNext(url.searchParams.get('next'));
	const person = await locals.person();
	return {
		form: await superValidate({ next }, zod4(SignIn), { errors: false }),
		idle: url.searchParams.get('why') === 'idle',
		signedInAs: person?.email ?? null,
		next
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await superValidate(event.request, zod4(SignIn));
		if (!form.valid) return fail(400, { form });
		const { email, next } = form.data;
		const outcome = await sendCode(event, email);
		if (outcome === 'not_sent') return setError(form, 'email', m.sign_in_not_sent(), { status: 503 });
		// A code that went out a moment ago is still good: on to where it is typed.
		keepPending(event.cookies, event.url, { email, next: safeNext(next) });
		redirect(303, outcome === 'wait' ? '/sign-in/code?wait=1' : '/sign-in/code');
	}
};
