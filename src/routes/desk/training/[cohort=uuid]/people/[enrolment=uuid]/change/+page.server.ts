import { error } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { leave, personPage, personPath } from '$lib/training/desk/people-page.server';
import { addressIn, changedPerson, detailsIn } from '$lib/training/desk/people-schemas';
import { detailsOf, type PersonOfCohort } from '$lib/training/desk/roster';
import { saveDetails } from '$lib/training/enrolments.server';
import { isTooMuch } from '$lib/training/sign-up';
import type { Actions, PageServerLoad } from './$types';

/** Their details; what can't be opened can't be changed. */
const openDetails = (person: PersonOfCohort) => detailsOf(person) ?? error(409, m.roster_broken());

export const load: PageServerLoad = async (event) => {
	const { program, cohort, person } = await personPage(event);
	const details = openDetails(person);
	const talks = details.answers.filter(({ by_talk }) => by_talk);
	const answers = talks.map(({ text }) => text);
	const opening = { ...details, version: person.version, email: person.email ?? '', answers };
	const form = await superValidate((await typedBefore(event)) ?? opening, zod4(changedPerson(person.has_account)), {
		errors: false
	});
	return {
		program,
		cohort,
		name: details.name,
		email: person.email,
		hasAccount: person.has_account,
		version: person.version,
		talks,
		form
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { person } = await personPage(event);
		const { answers } = openDetails(person);
		const form = await superValidate(event.request, zod4(changedPerson(person.has_account)));
		if (!form.valid) return fail(400, { form, refused: null });
		const { data } = form;
		const said = data.answers.values();
		const told = answers.map((answer) =>
			answer.by_talk ? { ...answer, text: said.next().value ?? answer.text } : answer
		);
		const details = detailsIn(data, told);
		if (isTooMuch(details)) {
			setError(form, '', m.roster_error_too_much());
			return fail(400, { form, refused: null });
		}
		const held = { id: person.id, version: data.version };
		// Whoever has an account is mailed there, or not at all.
		const address = person.has_account
			? data.reach === 'email'
				? (person.email ?? 'their own')
				: ''
			: addressIn(data);
		const refused = await saveDetails(event.locals.personal, held, details, address);
		if (refused === 'not_found') error(404, m.error_not_found());
		if (refused === 'address_taken') {
			setError(form, 'email', m.roster_error_email_taken());
			return fail(409, { form, refused: null });
		}
		// The same form sent twice has been saved already.
		const isSaved =
			refused === 'stale' &&
			JSON.stringify([detailsOf(person), person.email ?? '']) === JSON.stringify([details, address]);
		if (refused && !isSaved) return fail(409, { form, refused });
		await forgetTyped(event);
		return leave(event, { page: personPath(event), done: 'changed' });
	}
};
