import { dateIn } from '$lib/directory/local-time';
import { freeSeats, rosterPage, tell } from '$lib/training/desk/people-page.server';
import { forAttendance, inGroups, needsOf, toCall } from '$lib/training/desk/roster';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, cohort, lines } = await rosterPage(event);
	const zone = cohort.time_zone;
	return {
		program,
		cohort,
		free: freeSeats(cohort),
		calls: toCall(lines),
		groups: inGroups(lines),
		needs: needsOf(lines),
		classes: forAttendance(cohort.meetings, dateIn(zone, event.locals.clock.now()), (instant) =>
			dateIn(zone, new Date(instant))
		)
	};
};

export const actions: Actions = {
	told: (event) => tell(event)
};
