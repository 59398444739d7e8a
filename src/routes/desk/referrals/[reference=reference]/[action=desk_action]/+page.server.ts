import { setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { addDays, dateIn } from '$lib/directory/local-time';
import { staff } from '$lib/people/staff.server';
import * as desk from '$lib/referrals/desk.server';
import { ACTIONS, type DeskAction } from '$lib/referrals/desk-actions';
import { deskReferral, hasEvent, settle, wrong } from '$lib/referrals/desk-page.server';
import { actionSchema, MOST_DAYS, USUAL_DAYS } from '$lib/referrals/desk-schemas';
import { hasMovedOn, moveRefusalInWords, type MoveRefusal } from '$lib/referrals/refusal-words';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, referral } = await deskReferral(event);
	const action: DeskAction = ACTIONS[event.params.action];
	const today = dateIn(program.time_zone, event.locals.clock.now());
	const opening = {
		id: referral.id,
		version: referral.version,
		form: crypto.randomUUID(),
		...(action.day && { next_word_on: addDays(today, USUAL_DAYS) })
	};
	return {
		program,
		referral,
		isPossible: action.event === 'note' ? !referral.is_erased : referral.moves.includes(action.event),
		days: { from: today, to: addDays(today, MOST_DAYS) },
		form: await superValidate(opening, zod4(actionSchema(action, today)), { errors: false })
	};
};

/** The field that a refusal is about. */
const FIELDS: Partial<Record<MoveRefusal, 'words' | 'next_word_on'>> = {
	words: 'words',
	next_word_on: 'next_word_on',
	past: 'next_word_on',
	too_far: 'next_word_on'
};

export const actions: Actions = {
	default: async (event) => {
		const { program } = await staff(event, 'coordinator');
		const action: DeskAction = ACTIONS[event.params.action];
		const today = dateIn(program.time_zone, event.locals.clock.now());
		const form = await superValidate(event.request, zod4(actionSchema(action, today)));
		if (!form.valid) return wrong(form);
		const { words: text, next_word_on, whose } = form.data;
		const given: desk.Given = {
			...(text && { words: { text } }),
			...(next_word_on && { next_word_on }),
			...(whose && { for_peer: whose === 'peer' })
		};
		const db = event.locals.personal;
		const refused =
			action.event === 'note'
				? await desk.note(db, form.data, { text })
				: await desk.move(db, form.data, action.event, given);
		if (refused && refused !== 'not_found' && !hasMovedOn(refused)) {
			setError(form, FIELDS[refused] ?? '', moveRefusalInWords(refused));
			return wrong(form);
		}
		const hasHappened = hasEvent(await desk.eventId(form.data.form, action.event, given));
		return settle(event, { refused, done: action.event, hasHappened, kept: { form } });
	}
};
