import { requirePerson } from '$lib/people/guard.server';
import * as mine from '$lib/referrals/mine.server';
import { CLOSED } from '$lib/referrals/states';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const person = await requirePerson(event);
	const { sent, kept, drafts } = await mine.list(event.locals.personal);
	const questions = sent.filter(({ state }) => state === 'info_needed');
	return {
		person,
		requests: {
			all: sent.length + kept.length + drafts.length,
			underWay: sent.filter(({ state }) => !CLOSED.includes(state)).length,
			needed: questions.length + kept.length + drafts.length
		}
	};
};
