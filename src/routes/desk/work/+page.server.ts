import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { dateIn } from '$lib/directory/local-time';
import { drainSoon } from '$lib/mail/outbox.server';
import { staffAddress } from '$lib/people/address';
import * as people from '$lib/people/people.server';
import { staff } from '$lib/people/staff.server';
import { markMeeting } from '$lib/referrals/support/support.server';
import { myWork } from '$lib/referrals/support/work.server';
import { MeetingMark } from '$lib/referrals/support/work-schemas';
import { readWorker } from '$lib/referrals/support/worker.server';
import { brokenIn } from '$lib/server/opened';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { person, program } = await staff(event, 'worker');
	const db = event.locals.personal;
	const [work, says, colleagues] = await Promise.all([
		myWork(db, program.id, brokenIn(event)),
		readWorker(db, program.id, person.id),
		people.colleagues(db, program.id)
	]);
	const now = event.locals.clock.now();
	const today = dateIn(program.time_zone, now);
	return {
		program,
		proposals: work?.proposals ?? [],
		people: work?.people ?? [],
		underWay: work?.under_way ?? [],
		says,
		awayUntil: colleagues.find(({ id }) => id === person.id)?.away_until ?? null,
		now,
		today,
		done: event.url.searchParams.get('done')
	};
};

/** A button on somebody's next meeting. */
const mark = (what: 'in' | 'out') => async (event: RequestEvent) => {
	const { person, program } = await staff(event, 'worker');
	const { data, valid } = await superValidate(event.request, zod4(MeetingMark));
	const refusal = valid ? await markMeeting(event.locals.personal, data.meeting, what, brokenIn(event)) : null;
	if (!valid || refusal) return fail(409, { refused: refusal?.refused ?? ('not_found' as const) });
	drainSoon(event);
	const several = person.programs.length > 1;
	redirect(303, staffAddress('/desk/work', { program: program.slug, several, done: what }));
};

export const actions: Actions = {
	in: mark('in'),
	out: mark('out')
};
