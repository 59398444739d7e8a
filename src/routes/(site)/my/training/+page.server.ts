import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { TIME_ZONE } from '$lib/directory/directory.server';
import { drainSoon } from '$lib/mail/outbox.server';
import { requirePerson } from '$lib/people/guard.server';
import { BROKEN } from '$lib/server/opened';
import { dropDraft, makeLink, mine, move, type EnrolmentState } from '$lib/training/enrolments.server';
import { OfId, OfPlace } from '$lib/training/own-forms';
import { known, onBroken } from '$lib/training/sign-up.server';
import { training } from '$lib/training/training.server';
import { dayThere } from '$lib/ui/day';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const person = await requirePerson(event);
	const { places, drafts } = await mine(event.locals.personal, onBroken(event));
	const readable = places.map(({ details, answer, ...place }) => ({
		...place,
		details: known(details),
		isBroken: details === BROKEN,
		answer: known(answer)
	}));
	const saved = drafts.map((draft) => ({ ...draft, saved: dayThere(draft.saved_at, TIME_ZONE) }));
	return { person, places: readable, drafts: saved, done: event.url.searchParams.get('done') };
};

/** Moves the place that a button is on; a button pressed twice has done it once. */
async function moves(event: RequestEvent, what: 'accept' | 'withdraw', leadsTo: EnrolmentState, done: string) {
	await requirePerson(event);
	const form = await superValidate(event.request, zod4(OfPlace));
	if (!form.valid) return fail(400, { refused: 'not_found' as const, draftGone: false });
	const { id, version } = form.data;
	const db = event.locals.personal;
	const answer = await move(db, { id, version, event: what });
	drainSoon(event);
	if ('refused' in answer) {
		const { places } = await mine(db, onBroken(event));
		if (places.find((place) => place.id === id)?.state !== leadsTo)
			return fail(409, { refused: answer.refused, draftGone: false });
	}
	redirect(303, `/my/training?done=${done}#place-${id}`);
}

export const actions: Actions = {
	accept: (event) => moves(event, 'accept', 'enrolled', 'accepted'),
	withdraw: (event) => moves(event, 'withdraw', 'withdrawn', 'left'),
	link: async (event) => {
		await requirePerson(event);
		const form = await superValidate(event.request, zod4(OfId));
		const token = form.valid ? await makeLink(event.locals.personal, form.data.id) : null;
		if (!token) return fail(409, { refused: 'not_found' as const, draftGone: false });
		redirect(303, `/training/seat/${token}`);
	},
	forget: async (event) => {
		await requirePerson(event);
		const form = await superValidate(event.request, zod4(OfId));
		const db = event.locals.personal;
		const { drafts } = await mine(db, onBroken(event));
		const draft = drafts.find(({ id }) => id === form.data.id);
		const cohort = draft && (await training(event.locals.supabase, draft.slug));
		if (!cohort || !(await dropDraft(db, cohort.id))) return fail(409, { refused: null, draftGone: true });
		redirect(303, '/my/training?done=dropped');
	}
};
