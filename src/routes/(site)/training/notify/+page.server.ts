import { env } from '$env/dynamic/private';
import { redirect } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { readContact } from '$lib/server/contact';
import { PUBLIC_CACHE } from '$lib/server/headers';
import { ask, choices } from '$lib/training/interest/interest.server';
import { choiceFrom, choiceOptions, Wish } from '$lib/training/interest/wish';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals, setHeaders }) => {
	const programs = await choices(locals.supabase);
	const choice = choiceFrom(programs, url.searchParams);
	setHeaders({ 'cache-control': PUBLIC_CACHE });
	return {
		form: await superValidate({ choice }, zod4(Wish), { errors: false }),
		options: choiceOptions(programs),
		isOfSeveral: programs.length > 1,
		isDone: url.searchParams.get('done') === '1',
		contact: readContact(env)
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await superValidate(event.request, zod4(Wish));
		if (!form.valid) return fail(400, { form, isTooMuch: false });
		const refused = await ask(event, form.data);
		if (refused === 'unknown') {
			setError(form, 'choice', m.notify_unknown());
			return fail(400, { form, isTooMuch: false });
		}
		if (refused === 'too_many') return fail(429, { form, isTooMuch: true });
		drainSoon(event);
		redirect(303, '/training/notify?done=1');
	}
};
