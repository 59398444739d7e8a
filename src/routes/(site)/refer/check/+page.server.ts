import { redirect } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { sendCode } from '$lib/people/sign-in.server';
import { readChoices } from '$lib/referrals/choices.server';
import { codeNotice, MaybeCode, prove } from '$lib/referrals/prove.server';
import { goalsOf, isWhole, unfinishedPages } from '$lib/referrals/request';
import { keepUntilProved, sendAsPerson, type WholeOpenDraft } from '$lib/referrals/send.server';
import { draftFor, isOfOtherDraft } from '$lib/referrals/steps.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/** The draft with all its pages, or a redirect to the page that is due. */
async function whole(event: RequestEvent): Promise<WholeOpenDraft> {
	const open = await draftFor(event, 'check');
	if (!open || !isWhole(open.draft)) redirect(303, '/refer/you');
	return { ...open, draft: open.draft };
}

export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': PRIVATE_CACHE });
	const { id, draft } = await whole(event);
	const [person, { areas }] = await Promise.all([event.locals.person(), readChoices(event.locals.supabase)]);
	return {
		form: await superValidate(zod4(MaybeCode)),
		draftId: id,
		draft,
		unfinished: unfinishedPages(draft),
		goals: goalsOf(draft.client),
		area: areas.find(({ id }) => id === draft.client.area_id)?.name ?? null,
		isProved: person?.email === draft.you.email,
		notice: codeNotice(event.url)
	};
};

export const actions: Actions = {
	send: async (event) => {
		const data = await event.request.formData();
		const form = await superValidate(data, zod4(MaybeCode));
		const open = await whole(event);
		if (await isOfOtherDraft(event, data)) return setError(form, '', m.refer_other_tab(), { status: 409 });
		// What was typed last is what is meant: nothing older goes in its place.
		if (unfinishedPages(open.draft).length > 0) redirect(303, '/refer/check');
		const person = await event.locals.person();
		const email = open.draft.you.email;
		if (person?.email !== email) {
			if (!form.valid) return fail(400, { form });
			if (form.data.code === '') {
				const outcome = await keepUntilProved(event, open);
				if (outcome === 'too_many') return setError(form, '', m.request_too_many_kept({ email }), { status: 429 });
				if (outcome === 'gone') redirect(303, '/refer/you?gone=all');
				redirect(303, outcome === 'sent' ? '/refer/sent' : '/refer/kept');
			}
			const answer = await prove(event, email, form.data.code);
			if ('reference' in answer) redirect(303, '/refer/sent');
			if ('wrong' in answer) return setError(form, 'code', answer.wrong);
		}
		const { sentence, status } = await sendAsPerson(event, open);
		return setError(form, '', sentence(), { status });
	},
	code: async (event) => {
		const { draft } = await whole(event);
		redirect(303, `/refer/check?code=${await sendCode(event, draft.you.email)}#code`);
	}
};
