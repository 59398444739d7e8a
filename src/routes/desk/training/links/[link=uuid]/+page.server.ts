import type { RequestEvent } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { typedBefore } from '$lib/people/kept-form.server';
import { LinkForm, saysTheSame } from '$lib/training/desk/entry-forms';
import { deskPage, leaveEntry } from '$lib/training/desk/entry-page.server';
import { saveLink, type SavedEntry } from '$lib/training/desk/plan.server';
import type { Actions, PageServerLoad, RouteParams } from './$types';

type Event = RequestEvent<RouteParams>;

async function entryPage(event: Event) {
	const page = await deskPage(event);
	const there = page.desk.links.find(({ id }) => id === event.params.link) ?? null;
	return { ...page, there: there && there };
}

export const load: PageServerLoad = async (event) => {
	const { program, desk, there } = await entryPage(event);
	const typed = await typedBefore(event, 'save');
	const form = await superValidate(typed ?? there ?? { version: 0 }, zod4(LinkForm), { errors: false });
	return {
		program,
		cohorts: desk.cohorts.map(({ id, title }) => ({ value: id, label: title })),
		there,
		/** It was changed since what is back was typed. */
		isBehind: typed !== null && form.data.version !== (there?.version ?? 0),
		form
	};
};

type Why = Extract<SavedEntry, { refused: string }>['refused'];

const refusal = (refused: Why) => (refused === 'stale' ? m.cohort_refused_stale() : m.cohort_refused_not_allowed());

export const actions: Actions = {
	save: async (event) => {
		const { program, there } = await entryPage(event);
		const form = await superValidate(event.request, zod4(LinkForm));
		if (!form.valid) return fail(400, { form, isBehind: false });
		const { version, ...given } = form.data;
		const answer = await saveLink(event.locals.personal, program.id, { id: event.params.link, version }, given);
		const isDone = 'ok' in answer || (there !== null && saysTheSame(form.data, there));
		if (isDone) return leaveEntry(event, 'links', 'link');
		setError(form, '', refusal(answer.refused));
		return fail(409, { form, isBehind: answer.refused === 'stale' });
	},
	remove: async (event) => {
		const { program, there } = await entryPage(event);
		const form = await superValidate(event.request, zod4(LinkForm), { errors: false });
		const { version } = form.data;
		// Taken away already: the same form sent twice.
		if (!there) return leaveEntry(event, 'links', 'link_away');
		const answer = await saveLink(event.locals.personal, program.id, { id: event.params.link, version }, null);
		if ('ok' in answer) return leaveEntry(event, 'links', 'link_away');
		const opened = await superValidate(there, zod4(LinkForm), { errors: false });
		setError(opened, '', refusal(answer.refused));
		return fail(409, { form: opened, isBehind: false });
	}
};
