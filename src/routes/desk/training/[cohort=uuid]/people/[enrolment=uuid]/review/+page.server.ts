import { error, fail } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { deskCohort } from '$lib/training/desk/cohort.server';
import { leave, personPage, personPath } from '$lib/training/desk/people-page.server';
import { reviewForm, reviewIn } from '$lib/training/desk/people-schemas';
import { detailsOf } from '$lib/training/desk/roster';
import { saveNote } from '$lib/training/desk/roster.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, cohort, person } = await personPage(event);
	const own = person.notes.find(({ mine, is_review }) => mine && is_review);
	const opening = {
		form: crypto.randomUUID(),
		words: own && own.words !== 'broken' ? (own.words ?? '') : '',
		scores: own?.scores?.length === cohort.rubric.length ? own.scores : []
	};
	const schema = zod4(reviewForm(cohort.rubric.length));
	const typed = await typedBefore(event);
	const form = await superValidate(typed ? reviewIn(typed, cohort.rubric) : opening, schema, { errors: false });
	const details = detailsOf(person);
	return {
		program,
		cohort,
		name: details?.name ?? m.roster_broken_name(),
		answers: details?.answers ?? [],
		/** A colleague's reading is not shown yet. */
		isBlind: cohort.reviewers > 1 && !own,
		form
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { cohort } = await deskCohort(event);
		const given = reviewIn(await event.request.formData(), cohort.rubric);
		const form = await superValidate(given, zod4(reviewForm(cohort.rubric.length)));
		if (!form.valid) return fail(400, { form, refused: null });
		const { data } = form;
		const refused = await saveNote(event.locals.personal, event.params.enrolment, {
			id: data.form,
			text: data.words,
			review: { scores: data.scores.length > 0 ? data.scores : null }
		});
		if (refused === 'not_found') error(404, m.error_not_found());
		if (refused) return fail(409, { form, refused });
		await forgetTyped(event);
		return leave(event, { page: personPath(event), done: 'reviewed' });
	}
};
