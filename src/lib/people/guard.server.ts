/** Who may see a page. The database refuses by itself; this is so that a person is told, and sent where they can sign in. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { available } from '$lib/server/unavailable';
import { PRIVATE_CACHE } from '$lib/server/headers';
import { keepForm } from './kept-form.server';
import { programsAs, type Person, type ProgramMembership, type Role } from './person';
import { signOut } from './sign-in.server';

const signInFirst = ({ url }: RequestEvent, why?: 'idle'): never =>
	redirect(303, `/sign-in?${new URLSearchParams({ next: url.pathname + url.search, ...(why && { why }) })}`);

/** Requests whose answer is marked as private: a form's action and the page after it may both ask. */
const marked = new WeakSet<App.Locals>();

async function readPerson(event: RequestEvent): Promise<Person | null> {
	if (!marked.has(event.locals)) event.setHeaders({ 'cache-control': PRIVATE_CACHE });
	marked.add(event.locals);
	return event.locals.person();
}

/** The person who is signed in; anybody else is asked to sign in and comes back. */
export const requirePerson = async (event: RequestEvent): Promise<Person> =>
	(await readPerson(event)) ?? signInFirst(event);

/** A form that was sent too late is kept until its sender is back. */
async function keepAndSignIn(event: RequestEvent, why?: 'idle'): Promise<never> {
	await keepForm(event);
	return signInFirst(event, why);
}

/**
 * The person who is signed in and their programs in which they may act as `role` (any role without one). After half an hour
 * without a request a staff session is over; who has no such role gets a 403 that says so. An action asks before it reads its form,
 * which is then kept where the session is over.
 */
export async function requireStaff(
	event: RequestEvent,
	role?: Role
): Promise<{ person: Person; programs: ProgramMembership[] }> {
	const person = (await readPerson(event)) ?? (await keepAndSignIn(event));
	const programs = role ? programsAs(person, role) : person.programs;
	if (programs.length === 0) error(403, m.error_not_staff());
	if (!available(await event.locals.personal.rpc('touch_session'))) {
		await signOut(event, 'local');
		await keepAndSignIn(event, 'idle');
	}
	return { person, programs };
}
