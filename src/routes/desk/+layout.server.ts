import { keptHere, typedBy } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
	const { person, program } = await staff(event);
	return {
		person,
		program,
		several: person.programs.length > 1,
		/** What the forms of these pages say of their writer. */
		typedBy: await typedBy(person.id),
		/** What was kept of a form of this page. */
		kept: await keptHere(event)
	};
};
