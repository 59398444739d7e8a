/** What the pages of news and links share: the desk of a program, and the way out of their forms. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { forgetTyped } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import { deskOf } from './cohort.server';

export async function deskPage(event: RequestEvent) {
	const { person, program } = await staff(event, 'coordinator');
	const desk = await deskOf(event.locals.personal, program.id);
	if (!desk) error(403, m.error_not_staff());
	return { person, program, desk };
}

/** To the list, which says what was done. */
export async function leaveEntry(event: RequestEvent, list: 'news' | 'links', done: string): Promise<never> {
	const { person, program } = await staff(event, 'coordinator');
	await forgetTyped(event, 'save');
	const several = person.programs.length > 1;
	redirect(303, staffAddress(`/desk/training/${list}`, { program: program.slug, several, done }));
}
