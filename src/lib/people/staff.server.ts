/** The staff pages' own frame: who looks, and for which of their programs. */
import { error, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { requireStaff } from './guard.server';
import { programsAs, type Person, type ProgramMembership, type Role } from './person';

export interface Staff {
	person: Person;
	/** The program the page is about: `?program=slug`, else their first in which they may act as asked. */
	program: ProgramMembership;
}

/** The layout and the page both ask; the session is looked at once a request. */
const asked = new WeakMap<App.Locals, ReturnType<typeof requireStaff>>();

/**
 * The person and the program of a staff page. Ends in a redirect to sign-in, a 403 for somebody without the role in that
 * program, or a 404 for a program they have nothing to do with.
 */
export async function staff(event: RequestEvent, role?: Role): Promise<Staff> {
	let answer = asked.get(event.locals);
	if (!answer) asked.set(event.locals, (answer = requireStaff(event)));
	const { person, programs } = await answer;
	const able = role ? programsAs(person, role) : programs;
	const slug = event.url.searchParams.get('program');
	if (slug !== null && !programs.some((program) => program.slug === slug)) error(404, m.error_not_found());
	const program = slug === null ? able[0] : able.find((candidate) => candidate.slug === slug);
	if (!program) error(403, m.error_not_staff());
	return { person, program };
}
