import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import * as people from '$lib/people/people.server';
import { staff } from '$lib/people/staff.server';
import { refusalInWords } from '$lib/people/words';
import type { Actions, PageServerLoad } from './$types';

/** Asks once more: without a script a page does what elsewhere a box would. */
export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'admin');
	const all = await people.members(event.locals.personal, program.id);
	const member = all.find(({ id, roles }) => id === event.params.member && roles.length > 0);
	if (!member) error(404, m.error_not_found());
	return { program, member };
};

export const actions: Actions = {
	default: async (event) => {
		const { person, program } = await staff(event, 'admin');
		const refused = await people.deactivate(event.locals.personal, program.id, event.params.member);
		if (refused) return fail(409, { refused: refusalInWords(refused) });
		if (event.params.member === person.id) redirect(303, '/my');
		const several = person.programs.length > 1;
		redirect(303, staffAddress('/desk/people', { program: program.slug, several, done: 'deactivated' }));
	}
};
