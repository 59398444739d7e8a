import { error, fail } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { staff } from '$lib/people/staff.server';
import { hasBegun, leave, rosterPage } from '$lib/training/desk/people-page.server';
import { outcomesIn } from '$lib/training/desk/people-schemas';
import { byName, takesPart, outcomeOf, type Outcome } from '$lib/training/desk/roster';
import { completeEnrolments } from '$lib/training/desk/roster.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, cohort, lines } = await rosterPage(event);
	const now = event.locals.clock.now();
	const isOver = cohort.ends_at !== null && Date.parse(cohort.ends_at) <= now.getTime();
	return {
		program,
		cohort,
		hasBegun: hasBegun(cohort, now),
		isOver,
		people: lines
			.filter(takesPart)
			.sort(byName)
			.map((line) => ({ line, outcome: outcomeOf(line, { isOver, hours: cohort.practicum_hours }) }))
	};
};

export const actions: Actions = {
	default: async (event) => {
		await staff(event, 'coordinator');
		const outcomes = [...outcomesIn(await event.request.formData())];
		const are = (wanted: Outcome) => outcomes.flatMap(([id, outcome]) => (outcome === wanted ? [id] : []));
		const refused = await completeEnrolments(event.locals.personal, event.params.cohort, {
			completed: are('completed'),
			not_completed: are('not_completed')
		});
		if (refused === 'not_allowed') error(404, m.error_not_found());
		if (refused) return fail(409, { refused });
		return leave(event, { page: '/completion', done: 'certified' });
	}
};
