import { fail, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { requirePerson } from '$lib/people/guard.server';
import { saveDraft, signUp, type EntryRefusal } from '$lib/training/enrolments.server';
import { answerErrors, answersTo, detailsOf, isTooMuch, readAnswers, SignUp, Unfinished } from '$lib/training/sign-up';
import { isIn } from '$lib/training/own-words';
import { hadBefore, known, leaveIfIn, theTraining, toOwn } from '$lib/training/sign-up.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, request } = event;
	// A form whose session has ended meanwhile is shown again, so that it isn't lost.
	const hasEnded = request.method === 'POST' && !(await locals.person());
	const person = hasEnded ? null : await requirePerson(event);
	const training = await theTraining(event);
	const { own, draft } = person ? await hadBefore(event, training) : { own: null, draft: null };
	const before = known(draft?.contents) ?? known(own?.details);
	return {
		person,
		training,
		own: own && isIn(own) ? own : null,
		hasDraft: draft !== null,
		isDeclined: own?.state === 'declined',
		about: {
			id: draft?.id ?? crypto.randomUUID(),
			name: before?.name ?? person?.name ?? '',
			phone: before?.phone ?? '',
			needs: before?.needs ?? [],
			needs_words: before?.needs_words ?? ''
		},
		answers: answersTo(training.questions, before?.answers ?? [])
	};
};

/** The form as it was sent, what it says, and what is wrong with it. */
async function read(event: RequestEvent, isWhole: boolean) {
	const data = await event.request.formData();
	const training = await theTraining(event);
	const questions = training.kind === 'application' ? training.questions : [];
	const answers = readAnswers(data, questions);
	const form = await superValidate(data, zod4(isWhole ? SignUp : Unfinished));
	const details = detailsOf(form.data, answers);
	const errors: Record<string, unknown> = { ...form.errors, ...answerErrors(questions, answers, { isWhole }) };
	if (isTooMuch(details)) errors._errors = [m.signup_error_too_much()];
	const typed = { about: form.data, answers, errors };
	return { training, details, id: form.data.id, typed, isRight: Object.keys(errors).length === 0 };
}

const notSent = (status: number, typed: Awaited<ReturnType<typeof read>>['typed'], refused?: EntryRefusal) =>
	fail(status, { ...typed, refused: refused ?? null });

export const actions: Actions = {
	next: async (event) => {
		const { training, details, id, typed, isRight } = await read(event, true);
		if (!(await event.locals.person())) return notSent(401, typed);
		await requirePerson(event);
		await leaveIfIn(event, training);
		if (!isRight) return notSent(400, typed);
		const db = event.locals.personal;
		if (training.kind === 'application') {
			if (!(await saveDraft(db, training.id, id, details))) return notSent(409, typed, 'unknown');
			redirect(303, `/training/${training.slug}/sign-up/check`);
		}
		const entry = await signUp(db, training.id, id, details);
		if ('refused' in entry) return notSent(409, typed, entry.refused);
		drainSoon(event);
		return toOwn(entry);
	},
	save: async (event) => {
		const { training, details, id, typed, isRight } = await read(event, false);
		if (!(await event.locals.person())) return notSent(401, typed);
		await requirePerson(event);
		await leaveIfIn(event, training);
		if (!isRight) return notSent(400, typed);
		if (!(await saveDraft(event.locals.personal, training.id, id, details))) return notSent(409, typed, 'unknown');
		redirect(303, '/my/training?done=saved');
	}
};
