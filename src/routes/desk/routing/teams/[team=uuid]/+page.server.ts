import { error } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import { submitTeam } from '$lib/referrals/routing-form.server';
import { Team } from '$lib/referrals/routing-schemas';
import * as routing from '$lib/referrals/routing.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'admin');
	const db = event.locals.personal;
	const [[team], coordinators] = await Promise.all([
		routing.teams(db, program.id, event.params.team),
		routing.coordinators(db, program.id)
	]);
	if (!team) error(404, m.error_not_found());
	const { name, site, is_active: active, ticked } = team;
	const opening = (await typedBefore(event)) ?? { name, site, active, coordinators: ticked };
	const form = await superValidate(opening, zod4(Team), { errors: false });
	return { program, team, coordinators, form };
};

export const actions: Actions = { default: (event) => submitTeam(event, event.params.team) };
