import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import { deskCohort } from '$lib/training/desk/cohort.server';
import { reachedBy, statesOf } from '$lib/training/desk/message';
import { leave, rosterPage } from '$lib/training/desk/people-page.server';
import { MessageForm } from '$lib/training/desk/people-schemas';
import { messageCohort } from '$lib/training/desk/roster.server';
import type { Actions, PageServerLoad, RouteParams } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, cohort } = await deskCohort(event);
	const opening = { form: crypto.randomUUID(), to: ['seat' as const] };
	const form = await superValidate((await typedBefore(event)) ?? opening, zod4(MessageForm), { errors: false });
	return { program, cohort, form };
};

const back = async (event: RequestEvent<RouteParams>) =>
	superValidate(event.request, zod4(MessageForm), { errors: false });

export const actions: Actions = {
	/** The message as people will read it, and how many will. */
	preview: async (event) => {
		const { lines } = await rosterPage(event);
		const form = await superValidate(event.request, zod4(MessageForm));
		if (!form.valid) return fail(400, { form, refused: null });
		return { form, reached: reachedBy(lines, form.data.to), refused: null };
	},
	edit: async (event) => {
		await deskCohort(event);
		return { form: await back(event), refused: null };
	},
	send: async (event) => {
		await staff(event, 'coordinator');
		const form = await superValidate(event.request, zod4(MessageForm));
		if (!form.valid) return fail(400, { form, refused: null });
		const { form: id, to, words } = form.data;
		const message = { id, states: statesOf(to), words };
		const refused = await messageCohort(event.locals.personal, event.params.cohort, message);
		if (refused === 'not_allowed') error(404, m.error_not_found());
		if (refused) return fail(409, { form, refused });
		await forgetTyped(event);
		return leave(event, { done: 'messaged' });
	}
};
