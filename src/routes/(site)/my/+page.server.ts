import { requirePerson } from '$lib/people/guard.server';
import * as mine from '$lib/referrals/mine.server';
import { CLOSED } from '$lib/referrals/states';
import { brokenIn } from '$lib/server/opened';
import * as trainings from '$lib/training/enrolments.server';
import { nextInWords } from '$lib/training/own-words';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const person = await requirePerson(event);
	const db = event.locals.personal;
	const [{ sent, kept, drafts }, own] = await Promise.all([mine.list(db), trainings.mine(db, brokenIn(event))]);
	const questions = sent.filter(({ state }) => state === 'info_needed');
	return {
		person,
		trainings: {
			all: own.places.length + own.drafts.length,
			drafts: own.drafts.length,
			next: nextInWords(own.places, event.locals.clock.now())
		},
		requests: {
			all: sent.length + kept.length + drafts.length,
			underWay: sent.filter(({ state }) => !CLOSED.includes(state)).length,
			needed: questions.length + kept.length + drafts.length
		}
	};
};
