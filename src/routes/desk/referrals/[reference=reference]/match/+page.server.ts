import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { setError, superValidate, type SuperValidated } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { keptHere, typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import { deskReferral, hasEvent, leaveIfSent, openForm, settle, wrong } from '$lib/referrals/desk-page.server';
import { candidates, idsOf, propose, supportSettings, type Asked } from '$lib/referrals/matching/candidates.server';
import { findPlaces, placeOf } from '$lib/referrals/matching/places.server';
import { Propose } from '$lib/referrals/matching/schemas';
import { hasMovedOn, moveRefusalInWords, type MoveRefusal } from '$lib/referrals/refusal-words';
import { initialsOf, type Place } from '$lib/referrals/support/contents';
import type { Actions, PageServerLoad } from './$types';

/** Who could be asked; with `?worker=` the form that asks that one. */
export const load: PageServerLoad = async (event) => {
	const { program, referral } = await deskReferral(event);
	const db = event.locals.personal;
	const isPossible = referral.moves.includes('propose');
	const [found, rules] = await Promise.all([
		isPossible ? candidates(db, referral.id) : [],
		supportSettings(db, program.id)
	]);
	const chosen = event.url.searchParams.get('worker');
	const worker = found?.find(({ id }) => id === chosen) ?? null;
	if (isPossible && chosen !== null && !worker) error(404, m.error_not_found());
	const { client } = referral.details;
	const opening = {
		worker: worker?.id ?? '',
		call_name: rules.duty_name,
		call_phone: rules.duty_phone,
		check_in: m.matching_check_in_usual(),
		initials: client && client !== 'broken' ? initialsOf(client.name) : ''
	};
	const opened = await openForm(event, referral, zod4(Propose), opening);
	const { data } = opened.form;
	if (await typedBefore(event)) {
		const asked = askedOf(data, await placeOf(event, data.place.slice(0, 200)));
		if (asked) await leaveIfSent(event, referral, (await idsOf(data, asked)).event_id, 'propose');
		// Whoever is chosen now is asked; how they would meet is as it was typed.
		data.worker = worker?.id ?? '';
	}
	return {
		...opened,
		// What was typed is back in the form, and not on the list of whom to ask.
		kept: isPossible && !worker ? null : await keptHere(event),
		program,
		referral,
		isPossible,
		candidates: found ?? [],
		worker,
		rules,
		places: worker ? await placesFor(event, opened.form) : []
	};
};

/** What is found for the words on the form, the chosen one first where it is not among it. */
async function placesFor(event: RequestEvent, { data }: SuperValidated<Propose>) {
	const { referral } = await deskReferral(event);
	const [found, chosen] = await Promise.all([
		findPlaces(event, data.q.slice(0, 200).trim(), referral.area),
		placeOf(event, data.place.slice(0, 200))
	]);
	return chosen && !found.some(({ slug }) => slug === chosen.slug) ? [chosen, ...found] : found;
}

/** What the worker is asked; null without a place. */
const askedOf = (
	{ worker, when, call_name, call_phone, check_in, initials }: Propose,
	found: Place | null
): Asked | null =>
	found && {
		worker,
		initials,
		plan: {
			place: { slug: found.slug, name: found.name, address: found.address },
			when,
			call: { name: call_name, phone: call_phone },
			check_in
		}
	};

/** The field that a refusal is about. */
const FIELDS: Partial<Record<MoveRefusal, 'worker'>> = {
	worker: 'worker',
	worker_full: 'worker',
	same_worker: 'worker',
	knows_them: 'worker'
};

export const actions: Actions = {
	/** Looks for a place; all that was typed stays. */
	find: async (event) => {
		await staff(event, 'coordinator');
		const form = await superValidate(event.request, zod4(Propose), { errors: false });
		return { form, places: await placesFor(event, form), isFound: true };
	},
	propose: async (event) => {
		await staff(event, 'coordinator');
		const form = await superValidate(event.request, zod4(Propose));
		const { data: held } = form;
		const found = await placeOf(event, held.place.slice(0, 200));
		const asked = askedOf(held, found);
		if (held.place && !found) setError(form, 'place', m.matching_error_place_gone());
		if (!form.valid || !asked) return fail(400, { ...wrong(form).data, places: await placesFor(event, form) });
		const refused = await propose(event.locals.personal, held, asked);
		if (refused && refused !== 'not_found' && !hasMovedOn(refused)) {
			setError(form, FIELDS[refused] ?? '', moveRefusalInWords(refused));
			return fail(400, { ...wrong(form).data, places: await placesFor(event, form) });
		}
		const { event_id } = await idsOf(held, asked);
		const places = refused ? await placesFor(event, form) : [];
		return settle(event, { refused, done: 'propose', hasHappened: hasEvent(event_id), kept: { form, places } });
	}
};
