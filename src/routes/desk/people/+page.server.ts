import { fail, redirect } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { dateIn } from '$lib/directory/local-time';
import { staffAddress } from '$lib/people/address';
import * as people from '$lib/people/people.server';
import { Chosen } from '$lib/people/schemas';
import { staff } from '$lib/people/staff.server';
import { refusalInWords } from '$lib/people/words';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'admin');
	const db = event.locals.personal;
	const now = event.locals.clock.now();
	const [members, invitations] = await Promise.all([
		people.members(db, program.id),
		people.openInvitations(db, program.id)
	]);
	return {
		program,
		members: members.filter(({ roles }) => roles.length > 0),
		former: members.filter(({ roles }) => roles.length === 0),
		invitations: invitations.map((invitation) => {
			const until = new Date(invitation.expires_at);
			return { ...invitation, until: dateIn(program.time_zone, until), expired: until <= now };
		}),
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	withdraw: async (event) => {
		const { person, program } = await staff(event, 'admin');
		const form = await superValidate(event.request, zod4(Chosen));
		const refused = form.valid ? await people.withdrawInvitation(event.locals.personal, form.data.id) : 'not_open';
		if (refused) return fail(409, { refused: refusalInWords(refused) });
		const several = person.programs.length > 1;
		redirect(303, staffAddress('/desk/people', { program: program.slug, several, done: 'withdrawn' }));
	}
};
