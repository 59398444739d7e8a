/** Sending the form of a team or an area, a new one or one there is. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { staffAddress } from '$lib/people/address';
import { staff, type Staff } from '$lib/people/staff.server';
import { Area, Team } from './routing-schemas';
import { refusalInWords } from './routing-words';
import * as routing from './routing.server';

/** The page of routing, which says what has just been done. */
export const overview = ({ person, program }: Staff, done: string) =>
	staffAddress('/desk/routing', { program: program.slug, several: person.programs.length > 1, done });

/** @param id null for a new one */
export async function submitTeam(event: RequestEvent, id: string | null) {
	const asked = await staff(event, 'admin');
	const form = await superValidate(event.request, zod4(Team));
	if (!form.valid) return fail(400, { form });
	const refused = await routing.saveTeam(event.locals.personal, asked.program.id, id, form.data);
	if (!refused) redirect(303, overview(asked, 'team'));
	return setError(form, refused === 'name_taken' ? 'name' : '', refusalInWords(refused));
}

/** @param id null for a new one */
export async function submitArea(event: RequestEvent, id: string | null) {
	const asked = await staff(event, 'admin');
	const form = await superValidate(event.request, zod4(Area));
	if (!form.valid) return fail(400, { form });
	const refused = await routing.saveArea(event.locals.personal, asked.program.id, id, form.data);
	if (!refused) redirect(303, overview(asked, 'area'));
	return setError(form, refused === 'name_taken' ? 'name' : '', refusalInWords(refused));
}
