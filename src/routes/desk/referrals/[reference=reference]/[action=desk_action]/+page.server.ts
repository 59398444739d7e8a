import { setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import type { z } from 'zod';
import { addDays, dateIn } from '$lib/directory/local-time';
import { staff } from '$lib/people/staff.server';
import * as desk from '$lib/referrals/desk.server';
import { ACTIONS, type DeskAction } from '$lib/referrals/desk-actions';
import { deskReferral, hasEvent, leaveIfSent, openForm, settle, wrong } from '$lib/referrals/desk-page.server';
import { actionSchema, MOST_DAYS, MOST_DAYS_AGO, USUAL_DAYS } from '$lib/referrals/desk-schemas';
import { hasMovedOn, moveRefusalInWords, type MoveRefusal } from '$lib/referrals/refusal-words';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, referral } = await deskReferral(event);
	const action: DeskAction = ACTIONS[event.params.action];
	const today = dateIn(program.time_zone, event.locals.clock.now());
	const opening = {
		...(action.day && { next_word_on: addDays(today, USUAL_DAYS) }),
		...(action.met && { first_met_on: today })
	};
	const opened = await openForm(event, referral, zod4(actionSchema(action, today)), opening);
	await leaveIfSent(event, referral, await eventOf(action, opened.form.data), action.event);
	return {
		...opened,
		program,
		referral,
		isPossible: action.event === 'note' ? !referral.is_erased : referral.moves.includes(action.event),
		days: { from: today, to: addDays(today, MOST_DAYS) },
		/** Of a first meeting. */
		past: { from: addDays(today, -MOST_DAYS_AGO), to: today }
	};
};

type Typed = z.infer<ReturnType<typeof actionSchema>>;

/** What the event is given of what was typed. */
const givenOf = (action: DeskAction, { words, next_word_on, first_met_on, reason, whose }: Typed): desk.Given => ({
	...(words && { words: { text: words } }),
	...(next_word_on && { next_word_on }),
	...(first_met_on && { first_met_on }),
	...(reason && { reason }),
	...((whose || action.forPeer) && { for_peer: action.forPeer ?? whose === 'peer' })
});

/** The id under which it is written. */
const eventOf = (action: DeskAction, typed: Typed): Promise<string> =>
	desk.eventId(typed.form, action.event, givenOf(action, typed));

/** The field that a refusal is about; a day is the one that the form asks for. */
function fieldOf(refused: MoveRefusal, action: DeskAction) {
	if (refused === 'words' || refused === 'reason') return refused;
	const isDay = ['next_word_on', 'first_met_on', 'past', 'too_far'].includes(refused);
	if (!isDay) return '';
	return action.met ? 'first_met_on' : 'next_word_on';
}

export const actions: Actions = {
	default: async (event) => {
		const { program } = await staff(event, 'coordinator');
		const action: DeskAction = ACTIONS[event.params.action];
		const today = dateIn(program.time_zone, event.locals.clock.now());
		const form = await superValidate(event.request, zod4(actionSchema(action, today)));
		if (!form.valid) return wrong(form);
		const db = event.locals.personal;
		const refused =
			action.event === 'note'
				? await desk.note(db, form.data, { text: form.data.words })
				: await desk.move(db, form.data, action.event, givenOf(action, form.data));
		if (refused && refused !== 'not_found' && !hasMovedOn(refused)) {
			setError(form, fieldOf(refused, action), moveRefusalInWords(refused));
			return wrong(form);
		}
		const hasHappened = hasEvent(await eventOf(action, form.data));
		return settle(event, { refused, done: action.event, hasHappened, kept: { form } });
	}
};
