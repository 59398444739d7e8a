import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { fail, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import * as feedback from '$lib/referrals/feedback/feedback.server';
import { PaperFeedback } from '$lib/referrals/feedback/questions';
import { brokenIn } from '$lib/server/opened';
import type { Actions, PageServerLoad } from './$types';

const paperForm = async (event: RequestEvent) =>
	superValidate((await typedBefore(event, 'paper')) ?? { form: crypto.randomUUID() }, zod4(PaperFeedback), {
		errors: false
	});

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'coordinator');
	return {
		program,
		/** Null for a coordinator who supports people, or did within the year. */
		said: await feedback.readFeedback(event.locals.personal, program.id, brokenIn(event)),
		form: await paperForm(event),
		done: event.url.searchParams.get('done')
	};
};

/** Back to the page with an empty form, ready for the next sheet. */
async function entered(event: RequestEvent): Promise<never> {
	const { person, program } = await staff(event, 'coordinator');
	await forgetTyped(event, 'paper');
	redirect(
		303,
		staffAddress('/desk/feedback', { program: program.slug, several: person.programs.length > 1, done: 'paper' })
	);
}

export const actions: Actions = {
	paper: async (event) => {
		const { program } = await staff(event, 'coordinator');
		const form = await superValidate(event.request, zod4(PaperFeedback));
		if (!form.valid) return fail(400, { form });
		const { form: id, ...answers } = form.data;
		const refused = await feedback.enter(event.locals.personal, program.id, id, answers);
		if (refused === 'not_allowed') error(403, m.feedback_workers());
		return refused ? fail(400, { form }) : entered(event);
	}
};
