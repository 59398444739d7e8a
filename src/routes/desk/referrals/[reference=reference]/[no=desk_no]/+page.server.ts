import { fail, type RequestEvent } from '@sveltejs/kit';
import { setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { staff } from '$lib/people/staff.server';
import * as desk from '$lib/referrals/desk.server';
import { deskReferral, hasEvent, settle, wrong } from '$lib/referrals/desk-page.server';
import { sampleHelp, startHelp, startWords } from '$lib/referrals/desk-samples';
import { asTyped, noSchema } from '$lib/referrals/desk-schemas';
import { hasMovedOn, moveRefusalInWords } from '$lib/referrals/refusal-words';
import type { Actions, PageServerLoad, RouteParams } from './$types';
import { helpersNear } from './helpers.server';

type Event = RequestEvent<RouteParams>;

export const load: PageServerLoad = async (event) => {
	const { program, referral } = await deskReferral(event);
	const no = event.params.no;
	const opening = {
		id: referral.id,
		version: referral.version,
		form: crypto.randomUUID(),
		who_may_help: sampleHelp('', await helpersNear(event, referral.area))
	};
	return {
		program,
		referral,
		no,
		isPossible: referral.moves.includes(no),
		form: await superValidate(opening, zod4(noSchema(no)), { errors: false })
	};
};

const validate = (event: Event, shown?: { errors: false }) =>
	superValidate(event.request, zod4(noSchema(event.params.no)), shown);

export const actions: Actions = {
	/** Words to begin from, for the reason that is chosen: without a script a button fills them in. */
	start: async (event) => {
		const { referral } = await deskReferral(event);
		const form = await validate(event, { errors: false });
		const { reason } = form.data;
		// What is not valid yet has not been through the schema.
		const words = startWords(event.params.no, reason, asTyped(form.data.words));
		if (words === null) {
			setError(form, 'reason', moveRefusalInWords('reason'));
			return wrong(form);
		}
		form.data.words = words;
		form.data.who_may_help = startHelp(
			reason,
			asTyped(form.data.who_may_help),
			await helpersNear(event, referral.area)
		);
		return { form };
	},
	/** What the referrer will read. */
	preview: async (event) => {
		const { referral } = await deskReferral(event);
		const form = await validate(event);
		if (!form.valid) return wrong(form);
		if (referral.version !== form.data.version) return fail(409, { form, refused: 'stale' as const });
		return { form, isPreview: true };
	},
	/** Back from there, with all that was typed. */
	edit: async (event) => {
		await staff(event, 'coordinator');
		return { form: await validate(event, { errors: false }) };
	},
	send: async (event) => {
		await staff(event, 'coordinator');
		const no = event.params.no;
		const form = await validate(event);
		if (!form.valid) return wrong(form);
		const { reason, words: text, who_may_help } = form.data;
		const given: desk.Given = { reason, words: { text, who_may_help } };
		const refused = await desk.move(event.locals.personal, form.data, no, given);
		if (refused && refused !== 'not_found' && !hasMovedOn(refused)) {
			setError(form, refused === 'reason' ? 'reason' : '', moveRefusalInWords(refused));
			return wrong(form);
		}
		const hasHappened = hasEvent(await desk.eventId(form.data.form, no, given));
		return settle(event, { refused, done: no, hasHappened, kept: { form } });
	}
};
