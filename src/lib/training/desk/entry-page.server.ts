/** What the pages of news and links share: the desk of a program, and one entry with its form. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import type { ValidationAdapter } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import type { Supabase } from '$lib/server/supabase';
import { deskOf, type Desk } from './cohort.server';
import type { Done } from './done-words';
import { saysTheSame } from './entry-forms';
import type { SavedEntry } from './plan.server';

export async function deskPage(event: RequestEvent) {
	const { person, program } = await staff(event, 'coordinator');
	const desk = await deskOf(event.locals.personal, program.id);
	if (!desk) error(403, m.error_not_staff());
	return { person, program, desk };
}

interface EntryKind<Form> {
	/** The list that it is in, and the page to go to. */
	list: 'news' | 'links';
	done: { saved: Done; removed: Done };
	adapter: ValidationAdapter<Form>;
	/** The id in the address. */
	idIn: (params: RequestEvent['params']) => string;
	/** As its form has it. */
	find: (desk: Desk, id: string) => Form | undefined;
	/** @param given null takes it away */
	save: (db: Supabase, program: string, at: { id: string; version: number }, given: Form | null) => Promise<SavedEntry>;
}

/** To the list, which says what was done. */
async function leaveEntry(event: RequestEvent, list: string, done: Done): Promise<never> {
	const { person, program } = await staff(event, 'coordinator');
	await forgetTyped(event, 'save');
	const several = person.programs.length > 1;
	redirect(303, staffAddress(`/desk/training/${list}`, { program: program.slug, several, done }));
}

type Why = Extract<SavedEntry, { refused: string }>['refused'];

const refusal = (refused: Why) => (refused === 'stale' ? m.cohort_refused_stale() : m.cohort_refused_not_allowed());

/** The page of one entry: what its load reads, and its two actions. */
export function entryPage<Form extends { version: number }>({
	list,
	done,
	adapter,
	idIn,
	find,
	save
}: EntryKind<Form>) {
	async function entryIn(event: RequestEvent) {
		const { program, desk } = await deskPage(event);
		const id = idIn(event.params);
		return { program, desk, id, there: find(desk, id) ?? null };
	}
	return {
		read: async (event: RequestEvent) => {
			const { program, desk, there } = await entryIn(event);
			const typed = await typedBefore(event, 'save');
			const form = await superValidate(typed ?? there, adapter, { errors: false });
			/** It was changed since what is back was typed. */
			const isBehind = typed !== null && form.data.version !== (there?.version ?? 0);
			return { desk, page: { program, there, isBehind, form } };
		},
		save: async (event: RequestEvent) => {
			const { program, id, there } = await entryIn(event);
			const form = await superValidate(event.request, adapter);
			if (!form.valid) return fail(400, { form, isBehind: false });
			const { version } = form.data;
			const answer = await save(event.locals.personal, program.id, { id, version }, form.data);
			const isDone = 'ok' in answer || (there !== null && saysTheSame(form.data, there));
			if (isDone) return leaveEntry(event, list, done.saved);
			setError(form, '', refusal(answer.refused));
			return fail(409, { form, isBehind: answer.refused === 'stale' });
		},
		remove: async (event: RequestEvent) => {
			const { program, id, there } = await entryIn(event);
			const { version } = (await superValidate(event.request, adapter, { errors: false })).data;
			// Taken away already: the same form sent twice.
			if (!there) return leaveEntry(event, list, done.removed);
			const answer = await save(event.locals.personal, program.id, { id, version }, null);
			if ('ok' in answer) return leaveEntry(event, list, done.removed);
			const form = await superValidate(there, adapter, { errors: false });
			setError(form, '', refusal(answer.refused));
			return fail(409, { form, isBehind: false });
		}
	};
}
