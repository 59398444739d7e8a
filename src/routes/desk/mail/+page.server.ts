import { fail, redirect } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { dateIn } from '$lib/directory/local-time';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import * as mail from '$lib/people/mail.server';
import { Chosen } from '$lib/people/schemas';
import { staff } from '$lib/people/staff.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'admin');
	const messages = await mail.setAside(event.locals.personal);
	return {
		program,
		messages: messages.map(({ since, ...message }) => ({
			...message,
			day: dateIn(program.time_zone, new Date(since))
		})),
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	again: async (event) => {
		const { person, program } = await staff(event, 'admin');
		const form = await superValidate(event.request, zod4(Chosen));
		const isTried = form.valid && (await mail.retry(event.locals.personal, form.data.id));
		if (!isTried) return fail(409, { refused: m.desk_mail_gone() });
		drainSoon(event);
		const several = person.programs.length > 1;
		redirect(303, staffAddress('/desk/mail', { program: program.slug, several, done: 'again' }));
	}
};
