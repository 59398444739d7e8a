import { error } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import { submitArea } from '$lib/referrals/routing-form.server';
import { Area } from '$lib/referrals/routing-schemas';
import * as routing from '$lib/referrals/routing.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'admin');
	const db = event.locals.personal;
	const [[area], coordinators] = await Promise.all([
		routing.areas(db, program.id, event.params.area),
		routing.coordinators(db, program.id)
	]);
	if (!area) error(404, m.error_not_found());
	const { name, is_active: active, ticked } = area;
	const opening = (await typedBefore(event)) ?? { name, active, coordinators: ticked };
	const form = await superValidate(opening, zod4(Area), { errors: false });
	return { program, area, coordinators, form };
};

export const actions: Actions = { default: (event) => submitArea(event, event.params.area) };
