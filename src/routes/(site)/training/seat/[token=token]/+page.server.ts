import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { PRIVATE_CACHE } from '$lib/server/headers';
import { byLink, moveByLink, type EnrolmentState } from '$lib/training/enrolments.server';
import { ByLink } from '$lib/training/own-forms';
import type { Actions, PageServerLoad, RouteParams } from './$types';

/** Looking changes nothing. The address opens somebody's place to whoever has it: it stays here, and no link hands it on. */
export const load: PageServerLoad = async ({ params, url, locals, setHeaders }) => {
	// Not `no-referrer`: with it browsers send forms from nowhere.
	setHeaders({ 'cache-control': PRIVATE_CACHE, 'referrer-policy': 'strict-origin', 'x-robots-tag': 'noindex' });
	const own = (await byLink(locals.supabase, params.token)) ?? error(410, m.own_gone());
	const calendar = `/training/seat/${params.token}/calendar.ics`;
	return { own, calendar, follow: `webcal://${url.host}${calendar}`, done: url.searchParams.get('done') };
};

/** A button pressed twice has done it once. */
async function moves(
	event: RequestEvent<RouteParams>,
	what: 'accept' | 'withdraw',
	leadsTo: EnrolmentState,
	done: string
) {
	const { locals, params, request, url } = event;
	const form = await superValidate(request, zod4(ByLink));
	if (!form.valid) return fail(400, { refused: 'stale' as const, state: undefined });
	const answer = await moveByLink(locals.supabase, params.token, { version: form.data.version, event: what });
	drainSoon(event);
	if ('refused' in answer) {
		const state = (await byLink(locals.supabase, params.token))?.state;
		if (state !== leadsTo) return fail(409, { refused: answer.refused, state });
	}
	redirect(303, `${url.pathname}?done=${done}`);
}

export const actions: Actions = {
	accept: (event) => moves(event, 'accept', 'enrolled', 'accepted'),
	withdraw: (event) => moves(event, 'withdraw', 'withdrawn', 'left')
};
