import { redirect, type RequestEvent } from '@sveltejs/kit';
import { fail, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { TIME_ZONE } from '$lib/directory/directory.server';
import { drainSoon } from '$lib/mail/outbox.server';
import { requirePerson } from '$lib/people/guard.server';
import { Chosen } from '$lib/people/schemas';
import * as mine from '$lib/referrals/mine.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const person = await requirePerson(event);
	return {
		person,
		requests: await mine.list(event.locals.personal),
		done: event.url.searchParams.get('done'),
		zone: TIME_ZONE,
		now: event.locals.clock.now()
	};
};

/** The row that a button is about; null where the form names none. */
async function chosen(event: RequestEvent): Promise<string | null> {
	await requirePerson(event);
	const form = await superValidate(event.request, zod4(Chosen));
	return form.valid ? form.data.id : null;
}

const gone = () => fail(409, { gone: true });
const discarded = (): never => redirect(303, '/my/referrals?done=discarded');

export const actions: Actions = {
	send: async (event) => {
		const id = await chosen(event);
		const reference = id && (await mine.sendKept(event.locals.personal, id));
		if (!reference) return gone();
		drainSoon(event);
		redirect(303, `/my/referrals/${reference}?done=sent`);
	},
	discard: async (event) => {
		const id = await chosen(event);
		if (!id || !(await mine.discardKept(event.locals.personal, id))) return gone();
		discarded();
	},
	forget: async (event) => {
		const id = await chosen(event);
		if (!id) return gone();
		await mine.discardDraft(event.locals.personal, id);
		discarded();
	}
};
