import { error, redirect } from '@sveltejs/kit';
import { fail, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { dateIn } from '$lib/directory/local-time';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { awayForm, saveAway } from '$lib/people/away.server';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import * as people from '$lib/people/people.server';
import { ChangeRole, isRole } from '$lib/people/schemas';
import { staff, type Staff } from '$lib/people/staff.server';
import { refusalInWords } from '$lib/people/words';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'admin');
	const all = await people.members(event.locals.personal, program.id);
	const member = all.find(({ id }) => id === event.params.member);
	if (!member) error(404, m.error_not_found());
	const typedRole = await typedBefore(event, 'role');
	return {
		program,
		member,
		since: dateIn(program.time_zone, new Date(member.since)),
		colleagues: all.filter(({ id, roles }) => id !== member.id && roles.length > 0),
		roleForm: await superValidate(typedRole ?? { role: member.roles[0] ?? '' }, zod4(ChangeRole), { errors: false }),
		awayForm: await awayForm(member, await typedBefore(event, 'away')),
		today: dateIn(program.time_zone, event.locals.clock.now())
	};
};

export const actions: Actions = {
	role: async (event) => {
		const asked = await staff(event, 'admin');
		const form = await superValidate(event.request, zod4(ChangeRole));
		const { role } = form.data;
		if (!form.valid || !isRole(role)) return fail(400, { role: form });
		const member = event.params.member;
		const refused = await people.changeRole(event.locals.personal, asked.program.id, member, role);
		if (refused) {
			form.errors.role = [refusalInWords(refused)];
			return fail(400, { role: form });
		}
		await forgetTyped(event, 'role');
		// Who has just stopped being an admin can't see the list any more.
		const gone = member === asked.person.id && role !== 'admin';
		redirect(303, gone ? '/desk' : list(asked, 'role'));
	},
	away: async (event) => {
		const asked = await staff(event, 'admin');
		const failed = await saveAway(event.request, event.locals.personal, asked.program.id, event.params.member);
		if (failed) return failed;
		await forgetTyped(event, 'away');
		redirect(303, list(asked, 'away'));
	},
	back: async (event) => {
		const asked = await staff(event, 'admin');
		const refused = await people.setAway(event.locals.personal, asked.program.id, event.params.member, null);
		if (refused) return fail(400, { refused: refusalInWords(refused) });
		redirect(303, list(asked, 'back'));
	}
};

const list = ({ person, program }: Staff, done: string) =>
	staffAddress('/desk/people', { program: program.slug, several: person.programs.length > 1, done });
