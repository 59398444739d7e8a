import { fail } from '@sveltejs/kit';
import { setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import type { Given } from '$lib/referrals/desk.server';
import { openForm } from '$lib/referrals/desk-page.server';
import { extendForm, type ExtendForm } from '$lib/referrals/ending/ending-forms';
import { leaveIfMoved, move, settleMove } from '$lib/referrals/ending/ending-page.server';
import { hasMovedOn, moveRefusalInWords } from '$lib/referrals/refusal-words';
import { supportPage } from '$lib/referrals/support/support-page.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, support } = await supportPage(event);
	const opened = await openForm(event, support, zod4(extendForm()));
	await leaveIfMoved(event, opened.form.data, 'extend', givenOf(opened.form.data));
	return { ...opened, program, support, isPossible: support.moves.includes('extend') };
};

const givenOf = ({ words }: ExtendForm): Given => ({ words: { text: words } });

export const actions: Actions = {
	default: async (event) => {
		await supportPage(event);
		const form = await superValidate(event.request, zod4(extendForm()));
		if (!form.valid) return fail(400, { form, refused: null });
		const refused = await move(event, form.data, 'extend', givenOf(form.data));
		if (refused && refused !== 'not_found' && !hasMovedOn(refused)) {
			setError(form, refused === 'words' ? 'words' : '', moveRefusalInWords(refused));
			return fail(400, { form, refused: null });
		}
		return settleMove(event, { refused, kept: { form }, page: 'ending', done: 'extend' });
	}
};
