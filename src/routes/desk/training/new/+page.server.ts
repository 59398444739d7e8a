import { dateIn } from '$lib/directory/local-time';
import { staff } from '$lib/people/staff.server';
import { areasOf, openNew, submitNew } from '$lib/training/desk/cohort-form.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'coordinator');
	return {
		program,
		today: dateIn(program.time_zone, event.locals.clock.now()),
		areas: await areasOf(event.locals.personal, program.id),
		...(await openNew(event, program))
	};
};

export const actions: Actions = { default: submitNew };
