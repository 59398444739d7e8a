import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { TIME_ZONE } from '$lib/directory/directory.server';
import { drainSoon } from '$lib/mail/outbox.server';
import { requirePerson } from '$lib/people/guard.server';
import { BROKEN, brokenIn } from '$lib/server/opened';
import {
	dropDraft,
	makeLink,
	mine,
	move,
	type EnrolmentState,
	type MoveRefusal,
	type OwnPlace
} from '$lib/training/enrolments.server';
import { OfId, OfPlace } from '$lib/training/own-forms';
import { known } from '$lib/training/sign-up.server';
import { training } from '$lib/training/training.server';
import { dayThere } from '$lib/ui/day';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const person = await requirePerson(event);
	const { places, drafts } = await mine(event.locals.personal, brokenIn(event));
	const readable = places.map(({ details, answer, ...place }) => ({
		...place,
		details: known(details),
		isBroken: details === BROKEN,
		answer: known(answer)
	}));
	const saved = drafts.map((draft) => ({ ...draft, saved: dayThere(draft.saved_at, TIME_ZONE) }));
	// An offer waits for an answer: it comes first.
	readable.sort((a, b) => Number(b.state === 'offered') - Number(a.state === 'offered'));
	return { person, places: readable, drafts: saved, done: event.url.searchParams.get('done') };
};

const refuse = (refused: MoveRefusal, state?: EnrolmentState) => fail(409, { refused, state, draftGone: false });

/** One of the person's own places; coordinators have other pages for the places of others. */
async function own(event: RequestEvent, id: string): Promise<OwnPlace | undefined> {
	const { places } = await mine(event.locals.personal, brokenIn(event));
	return places.find((place) => place.id === id);
}

/** Moves the place that a button is on; a button pressed twice has done it once. */
async function moves(event: RequestEvent, what: 'accept' | 'withdraw', leadsTo: EnrolmentState, done: string) {
	await requirePerson(event);
	const form = await superValidate(event.request, zod4(OfPlace));
	const { id, version } = form.data;
	if (!form.valid || !(await own(event, id))) return refuse('not_found');
	const answer = await move(event.locals.personal, { id, version, event: what });
	drainSoon(event);
	if ('refused' in answer) {
		const state = (await own(event, id))?.state;
		if (state !== leadsTo) return refuse(answer.refused, state);
	}
	redirect(303, `/my/training?done=${done}#place-${id}`);
}

export const actions: Actions = {
	accept: (event) => moves(event, 'accept', 'enrolled', 'accepted'),
	withdraw: (event) => moves(event, 'withdraw', 'withdrawn', 'left'),
	link: async (event) => {
		await requirePerson(event);
		const form = await superValidate(event.request, zod4(OfId));
		const { id } = form.data;
		const token = form.valid && (await own(event, id)) ? await makeLink(event.locals.personal, id) : null;
		if (!token) return refuse('not_found');
		redirect(303, `/training/seat/${token}`);
	},
	forget: async (event) => {
		await requirePerson(event);
		const form = await superValidate(event.request, zod4(OfId));
		const db = event.locals.personal;
		const { drafts } = await mine(db, brokenIn(event));
		const draft = drafts.find(({ id }) => id === form.data.id);
		const cohort = draft && (await training(event.locals.supabase, draft.slug));
		if (!cohort || !(await dropDraft(db, cohort.id)))
			return fail(409, { refused: null, state: undefined, draftGone: true });
		redirect(303, '/my/training?done=dropped');
	}
};
