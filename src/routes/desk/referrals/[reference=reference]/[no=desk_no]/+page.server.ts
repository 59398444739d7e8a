import { fail, type RequestEvent } from '@sveltejs/kit';
import { setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import type { z } from 'zod';
import { asTyped } from '$lib/forms/as-typed';
import { staff } from '$lib/people/staff.server';
import * as desk from '$lib/referrals/desk.server';
import { deskReferral, hasEvent, leaveIfSent, openForm, settle, wrong } from '$lib/referrals/desk-page.server';
import { sampleHelp, startHelp, startWords } from '$lib/referrals/desk-samples';
import { noSchema } from '$lib/referrals/desk-schemas';
import { hasMovedOn, moveRefusalInWords } from '$lib/referrals/refusal-words';
import type { Actions, PageServerLoad, RouteParams } from './$types';
import { helpersNear } from './helpers.server';

type Event = RequestEvent<RouteParams>;

export const load: PageServerLoad = async (event) => {
	const { program, referral } = await deskReferral(event);
	const no = event.params.no;
	const opening = { who_may_help: sampleHelp('', await helpersNear(event, referral.area)) };
	const opened = await openForm(event, referral, zod4(noSchema(no)), opening);
	await leaveIfSent(event, referral, await eventOf(no, opened.form.data), no);
	return {
		...opened,
		program,
		referral,
		no,
		isPossible: referral.moves.includes(no)
	};
};

type Typed = z.infer<ReturnType<typeof noSchema>>;

/** What the event is given of what was typed. */
const givenOf = ({ reason, words: text, who_may_help }: Typed): desk.Given => ({
	reason,
	words: { text, who_may_help }
});

/** The id under which it is written. */
const eventOf = (no: string, typed: Typed): Promise<string> => desk.eventId(typed.form, no, givenOf(typed));

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
		const refused = await desk.move(event.locals.personal, form.data, no, givenOf(form.data));
		if (refused && refused !== 'not_found' && !hasMovedOn(refused)) {
			setError(form, refused === 'reason' ? 'reason' : '', moveRefusalInWords(refused));
			return wrong(form);
		}
		const hasHappened = hasEvent(await eventOf(no, form.data));
		return settle(event, { refused, done: no, hasHappened, kept: { form } });
	}
};
