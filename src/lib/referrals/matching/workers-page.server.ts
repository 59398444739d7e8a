/** What the pages about workers share: who looks, at which program, and at whom. */
import { error, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { mayActAs, type Person, type ProgramMembership } from '$lib/people/person';
import { staff } from '$lib/people/staff.server';
import { workers, type Worker } from './workers.server';

export interface WorkersPage {
	person: Person;
	program: ProgramMembership;
	/** Coordinators see every worker and change things; supervisors see their own. */
	coordinates: boolean;
}

const mayLook = ({ roles }: ProgramMembership): boolean =>
	mayActAs(roles, 'coordinator') || roles.includes('supervisor');

/** Ends in a 403 for those who neither coordinate nor supervise. */
export async function workersPage(event: RequestEvent): Promise<WorkersPage> {
	const { person, program: first } = await staff(event);
	const isNamed = event.url.searchParams.has('program');
	const program = isNamed ? first : (person.programs.find(mayLook) ?? first);
	if (!mayLook(program)) error(403, m.error_not_staff());
	return { person, program, coordinates: mayActAs(program.roles, 'coordinator') };
}

/** The worker in the address. Ends in a 404 where there is none for the person. */
export async function workerPage(event: RequestEvent): Promise<WorkersPage & { worker: Worker }> {
	const page = await workersPage(event);
	const all = await workers(event.locals.personal, page.program.id);
	const worker = all?.find(({ id }) => id === event.params.worker);
	if (!worker) error(404, m.error_not_found());
	return { ...page, worker };
}
