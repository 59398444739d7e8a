import { redirect } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { drainSoon } from '$lib/mail/outbox.server';
import { staffAddress } from '$lib/people/address';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import * as people from '$lib/people/people.server';
import { Invite, isRole } from '$lib/people/schemas';
import { staff } from '$lib/people/staff.server';
import { refusalInWords } from '$lib/people/words';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'admin');
	return { program, form: await superValidate(await typedBefore(event), zod4(Invite), { errors: false }) };
};

export const actions: Actions = {
	default: async (event) => {
		const { person, program } = await staff(event, 'admin');
		const form = await superValidate(event.request, zod4(Invite));
		const { name, address, role } = form.data;
		if (!form.valid || !isRole(role)) return fail(400, { form });
		const refused = await people.invite(event.locals.personal, program.id, { name, address, role });
		if (refused) return setError(form, refused === 'already_member' ? 'address' : '', refusalInWords(refused));
		drainSoon(event);
		await forgetTyped(event);
		const several = person.programs.length > 1;
		redirect(303, staffAddress('/desk/people', { program: program.slug, several, done: 'invited' }));
	}
};
