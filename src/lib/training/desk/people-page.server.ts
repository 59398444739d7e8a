/** What the pages about the people of one cohort share: who looks, at whom, and the way on from a form. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import type { ProgramMembership } from '$lib/people/person';
import { staff } from '$lib/people/staff.server';
import { brokenIn } from '$lib/server/opened';
import { deskCohort, type DeskCohort } from './cohort.server';
import { callIn } from './people-schemas';
import { readEnrolment, roster, settleCall } from './roster.server';
import type { PersonOfCohort, RosterLine } from './roster';
import type { Done } from './done-words';

/** The first class has been. */
export const hasBegun = ({ starts_at }: Pick<DeskCohort, 'starts_at'>, now: Date): boolean =>
	starts_at !== null && Date.parse(starts_at) <= now.getTime();

/** How many seats nobody has and nobody is offered. */
export const freeSeats = ({ capacity, enrolled, offered, completed, not_completed }: DeskCohort): number =>
	Math.max(capacity - enrolled - offered - completed - not_completed, 0);

interface CohortPage {
	program: ProgramMembership;
	cohort: DeskCohort;
}

/** The cohort in the address with everybody in it. @param asFile audited as an export */
export async function rosterPage(event: RequestEvent, asFile = false): Promise<CohortPage & { lines: RosterLine[] }> {
	const { program, cohort } = await deskCohort(event);
	const lines = await roster(event.locals.personal, cohort.id, brokenIn(event), asFile);
	return { program, cohort, lines: lines ?? error(404, m.error_not_found()) };
}

/** The person in the address (`params.enrolment`), in their cohort. Ends in a 404 where there is none in it. */
export async function personPage(event: RequestEvent): Promise<CohortPage & { person: PersonOfCohort }> {
	const { program, cohort } = await deskCohort(event);
	const person = await readEnrolment(event.locals.personal, event.params.enrolment ?? '', brokenIn(event));
	if (person?.cohort_id !== cohort.id) error(404, m.error_not_found());
	return { program, cohort, person };
}

/**
 * To a page of this cohort, which says what was done; what was written to the outbox leaves.
 *
 * @param page below the cohort's own
 */
export async function leave(event: RequestEvent, { page = '', done }: { page?: string; done: Done }): Promise<never> {
	const { person, program } = await staff(event, 'coordinator');
	drainSoon(event);
	redirect(
		303,
		staffAddress(`/desk/training/${event.params.cohort}${page}`, {
			program: program.slug,
			several: person.programs.length > 1,
			done
		})
	);
}

/** The page of the person in the address. */
export const personPath = ({ params }: RequestEvent): string => `/people/${params.enrolment}`;

/** Somebody has been told what the form names. */
export async function tell(event: RequestEvent, page?: string): Promise<never> {
	await staff(event, 'coordinator');
	const call = callIn(await event.request.formData());
	if (call === null || !(await settleCall(event.locals.personal, call))) error(404, m.error_not_found());
	return leave(event, { page, done: 'told' });
}
