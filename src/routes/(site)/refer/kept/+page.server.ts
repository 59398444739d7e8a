import { redirect } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { Code } from '$lib/people/sign-in-schemas';
import { sendCode } from '$lib/people/sign-in.server';
import { isKept, openDraft, sentAs, type OpenDraft } from '$lib/referrals/drafts.server';
import { codeNotice, prove } from '$lib/referrals/prove.server';
import { isWhole, unfinishedPages } from '$lib/referrals/request';
import { sendAsPerson } from '$lib/referrals/send.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/** The draft of the request that is kept, with its address; null where this device doesn't know any more. */
async function keptDraft(event: RequestEvent): Promise<(OpenDraft & { email: string }) | null> {
	const open = await openDraft(event);
	if (typeof open === 'object' && open.draft.you) return { ...open, email: open.draft.you.email };
	if (await sentAs(event)) redirect(303, '/refer/sent');
	return null;
}

export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': PRIVATE_CACHE });
	const draft = await keptDraft(event);
	const kept = await isKept(event);
	// It is still being written.
	if (draft && !kept) redirect(303, '/refer/check');
	return {
		isKept: kept,
		email: draft?.email ?? null,
		form: await superValidate(zod4(Code)),
		notice: codeNotice(event.url)
	};
};

export const actions: Actions = {
	check: async (event) => {
		const kept = await keptDraft(event);
		if (!kept) redirect(303, '/my/referrals');
		const form = await superValidate(event.request, zod4(Code));
		if (!form.valid) return fail(400, { form });
		const answer = await prove(event, kept.email, form.data.code);
		if ('reference' in answer) redirect(303, '/refer/sent');
		if ('wrong' in answer) return setError(form, 'code', answer.wrong);
		// It may have been changed since it was kept: what was typed last is what is meant.
		const { draft } = kept;
		if (!isWhole(draft) || unfinishedPages(draft).length > 0) redirect(303, '/refer/check');
		const { sentence, status } = await sendAsPerson(event, { ...kept, draft });
		return setError(form, '', sentence(), { status });
	},
	code: async (event) => {
		const kept = await keptDraft(event);
		if (!kept) redirect(303, '/my/referrals');
		redirect(303, `/refer/kept?code=${await sendCode(event, kept.email)}#code`);
	}
};
