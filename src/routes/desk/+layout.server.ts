import { staff } from '$lib/people/staff.server';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
	const { person, program } = await staff(event);
	return { person, program, several: person.programs.length > 1 };
};
