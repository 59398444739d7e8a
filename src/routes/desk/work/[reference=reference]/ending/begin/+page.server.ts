import { fail } from '@sveltejs/kit';
import { setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { addDays } from '$lib/directory/local-time';
import type { Given } from '$lib/referrals/desk.server';
import { openForm } from '$lib/referrals/desk-page.server';
import { beginForm, MOST_DAYS, USUAL_DAYS, type BeginForm } from '$lib/referrals/ending/ending-forms';
import { leaveIfMoved, move, settleMove } from '$lib/referrals/ending/ending-page.server';
import { hasMovedOn, moveRefusalInWords, type MoveRefusal } from '$lib/referrals/refusal-words';
import { supportPage } from '$lib/referrals/support/support-page.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, support, today } = await supportPage(event);
	const usual = addDays(today, USUAL_DAYS);
	const opened = await openForm(event, support, zod4(beginForm(today)), { end_on: usual });
	await leaveIfMoved(event, opened.form.data, 'begin_ending', givenOf(opened.form.data));
	return {
		...opened,
		program,
		support,
		isPossible: support.moves.includes('begin_ending'),
		days: { from: today, usual, to: addDays(today, MOST_DAYS) }
	};
};

const givenOf = ({ end_on, reason, words, for_peer }: BeginForm): Given => ({
	end_on,
	reason,
	for_peer,
	...(words && { words: { text: words } })
});

/** The field that a refusal is about. */
const FIELDS: Partial<Record<MoveRefusal, 'end_on' | 'reason' | 'words'>> = {
	end_on: 'end_on',
	past: 'end_on',
	too_far: 'end_on',
	reason: 'reason',
	words: 'words'
};

export const actions: Actions = {
	default: async (event) => {
		const { today } = await supportPage(event);
		const form = await superValidate(event.request, zod4(beginForm(today)));
		if (!form.valid) return fail(400, { form, refused: null });
		const refused = await move(event, form.data, 'begin_ending', givenOf(form.data));
		if (refused && refused !== 'not_found' && !hasMovedOn(refused)) {
			setError(form, FIELDS[refused] ?? '', moveRefusalInWords(refused));
			return fail(400, { form, refused: null });
		}
		return settleMove(event, { refused, kept: { form }, page: 'ending', done: 'begin_ending' });
	}
};
