/** Sending the form of a team or an area, a new one or one there is. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { staffAddress } from '$lib/people/address';
import { forgetTyped } from '$lib/people/kept-form.server';
import { staff, type Staff } from '$lib/people/staff.server';
import { Area, Team } from './routing-schemas';
import { refusalInWords } from './routing-words';
import * as routing from './routing.server';

/**
 * To the page of routing, which says what has just been done.
 *
 * @param action of which form, on a page with several
 */
export async function leave(
	event: RequestEvent,
	{ person, program }: Staff,
	done: string,
	action?: string
): Promise<never> {
	await forgetTyped(event, action);
	const several = person.programs.length > 1;
	redirect(303, staffAddress('/desk/routing', { program: program.slug, several, done }));
}

/** @param id null for a new one */
export async function submitTeam(event: RequestEvent, id: string | null) {
	const asked = await staff(event, 'admin');
	const form = await superValidate(event.request, zod4(Team));
	if (!form.valid) return fail(400, { form });
	const refused = await routing.saveTeam(event.locals.personal, asked.program.id, id, form.data);
	if (!refused) return leave(event, asked, 'team');
	return setError(form, refused === 'name_taken' ? 'name' : '', refusalInWords(refused));
}

/** @param id null for a new one */
export async function submitArea(event: RequestEvent, id: string | null) {
	const asked = await staff(event, 'admin');
	const form = await superValidate(event.request, zod4(Area));
	if (!form.valid) return fail(400, { form });
	const refused = await routing.saveArea(event.locals.personal, asked.program.id, id, form.data);
	if (!refused) return leave(event, asked, 'area');
	return setError(form, refused === 'name_taken' ? 'name' : '', refusalInWords(refused));
}
