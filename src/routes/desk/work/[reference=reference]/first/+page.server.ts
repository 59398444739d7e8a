import { fail } from '@sveltejs/kit';
import { setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { addDays } from '$lib/directory/local-time';
import * as desk from '$lib/referrals/desk.server';
import { moveRefusalInWords, type MoveRefusal } from '$lib/referrals/refusal-words';
import { entriesOf } from '$lib/referrals/support/entries';
import { leave, openWritten, settleSupport, supportPage } from '$lib/referrals/support/support-page.server';
import { saveEntry, type Entry, type Refusal } from '$lib/referrals/support/support.server';
import { conversationForm } from '$lib/referrals/support/work-schemas';
import { mayWrite } from '$lib/referrals/support/work-words';
import { brokenIn } from '$lib/server/opened';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, support, today } = await supportPage(event);
	const [entry = null] = entriesOf(support, 'conversation');
	const mayBegin = support.moves.includes('begin');
	const opening = {
		id: entry?.id ?? crypto.randomUUID(),
		version: entry?.version ?? 0,
		referral: support.version,
		form: crypto.randomUUID(),
		on_day: (mayBegin ? '' : entry?.on_day) ?? support.first_met_on ?? today,
		...(entry?.contents && entry.contents !== 'broken' && entry.contents)
	};
	const { form, isBehind, isSaved } = await openWritten(event, entry, zod4(conversationForm(today)), opening);
	if (isSaved && !mayBegin) await leave(event, { done: 'conversation' });
	form.data.referral = support.version;
	return {
		program,
		support,
		entry,
		/** What somebody else has written since what is back was typed. */
		now: isBehind ? (entry as Entry) : null,
		/** They have not met yet: what is saved here begins the support. */
		mayBegin,
		isPossible: (mayBegin || mayWrite(support)) && entry?.contents !== 'broken',
		days: { from: addDays(today, -366), to: today },
		form
	};
};

/** The words of a refusal to begin that is about the day. */
const DAY: readonly MoveRefusal[] = ['first_met_on', 'past', 'too_far'];

export const actions: Actions = {
	default: async (event) => {
		const { support, today } = await supportPage(event);
		const form = await superValidate(event.request, zod4(conversationForm(today)));
		if (!form.valid) return fail(400, { refused: null, now: null as Entry | null, kept: form });
		const { id, version, referral, form: formId, on_day, ...boxes } = form.data;
		let began = false;
		if (support.moves.includes('begin')) {
			const held = { id: support.id, version: referral, form: formId };
			const refused = await desk.move(event.locals.personal, held, 'begin', { first_met_on: on_day });
			if (refused && DAY.includes(refused)) {
				setError(form, 'on_day', moveRefusalInWords(refused));
				return fail(400, { refused: null, now: null as Entry | null, kept: form });
			}
			if (refused) return settleSupport(event, moved(refused), { kept: form, done: 'begin' });
			began = true;
		}
		const hasWords = Object.values(boxes).some((text) => text !== '');
		// The day alone says that they have talked, once they have met.
		const refusal =
			began && !hasWords
				? null
				: await saveEntry(
						event.locals.personal,
						support.id,
						{ id, version, kind: 'conversation', on_day, contents: boxes },
						brokenIn(event)
					);
		return settleSupport(event, refusal, { kept: form, done: began ? 'begin' : 'conversation' });
	}
};

const moved = (refused: MoveRefusal): Refusal => ({
	refused: refused === 'not_found' ? 'not_found' : refused === 'stale' ? 'stale' : 'not_possible',
	now: null
});
