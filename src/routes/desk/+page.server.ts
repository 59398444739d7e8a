import { fail, redirect } from '@sveltejs/kit';
import { dateIn } from '$lib/directory/local-time';
import { staffAddress } from '$lib/people/address';
import { awayForm, saveAway } from '$lib/people/away.server';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { mayActAs } from '$lib/people/person';
import * as mail from '$lib/people/mail.server';
import * as people from '$lib/people/people.server';
import { staff } from '$lib/people/staff.server';
import { refusalInWords } from '$lib/people/words';
import { supportSettings } from '$lib/referrals/matching/candidates.server';
import { lateMeetings } from '$lib/referrals/matching/workers.server';
import * as inbox from '$lib/referrals/inbox.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { person, program } = await staff(event);
	const db = event.locals.personal;
	const coordinates = mayActAs(program.roles, 'coordinator');
	const mayHelp = coordinates || program.roles.includes('supervisor');
	const [colleagues, setAside, counts, late, duty] = await Promise.all([
		people.colleagues(db, program.id),
		mayActAs(program.roles, 'admin') ? mail.setAside(db) : null,
		coordinates ? inbox.counts(db, program.id, { mine: true, team: null }) : null,
		mayHelp ? lateMeetings(db, program.id) : [],
		mayHelp ? supportSettings(db, program.id) : null
	]);
	const me = colleagues.find(({ id }) => id === person.id);
	return {
		program,
		colleagues,
		me,
		awayForm: await awayForm(me, await typedBefore(event, 'away')),
		today: dateIn(program.time_zone, event.locals.clock.now()),
		/** How many messages wait, for admins; null for others. */
		mailSetAside: setAside?.length ?? null,
		/** How many requests need them today, for coordinators; null for others. */
		requestsToday: counts?.today ?? null,
		coordinates,
		/** Meetings that nobody has checked out of, for those who can see to it, and whom to call. */
		late,
		duty,
		done: event.url.searchParams.get('done')
	};
};

/** One's own time away. */
export const actions: Actions = {
	away: async (event) => {
		const { person, program } = await staff(event);
		const failed = await saveAway(event.request, event.locals.personal, program.id, person.id);
		if (failed) return failed;
		await forgetTyped(event);
		redirect(303, home(program.slug, person.programs.length > 1, 'away'));
	},
	back: async (event) => {
		const { person, program } = await staff(event);
		const refused = await people.setAway(event.locals.personal, program.id, person.id, null);
		if (refused) return fail(400, { refused: refusalInWords(refused) });
		redirect(303, home(program.slug, person.programs.length > 1, 'back'));
	}
};

const home = (program: string, several: boolean, done: string) => staffAddress('/desk', { program, several, done });
