import type { RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { dateIn } from '$lib/directory/local-time';
import { staff } from '$lib/people/staff.server';
import * as desk from '$lib/referrals/desk.server';
import { deskReferral, hasEvent, settle } from '$lib/referrals/desk-page.server';
import { Assign, Held } from '$lib/referrals/desk-schemas';
import { mayRead } from '$lib/referrals/feedback/feedback.server';
import { mayAsk } from '$lib/referrals/feedback/may-ask';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, referral } = await deskReferral(event);
	const now = event.locals.clock.now();
	return {
		program,
		referral,
		mayAsk: mayAsk(referral) && (await mayRead(event.locals.personal, program.id)),
		/** Of the forms on the page, so that one that is sent twice is known. */
		form: crypto.randomUUID(),
		today: dateIn(program.time_zone, now),
		done: event.url.searchParams.get('done')
	};
};

/** What needs no words: a button on the page. */
const press =
	(move: 'acknowledge' | 'reconsider' | 'drop_correction' | 'settle_handover' | 'settle_call') =>
	async (event: RequestEvent) => {
		await staff(event, 'coordinator');
		const { data, valid } = await superValidate(event.request, zod4(Held));
		const refused = valid ? await desk.move(event.locals.personal, data, move) : 'stale';
		const hasHappened = hasEvent(await desk.eventId(data.form, move));
		return settle(event, { refused, done: move, hasHappened, kept: {} });
	};

export const actions: Actions = {
	acknowledge: press('acknowledge'),
	reconsider: press('reconsider'),
	drop_correction: press('drop_correction'),
	settle_handover: press('settle_handover'),
	settle_call: press('settle_call'),
	assign: async (event) => {
		await staff(event, 'coordinator');
		const { data, valid } = await superValidate(event.request, zod4(Assign));
		const { coordinator } = data;
		const refused = valid ? await desk.assign(event.locals.personal, data, coordinator) : 'no_coordinator';
		const hasHappened = ({ coordinator_id }: desk.Referral) => coordinator_id === coordinator;
		return settle(event, { refused, done: 'assign', hasHappened, kept: { coordinator } });
	}
};
