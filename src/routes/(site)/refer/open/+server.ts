import { redirect } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { Chosen } from '$lib/people/schemas';
import { pointToOwn } from '$lib/referrals/drafts.server';
import type { RequestHandler } from './$types';

/**
 * Goes on with one of the person's own drafts; the page that is due says so where it is over. One that was begun on this device for
 * another address comes first: only this device can open it.
 */
export const POST: RequestHandler = async (event) => {
	const form = await superValidate(event.request, zod4(Chosen));
	if (form.valid && !(await pointToOwn(event, form.data.id))) redirect(303, '/refer/you?gone=not_yet');
	redirect(303, '/refer/check');
};
