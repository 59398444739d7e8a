import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { dateIn } from '$lib/directory/local-time';
import { typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import { CohortForm, typedOf } from '$lib/training/desk/cohort-form';
import { areasOf, submitCohort } from '$lib/training/desk/cohort-form.server';
import { deskCohort } from '$lib/training/desk/cohort.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, cohort } = await deskCohort(event);
	const typed = await typedBefore(event);
	return {
		program,
		cohort,
		/** It was changed since what is back was typed. */
		isBehind: typed !== null && Number(typed.get('version')) !== cohort.version,
		today: dateIn(program.time_zone, event.locals.clock.now()),
		areas: await areasOf(event.locals.personal, program.id, cohort.area_id),
		form: await superValidate(typed ?? typedOf(cohort), zod4(CohortForm), { errors: false })
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { person } = await staff(event, 'coordinator');
		const { program, cohort } = await deskCohort(event);
		return submitCohort(event, { person, program, of: cohort });
	}
};
