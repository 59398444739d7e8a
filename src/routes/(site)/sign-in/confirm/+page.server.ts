import { redirect } from '@sveltejs/kit';
import { fail, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { safeNext } from '$lib/people/next';
import { forgetPending, readPending } from '$lib/people/pending.server';
import { Link } from '$lib/people/sign-in-schemas';
import { signInWithLink } from '$lib/people/sign-in.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { Actions, PageServerLoad } from './$types';

/** What a mailed link opens: a page with one button. Opening it changes nothing, as mail scanners open every link. */
export const load: PageServerLoad = async ({ url, setHeaders }) => {
	setHeaders({ 'cache-control': PRIVATE_CACHE });
	const form = await superValidate(
		{
			token_hash: url.searchParams.get('token_hash') ?? '',
			proof: url.searchParams.get('proof') ?? '',
			next: url.searchParams.get('next') ?? undefined
		},
		zod4(Link),
		{ errors: false }
	);
	return { form };
};

export const actions: Actions = {
	default: async (event) => {
		const form = await superValidate(event.request, zod4(Link));
		if (!form.valid || !(await signInWithLink(event, form.data.token_hash, form.data.proof)))
			return fail(400, { form, spent: true });
		const pending = readPending(event.cookies);
		forgetPending(event.cookies);
		redirect(303, form.data.next ? safeNext(form.data.next) : safeNext(pending?.next));
	}
};
