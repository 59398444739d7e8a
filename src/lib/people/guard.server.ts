/** Who may see a page. The database refuses by itself; this is so that a person is told, and sent where they can sign in. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { available } from '$lib/server/unavailable';
import { PRIVATE_CACHE } from '$lib/server/headers';
import { programsAs, type Person, type ProgramMembership, type Role } from './person';
import { signOut } from './sign-in.server';

const signInFirst = ({ url }: RequestEvent, why?: 'idle'): never =>
	redirect(303, `/sign-in?${new URLSearchParams({ next: url.pathname + url.search, ...(why && { why }) })}`);

/** Requests whose answer is marked as private: a form's action and the page after it may both ask. */
const marked = new WeakSet<App.Locals>();

/** The person who is signed in; anybody else is asked to sign in and comes back. */
export async function requirePerson(event: RequestEvent): Promise<Person> {
	if (!marked.has(event.locals)) event.setHeaders({ 'cache-control': PRIVATE_CACHE });
	marked.add(event.locals);
	return (await event.locals.person()) ?? signInFirst(event);
}

/**
 * The person who is signed in and their programs in which they may act as `role` (any role without one). After half an hour
 * without a request a staff session is over; who has no such role gets a 403 that says so.
 */
export async function requireStaff(
	event: RequestEvent,
	role?: Role
): Promise<{ person: Person; programs: ProgramMembership[] }> {
	const person = await requirePerson(event);
	const programs = role ? programsAs(person, role) : person.programs;
	if (programs.length === 0) error(403, m.error_not_staff());
	if (!available(await event.locals.personal.rpc('touch_session'))) {
		await signOut(event, 'local');
		signInFirst(event, 'idle');
	}
	return { person, programs };
}
