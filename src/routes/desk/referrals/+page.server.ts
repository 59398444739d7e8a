import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { z } from 'zod';
import { dateIn } from '$lib/directory/local-time';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import * as people from '$lib/people/people.server';
import { staff } from '$lib/people/staff.server';
import { inboxAddress, readInboxFilters } from '$lib/referrals/inbox-address';
import { inboxLine, type InboxRow } from '$lib/referrals/inbox-line';
import { Search, typedReference } from '$lib/referrals/inbox-search';
import { takenCode } from '$lib/referrals/inbox-words';
import * as inbox from '$lib/referrals/inbox.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'coordinator');
	const db = event.locals.personal;
	const filters = readInboxFilters(event.url.searchParams);
	const [{ rows, next }, counts, teams, toLine] = await Promise.all([
		inbox.page(db, program.id, filters),
		inbox.counts(db, program.id, filters),
		inbox.teams(db, program.id),
		lines(event)
	]);
	return {
		program,
		today: today(event, program.time_zone),
		filters,
		lines: rows.map(toLine),
		next,
		counts,
		teams,
		search: await superValidate(zod4(Search)),
		done: event.url.searchParams.get('done')
	};
};

const today = ({ locals }: RequestEvent, zone: string) => dateIn(zone, locals.clock.now());

/** What makes lines of rows, as the program's day and colleagues are. */
async function lines(event: RequestEvent) {
	const { program } = await staff(event, 'coordinator');
	const zone = program.time_zone;
	const colleagues = await people.colleagues(event.locals.personal, program.id);
	return (row: InboxRow) => inboxLine(row, { today: today(event, zone), zone, colleagues });
}

const Ticked = z.object({ id: z.array(z.guid()).max(100) });

export const actions: Actions = {
	/** The ticked ones become one's own. */
	acknowledge: async (event) => {
		const { person, program } = await staff(event, 'coordinator');
		const form = await superValidate(event.request, zod4(Ticked));
		if (!form.valid || form.data.id.length === 0) return fail(400, { refused: m.inbox_error_none_ticked() });
		const { done, refused } = await inbox.acknowledge(event.locals.personal, form.data.id);
		drainSoon(event);
		const of = { program: program.slug, several: person.programs.length > 1, done: takenCode(done, refused) };
		redirect(303, inboxAddress(readInboxFilters(event.url.searchParams), of));
	},
	/** By post, so that what is typed stands in no address. */
	search: async (event) => {
		const { person, program } = await staff(event, 'coordinator');
		const db = event.locals.personal;
		const form = await superValidate(event.request, zod4(Search));
		if (!form.valid) return fail(400, { search: form });
		const reference = typedReference(form.data.typed);
		const of = reference && (await inbox.programOf(db, reference));
		const its = person.programs.find(({ id }) => id === of);
		if (its) {
			const several = person.programs.length > 1;
			redirect(303, staffAddress(`/desk/referrals/${reference}`, { program: its.slug, several }));
		}
		const [rows, toLine] = await Promise.all([inbox.search(db, program.id, form.data.typed), lines(event)]);
		return { search: form, found: rows.map(toLine) };
	}
};
