import { error } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { staff } from '$lib/people/staff.server';
import { deskOf } from '$lib/training/desk/cohort.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'coordinator');
	const desk = await deskOf(event.locals.personal, program.id);
	if (!desk) error(403, m.error_not_staff());
	return { program, ...desk, done: event.url.searchParams.get('done') };
};
