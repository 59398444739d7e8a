import { redirect } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { Code } from '$lib/people/sign-in-schemas';
import { sendCode } from '$lib/people/sign-in.server';
import { openDraft, sentAs } from '$lib/referrals/drafts.server';
import { codeNotice, prove } from '$lib/referrals/prove.server';
import { sendKept, sent } from '$lib/referrals/send.server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/** The address of the request that is kept; null where this device doesn't know any more. */
async function keptAddress(event: RequestEvent): Promise<{ id: string; email: string } | null> {
	const open = await openDraft(event);
	if (typeof open === 'object' && open.draft.you) return { id: open.id, email: open.draft.you.email };
	if (await sentAs(event)) redirect(303, '/refer/sent');
	return null;
}

export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': PRIVATE_CACHE });
	const kept = await keptAddress(event);
	return { email: kept?.email ?? null, form: await superValidate(zod4(Code)), notice: codeNotice(event.url) };
};

export const actions: Actions = {
	check: async (event) => {
		const kept = await keptAddress(event);
		if (!kept) redirect(303, '/my/referrals');
		const form = await superValidate(event.request, zod4(Code));
		if (!form.valid) return fail(400, { form });
		const answer = await prove(event, kept.email, form.data.code);
		if ('reference' in answer) redirect(303, '/refer/sent');
		if ('wrong' in answer) return setError(form, 'code', answer.wrong);
		const reference = await sendKept(event, kept.id);
		if (reference) sent(event, reference);
		return setError(form, '', m.refer_kept_gone(), { status: 410 });
	},
	code: async (event) => {
		const kept = await keptAddress(event);
		if (!kept) redirect(303, '/my/referrals');
		redirect(303, `/refer/kept?code=${await sendCode(event, kept.email)}#code`);
	}
};
