import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { dateIn } from '$lib/directory/local-time';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import * as inbox from '$lib/referrals/inbox.server';
import { emptyEntry, enter, readEntry } from '$lib/referrals/phone-entry.server';
import type { Actions, PageServerLoad } from './$types';

/** What may be chosen: the program's own. */
async function offered(event: RequestEvent) {
	const { program } = await staff(event, 'coordinator');
	const db = event.locals.personal;
	const [teams, areas] = await Promise.all([inbox.teams(db, program.id), inbox.areas(db, program.id)]);
	return {
		teams: teams.filter(({ is_active }) => is_active),
		areas,
		today: dateIn(program.time_zone, event.locals.clock.now())
	};
}

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'coordinator');
	const [choices, typed] = await Promise.all([offered(event), typedBefore(event)]);
	return {
		program,
		...choices,
		entry: typed ? (await readEntry(typed, choices)).entry : await emptyEntry(choices)
	};
};

export const actions: Actions = {
	save: async (event) => {
		const { person, program } = await staff(event, 'coordinator');
		const choices = await offered(event);
		const { entry, isValid } = await readEntry(await event.request.formData(), choices);
		if (!isValid) return fail(400, { entry });
		const reference = await enter(event.locals.personal, program.id, entry, choices.teams);
		if (!reference) error(403, m.error_not_staff());
		await forgetTyped(event);
		drainSoon(event);
		const of = { program: program.slug, several: person.programs.length > 1, done: 'entered' };
		redirect(303, staffAddress(`/desk/referrals/${reference}`, of));
	}
};
