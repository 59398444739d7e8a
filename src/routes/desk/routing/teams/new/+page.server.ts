import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import { submitTeam } from '$lib/referrals/routing-form.server';
import { Team } from '$lib/referrals/routing-schemas';
import * as routing from '$lib/referrals/routing.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'admin');
	return {
		program,
		coordinators: await routing.coordinators(event.locals.personal, program.id),
		form: await superValidate((await typedBefore(event)) ?? { active: true }, zod4(Team), { errors: false })
	};
};

export const actions: Actions = { default: (event) => submitTeam(event, null) };
