import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { deskCohort, type DeskCohort } from '$lib/training/desk/cohort.server';
import { leave, rosterPage } from '$lib/training/desk/people-page.server';
import { AttendanceForm } from '$lib/training/desk/people-schemas';
import { byName, takesPart, missedLastTwo } from '$lib/training/desk/roster';
import { saveAttendance } from '$lib/training/desk/roster.server';
import type { Actions, PageServerLoad, RouteParams } from './$types';

type Event = RequestEvent<RouteParams>;

const meetingIn = ({ params }: Event, { meetings }: DeskCohort) =>
	meetings.find(({ id }) => id === params.class) ?? error(404, m.error_not_found());

/** So long before a class starts it may be written down who is there, as the database has it. */
const EARLY = 12 * 60 * 60 * 1000;

export const load: PageServerLoad = async (event) => {
	const { program, cohort, lines } = await rosterPage(event);
	const meeting = meetingIn(event, cohort);
	const seated = lines.filter(takesPart).sort(byName);
	return {
		program,
		cohort,
		meeting,
		isEarly: Date.parse(meeting.starts_at) > event.locals.clock.now().getTime() + EARLY,
		isKept: seated.some(({ attendance }) => meeting.id in attendance),
		seated,
		missed: missedLastTwo(lines, cohort.meetings, meeting).map(({ id }) => id)
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { cohort } = await deskCohort(event);
		const meeting = meetingIn(event, cohort);
		const { data, valid } = await superValidate(event.request, zod4(AttendanceForm));
		if (!valid || meeting.is_cancelled) return fail(409, { refused: null });
		const refused = await saveAttendance(event.locals.personal, meeting.id, data);
		if (refused === 'not_allowed') error(404, m.error_not_found());
		if (refused) return fail(409, { refused });
		return leave(event, { page: `/classes/${meeting.id}/attendance`, done: 'attendance' });
	}
};
