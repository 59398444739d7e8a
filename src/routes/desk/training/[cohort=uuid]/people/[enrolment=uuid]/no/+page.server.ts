import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { asTyped } from '$lib/forms/as-typed';
import { m } from '$lib/paraglide/messages';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import { mayDecline } from '$lib/training/desk/moves';
import { startNo } from '$lib/training/desk/no-samples';
import { hasBegun, leave, personPage, personPath } from '$lib/training/desk/people-page.server';
import { NoForm } from '$lib/training/desk/people-schemas';
import { detailsOf } from '$lib/training/desk/roster';
import { move } from '$lib/training/enrolments.server';
import { sealAnswer } from '$lib/training/sealed-enrolment.server';
import type { Actions, PageServerLoad, RouteParams } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, cohort, person } = await personPage(event);
	const { answer, version } = person;
	const opening = { version, words: answer && answer !== 'broken' ? answer : '' };
	const form = await superValidate((await typedBefore(event)) ?? opening, zod4(NoForm), { errors: false });
	return {
		program,
		cohort,
		name: detailsOf(person)?.name ?? m.roster_broken_name(),
		version,
		/** They are told by mail that there is news. */
		getsMail: person.email !== null,
		isKept: cohort.decides_together && person.state === 'applied',
		isPossible: mayDecline(person, { ...cohort, hasBegun: hasBegun(cohort, event.locals.clock.now()) }),
		form
	};
};

type Event = RequestEvent<RouteParams>;

/** The very same no was sent, or decided, already. */
async function isSaid(event: Event, version: number, words: string): Promise<boolean> {
	const { person } = await personPage(event);
	const said = person.state === 'declined' || person.decision === 'decline';
	return said && person.version === version + 1 && person.answer === words;
}

export const actions: Actions = {
	/** Words to begin from: without a script a button fills them in. */
	start: async (event) => {
		const { cohort, person } = await personPage(event);
		const form = await superValidate(event.request, zod4(NoForm), { errors: false });
		const { sample, words } = form.data;
		if (sample === '') {
			setError(form, 'sample', m.roster_error_sample());
			return fail(400, { form, refused: null });
		}
		const name = detailsOf(person)?.name ?? '';
		form.data.words = startNo(sample, asTyped(words), { name, title: cohort.title });
		return { form, refused: null };
	},
	preview: async (event) => {
		await personPage(event);
		const form = await superValidate(event.request, zod4(NoForm));
		return form.valid ? { form, isPreview: true, refused: null } : fail(400, { form, refused: null });
	},
	/** Back from there, with all that was typed. */
	edit: async (event) => {
		await personPage(event);
		return { form: await superValidate(event.request, zod4(NoForm), { errors: false }), refused: null };
	},
	send: async (event) => {
		await staff(event, 'coordinator');
		const form = await superValidate(event.request, zod4(NoForm));
		if (!form.valid) return fail(400, { form, refused: null });
		const { version, words } = form.data;
		const id = event.params.enrolment;
		const answer = await sealAnswer(id, words);
		const moved = await move(event.locals.personal, { id, version, event: 'decline', answer });
		if ('refused' in moved) {
			if (moved.refused === 'not_found') error(404, m.error_not_found());
			if (!(await isSaid(event, version, words))) return fail(409, { form, refused: moved.refused });
		}
		await forgetTyped(event);
		const isKept = 'ok' in moved ? moved.ok === 'applied' : (await personPage(event)).person.state === 'applied';
		return leave(event, { page: personPath(event), done: isKept ? 'kept' : 'no' });
	}
};
