import { env } from '$env/dynamic/private';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { fail, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { requirePerson } from '$lib/people/guard.server';
import * as mine from '$lib/referrals/mine.server';
import { readContact } from '$lib/server/contact';
import { brokenIn } from '$lib/server/opened';
import { Answer, Withdraw } from './answer';
import type { Actions, PageServerLoad, RouteParams } from './$types';

/** One of the person's own; somebody else's is not there, as one that never was. */
async function readMine(event: RequestEvent<RouteParams>): Promise<mine.MyReferral> {
	const { locals, params } = event;
	return (await mine.read(locals.personal, params.reference, brokenIn(event))) ?? error(404, m.error_not_found());
}

export const load: PageServerLoad = async (event) => {
	const { locals, request, url } = event;
	// An answer whose session has ended meanwhile is shown again, so that it isn't lost.
	const hasEnded = request.method === 'POST' && !(await locals.person());
	const person = hasEnded ? null : await requirePerson(event);
	return {
		person,
		request: person && (await readMine(event)),
		eventId: crypto.randomUUID(),
		done: url.searchParams.get('done'),
		now: locals.clock.now(),
		contact: readContact(env)
	};
};

const back = ({ url }: RequestEvent, done: string): never => redirect(303, `${url.pathname}?done=${done}`);

export const actions: Actions = {
	answer: async (event) => {
		const form = await superValidate(event.request, zod4(Answer));
		const { event_id, version, answer: text } = form.data;
		if (text && !(await event.locals.person())) return fail(401, { answer: form });
		await requirePerson(event);
		const request = await readMine(event);
		if (mine.isDone(request, event_id)) back(event, 'answered');
		if (!form.valid) return fail(400, { answer: form });
		const refused = await mine.answer(event.locals.personal, request, { event: event_id, version, text });
		if (refused && !mine.isDone(await readMine(event), event_id)) return fail(409, { answer: form, refused });
		drainSoon(event);
		back(event, 'answered');
	},
	withdraw: async (event) => {
		await requirePerson(event);
		const form = await superValidate(event.request, zod4(Withdraw));
		const request = await readMine(event);
		if (request.state === 'withdrawn') back(event, 'withdrawn');
		const refused = await mine.withdraw(event.locals.personal, request, form.data.version);
		if (refused) return fail(409, { refused });
		drainSoon(event);
		back(event, 'withdrawn');
	}
};
