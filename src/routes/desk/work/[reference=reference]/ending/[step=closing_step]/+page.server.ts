import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { setError, superValidate, type SuperValidated } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import type { z } from 'zod';
import { search } from '$lib/directory/directory.server';
import type { PlaceSummary } from '$lib/directory/types';
import { m } from '$lib/paraglide/messages';
import { stepAt } from '$lib/referrals/ending/closing-steps';
import { stepForm } from '$lib/referrals/ending/ending-forms';
import { held, stepEntry } from '$lib/referrals/ending/ending-page.server';
import { storyOf } from '$lib/referrals/ending/story';
import type { ClosingStep } from '$lib/referrals/support/contents';
import { supportRefusalInWords } from '$lib/referrals/support/refusal-words';
import { leave, openWritten, over, supportAddress, supportPage } from '$lib/referrals/support/support-page.server';
import { settleStep, type Entry, type SupportRefusal } from '$lib/referrals/support/support.server';
import { brokenIn } from '$lib/server/opened';
import type { Actions, PageServerLoad } from './$types';

const stepOf = ({ params }: RequestEvent): ClosingStep => {
	const step = stepAt(params.step ?? '');
	if (!step) error(404, m.error_not_found());
	return step;
};

export const load: PageServerLoad = async (event) => {
	const { program, support } = await supportPage(event);
	const step = stepOf(event);
	const entry = stepEntry(support, step);
	const contents = entry?.contents && entry.contents !== 'broken' ? entry.contents : null;
	const opening = { ...held(entry), text: contents?.text ?? '', other_support: contents?.other_support ?? '' };
	const row = support.steps.find((row) => row.step === step) ?? null;
	const { form, isBehind, isSaved } = await openWritten(event, entry ?? null, zod4(stepForm(step)), opening);
	const { settled } = form.data;
	if (isSaved && settled === (row?.settled ?? 'open')) await leave(event, { page: 'ending', done: settled });
	return {
		program,
		support,
		step,
		entry: entry ?? null,
		/** What somebody else has written since what is back was typed. */
		now: isBehind ? (entry as Entry) : null,
		row,
		story: step === 'look_back' ? storyOf(support, program.time_zone) : null,
		form
	};
};

type Form = SuperValidated<z.infer<ReturnType<typeof stepForm>>>;

/** Every answer but the last has one shape, so that the page may ask for any of it. */
interface Back {
	form: Form;
	refused: SupportRefusal | null;
	/** The words as somebody else has written them meanwhile. */
	now: Entry | null;
	/** What the directory has. */
	found: PlaceSummary[] | null;
	added: string | null;
}
const back = (form: Form, rest: Partial<Omit<Back, 'form'>> = {}): Back => ({
	form,
	refused: null,
	now: null,
	found: null,
	added: null,
	...rest
});

/** What was typed, before anybody asks whether it is enough. */
async function typed(event: RequestEvent) {
	await supportPage(event);
	const data = await event.request.formData();
	const form = await superValidate(data, zod4(stepForm(stepOf(event))));
	return { data, form };
}

const asItIs = (form: Form): Form => ({ ...form, errors: {} });

const MOST_FOUND = 6;

export const actions: Actions = {
	save: async (event) => {
		const { form } = await typed(event);
		if (!form.valid) return fail(400, back(form));
		const { support } = await supportPage(event);
		const step = stepOf(event);
		const { id, version, settled, text, other_support, call } = form.data;
		const isAsked = step === 'feelings' && call && settled !== 'set_aside';
		const isEmpty = text === '' && other_support === '' && version === 0;
		const refusal = await settleStep(
			event.locals.personal,
			support.id,
			{
				step,
				settled: settled === 'open' ? null : settled,
				words: isEmpty ? null : { id, version, contents: { text, other_support } },
				call: isAsked
			},
			brokenIn(event)
		);
		if (refusal?.refused === 'not_found') over(Object.entries(form.data));
		if (refusal?.refused === 'words') {
			setError(form, 'text', supportRefusalInWords('words'));
			return fail(400, back(form));
		}
		if (refusal) return fail(409, back(form, refusal));
		return leave(event, { page: 'ending', done: isAsked ? 'call' : settled });
	},

	/** Opens it again; the words stay. */
	again: async (event) => {
		const { form } = await typed(event);
		const { support } = await supportPage(event);
		const step = stepOf(event);
		const refusal = await settleStep(
			event.locals.personal,
			support.id,
			{ step, settled: null, words: null },
			brokenIn(event)
		);
		if (refusal?.refused === 'not_found') error(404, m.error_not_found());
		if (refusal) return fail(409, back(asItIs(form), refusal));
		redirect(303, await supportAddress(event, { page: `ending/${event.params.step}`, done: 'again' }));
	},

	/** Looks in the directory; nothing is kept yet. */
	look: async (event) => {
		const { form } = await typed(event);
		const { q } = form.data;
		const found = q
			? await search(event.locals.supabase, { q, page: 1 }, { now: event.locals.clock.now(), pageSize: MOST_FOUND })
			: null;
		return back(asItIs(form), { found: found?.places ?? null });
	},

	/** Puts a place into the text; nothing is kept yet. */
	add: async (event) => {
		const { data, form } = await typed(event);
		const added = String(data.get('add') ?? '').slice(0, 600);
		form.data.text = [form.data.text, added].filter(Boolean).join('\n');
		return back(asItIs(form), { added });
	}
};
