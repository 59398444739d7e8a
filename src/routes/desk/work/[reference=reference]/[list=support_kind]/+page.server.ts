import { error, type RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import * as directory from '$lib/directory/directory.server';
import { m } from '$lib/paraglide/messages';
import { LONGEST } from '$lib/referrals/support/contents';
import { entriesOf } from '$lib/referrals/support/entries';
import { settleSupport, supportPage } from '$lib/referrals/support/support-page.server';
import { saveEntry, type Entry, type Refusal } from '$lib/referrals/support/support.server';
import { MarkForm, StartForm } from '$lib/referrals/support/work-schemas';
import { mayWrite } from '$lib/referrals/support/work-words';
import { brokenIn } from '$lib/server/opened';
import type { Actions, PageServerLoad, RouteParams } from './$types';

/** How many places a search shows: the reader narrows it down with another word. */
const MOST_FOUND = 8;

export const load: PageServerLoad = async (event) => {
	const { program, support, today } = await supportPage(event);
	const { clock, supabase } = event.locals;
	const q = (event.url.searchParams.get('q') ?? '').trim().slice(0, 100);
	const isSearch = event.params.list === 'places' && q !== '' && mayWrite(support);
	const found = isSearch
		? await directory.search(supabase, { q, page: 1 }, { now: clock.now(), pageSize: MOST_FOUND })
		: null;
	const wished = support.details.goals;
	const isFirst = event.params.list === 'goals' && entriesOf(support, 'goal').length === 0;
	return {
		program,
		support,
		today,
		/** For a new entry, so that the same form sent twice makes one. */
		newId: crypto.randomUUID(),
		/** The request's goals, each with an id to take it over under; none once there are goals. */
		wished:
			isFirst && mayWrite(support) && Array.isArray(wished)
				? wished.map((text) => ({ id: crypto.randomUUID(), text }))
				: [],
		q: isSearch ? q : '',
		found: found?.places.map(({ slug, name, address }) => ({ slug, name, address, id: crypto.randomUUID() })) ?? null,
		done: event.url.searchParams.get('done')
	};
};

type Event = RequestEvent<RouteParams>;

/** Only the goals' page has forms of its own; the others lead to one. */
async function goals(event: Event) {
	const page = await supportPage(event);
	if (event.params.list !== 'goals') error(404, m.error_not_found());
	return page;
}

export const actions: Actions = {
	/** The person says how a goal stands. */
	mark: async (event) => {
		const { support } = await goals(event);
		const { data, valid } = await superValidate(event.request, zod4(MarkForm));
		const goal = support.entries.find((entry): entry is Entry<'goal'> => entry.kind === 'goal' && entry.id === data.id);
		if (!valid || !goal?.contents || goal.contents === 'broken') error(404, m.error_not_found());
		const refusal: Refusal | null = await saveEntry(
			event.locals.personal,
			support.id,
			{ ...data, kind: 'goal', contents: goal.contents },
			brokenIn(event)
		);
		return settleSupport(event, refusal, { kept: null, page: 'goals', done: 'goal' });
	},
	/** What the request hoped for becomes the first goals, to be changed into the person's own words. */
	start: async (event) => {
		const { support } = await goals(event);
		const { data } = await superValidate(event.request, zod4(StartForm));
		const wished = support.details.goals;
		let refusal: Refusal | null = null;
		for (const [index, text] of (Array.isArray(wished) ? wished : []).entries()) {
			const id = data.ids[index];
			if (!id || refusal) break;
			const contents = { text: text.slice(0, LONGEST.goal) };
			const given = { id, version: 0, kind: 'goal' as const, mark: 'not_yet', contents };
			refusal = await saveEntry(event.locals.personal, support.id, given, brokenIn(event));
		}
		return settleSupport(event, refusal, { kept: null, page: 'goals', done: 'goals' });
	}
};
