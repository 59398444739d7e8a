import { fail, type RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import * as directory from '$lib/directory/directory.server';
import { contentsOf, openingOf } from '$lib/referrals/support/entry-form';
import { ENTRY_PAGES } from '$lib/referrals/support/entry-pages';
import { leave, openWritten, settleSupport, supportPage } from '$lib/referrals/support/support-page.server';
import { removeEntry, saveEntry, type Entry } from '$lib/referrals/support/support.server';
import { EntryHeld, entryForm } from '$lib/referrals/support/work-schemas';
import { mayWrite } from '$lib/referrals/support/work-words';
import { brokenIn } from '$lib/server/opened';
import type { Actions, PageServerLoad, RouteParams } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, support, today } = await supportPage(event);
	const kind = ENTRY_PAGES[event.params.list];
	const entryId = event.params.entry;
	const entry = support.entries.find(({ id }) => id === entryId) ?? null;
	const slug = event.url.searchParams.get('place');
	const { clock, supabase } = event.locals;
	const found = kind === 'place' && !entry && slug ? await directory.place(supabase, slug, { now: clock.now() }) : null;
	const opening = { id: entryId, version: 0, ...(kind === 'note' && { on_day: today }), ...openingOf(entry, found) };
	const { form, isBehind, isSaved } = await openWritten(event, entry, zod4(entryForm(kind, today)), opening, 'save');
	if (isSaved) await leave(event, { page: event.params.list, done: kind });
	return {
		program,
		support,
		today,
		entry,
		/** What somebody else has written since what is back was typed. */
		now: isBehind ? entry : null,
		/** A note is changed by whoever wrote it, and what doesn't open by nobody. */
		isPossible:
			mayWrite(support) &&
			(!entry || (entry.kind === kind && entry.contents !== 'broken' && (kind !== 'note' || entry.is_mine))),
		form
	};
};

type Event = RequestEvent<RouteParams>;

const set = (removed: boolean) => async (event: Event) => {
	const { support } = await supportPage(event);
	const { data, valid } = await superValidate(event.request, zod4(EntryHeld));
	const refusal = valid
		? await removeEntry(event.locals.personal, support.id, { ...data, removed }, brokenIn(event))
		: { refused: 'stale' as const, now: null };
	return settleSupport(event, refusal, {
		kept: null,
		page: event.params.list,
		done: removed ? 'removed' : 'restored'
	});
};

export const actions: Actions = {
	save: async (event) => {
		const { support, today } = await supportPage(event);
		const kind = ENTRY_PAGES[event.params.list];
		const form = await superValidate(event.request, zod4(entryForm(kind, today)));
		if (!form.valid) return fail(400, { refused: null, now: null as Entry | null, kept: form });
		const { id, version, mark, on_day } = form.data;
		const refusal = await saveEntry(
			event.locals.personal,
			support.id,
			{
				id,
				version,
				kind,
				mark: mark || undefined,
				on_day: on_day || undefined,
				contents: contentsOf(kind, form.data)
			},
			brokenIn(event)
		);
		return settleSupport(event, refusal, { kept: form, page: event.params.list, done: kind });
	},
	remove: set(true),
	restore: set(false)
};
