import { fail } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { deskCohort } from '$lib/training/desk/cohort.server';
import { leave } from '$lib/training/desk/people-page.server';
import { addressIn, detailsIn, NewPerson } from '$lib/training/desk/people-schemas';
import { toTalkAbout } from '$lib/training/desk/roster';
import { enterByStaff } from '$lib/training/enrolments.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, cohort } = await deskCohort(event);
	const typed = await typedBefore(event);
	const form = await superValidate(typed ?? { form: crypto.randomUUID() }, zod4(NewPerson), { errors: false });
	return { program, cohort, form };
};

export const actions: Actions = {
	default: async (event) => {
		const { cohort } = await deskCohort(event);
		const form = await superValidate(event.request, zod4(NewPerson));
		if (!form.valid) return fail(400, { form, refused: null });
		const { data } = form;
		const answers = cohort.kind === 'application' ? toTalkAbout(cohort.questions) : [];
		const entry = await enterByStaff(
			event.locals.personal,
			cohort.id,
			data.form,
			detailsIn(data, answers),
			addressIn(data)
		);
		if ('refused' in entry) return fail(409, { form, refused: entry.refused });
		await forgetTyped(event);
		const page = `/people/${entry.id}`;
		// The same form sent twice has put them in, too.
		if (entry.again && entry.id !== data.form) return leave(event, { page, done: 'again' });
		const done = `entered_${entry.ok}`;
		return leave(event, {
			page,
			done: done === 'entered_enrolled' || done === 'entered_waitlisted' || done === 'entered_applied' ? done : 'again'
		});
	}
};
