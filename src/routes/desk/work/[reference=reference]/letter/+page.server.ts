import { fail } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { letterForm } from '$lib/referrals/ending/ending-forms';
import { held, letterOf } from '$lib/referrals/ending/ending-page.server';
import { letterStarter } from '$lib/referrals/ending/letter';
import { leave, openWritten, settleSupport, supportPage } from '$lib/referrals/support/support-page.server';
import { saveEntry, type Entry } from '$lib/referrals/support/support.server';
import { mayWrite } from '$lib/referrals/support/work-words';
import { brokenIn } from '$lib/server/opened';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { person, program, support } = await supportPage(event);
	const letter = letterOf(support);
	const contents = letter?.contents && letter.contents !== 'broken' ? letter.contents : null;
	const from = contents?.from ?? (support.part === 'worker' ? (person.name ?? '') : support.worker.name);
	const client = support.details.client === 'broken' ? null : support.details.client;
	const isStarting = !contents && event.url.searchParams.has('start');
	const text = contents?.text ?? (isStarting ? letterStarter({ to: client?.name ?? '', from, support }) : '');
	const opening = { ...held(letter), text, from };
	const { form, isBehind, isSaved } = await openWritten(event, letter ?? null, zod4(letterForm()), opening);
	if (isSaved) await leave(event, { page: 'letter', done: 'letter' });
	return {
		program,
		support,
		letter: letter ?? null,
		/** What somebody else has written since what is back was typed. */
		now: isBehind ? (letter as Entry) : null,
		isStarting,
		mayWrite: mayWrite(support),
		form,
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { support } = await supportPage(event);
		const form = await superValidate(event.request, zod4(letterForm()));
		if (!form.valid) return fail(400, { kept: form, refused: null, now: null as Entry | null });
		const { id, version, text, from } = form.data;
		const refusal = await saveEntry(
			event.locals.personal,
			support.id,
			{ id, version, kind: 'letter', contents: { text, from } },
			brokenIn(event)
		);
		return settleSupport(event, refusal, { kept: form, page: 'letter', done: 'letter' });
	}
};
