import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { drainSoon } from '$lib/mail/outbox.server';
import { requirePerson } from '$lib/people/guard.server';
import { signUp } from '$lib/training/enrolments.server';
import { isIn } from '$lib/training/own-words';
import { answerErrors, answersTo, SignUp } from '$lib/training/sign-up';
import { hadBefore, known, theTraining, toOwn } from '$lib/training/sign-up.server';
import type { Actions, PageServerLoad } from './$types';

/** What was saved, as it would be sent now, and how much of it is not right; to the form where nothing was. */
async function saved(event: RequestEvent) {
	const training = await theTraining(event);
	const { own, draft } = await hadBefore(event, training);
	// The same page sent twice: the first has taken the draft with it.
	if (!draft && own && isIn(own)) return toOwn({ ok: own.state, id: own.id, again: own.state !== 'applied' });
	if (!draft) redirect(303, `/training/${training.slug}/sign-up`);
	const details = known(draft.contents);
	const answers = answersTo(training.questions, details?.answers ?? []);
	const wrong = details
		? [
				...(SignUp.safeParse({ ...details, id: draft.id }).error?.issues ?? []),
				...Object.keys(answerErrors(training.questions, answers, { isWhole: true }))
			].length
		: 0;
	return { training, id: draft.id, details: details && { ...details, answers }, wrong };
}

export const load: PageServerLoad = async (event) => {
	await requirePerson(event);
	return saved(event);
};

export const actions: Actions = {
	send: async (event) => {
		await requirePerson(event);
		const { training, id, details, wrong } = await saved(event);
		if (!details || wrong > 0) redirect(303, `/training/${training.slug}/sign-up/check`);
		const entry = await signUp(event.locals.personal, training.id, id, details);
		if ('refused' in entry) return fail(409, { refused: entry.refused });
		drainSoon(event);
		return toOwn(entry);
	}
};
