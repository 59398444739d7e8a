import { error, fail } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { staff } from '$lib/people/staff.server';
import { freeSeats, leave, rosterPage } from '$lib/training/desk/people-page.server';
import { byName, DECISIONS } from '$lib/training/desk/roster';
import { sendDecisions } from '$lib/training/desk/roster.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, cohort, lines } = await rosterPage(event);
	const applied = lines.filter(({ state }) => state === 'applied');
	return {
		program,
		cohort,
		free: freeSeats(cohort),
		decided: DECISIONS.map((decision) => ({
			decision,
			lines: applied.filter((line) => line.decision === decision).sort(byName)
		})),
		undecided: applied.filter(({ decision }) => decision === null).length
	};
};

export const actions: Actions = {
	default: async (event) => {
		await staff(event, 'coordinator');
		const sent = await sendDecisions(event.locals.personal, event.params.cohort);
		if ('ok' in sent) return leave(event, { page: '/decisions', done: sent.left > 0 ? 'sent_but' : 'sent' });
		if (sent.refused === 'not_allowed') error(404, m.error_not_found());
		return fail(409, { refused: sent.refused });
	}
};
