/** One's own places in trainings, by the database's functions (20261123000220 and …270): signing up, seeing them, moving on. */
import { z } from 'zod';
import { Constants } from '$lib/server/database.types';
import type { OnBroken, Opened } from '$lib/server/opened';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import type { Details } from './details';
import { openAnswer, openDetails, openDraft, sealDetails, sealDraft } from './sealed-enrolment.server';
import { Instant, Meeting, TrainingCard } from './training';

export const ENROLMENT_STATES = Constants.public.Enums.enrolment_state;
export type EnrolmentState = (typeof ENROLMENT_STATES)[number];

export const ENTRY_REFUSALS = [
	...(['unknown', 'not_open', 'closed', 'cancelled', 'begun', 'declined', 'not_allowed'] as const)
] as const;
export type EntryRefusal = (typeof ENTRY_REFUSALS)[number];

const Entered = z.union([
	z.object({ ok: z.enum(ENROLMENT_STATES), id: z.guid(), again: z.boolean().default(false) }),
	z.object({ use: z.guid() }),
	z.object({ refused: z.enum(ENTRY_REFUSALS) })
]);
/** `again`: they were in it already, and nothing has changed. */
export type Entry = Exclude<z.infer<typeof Entered>, { use: string }>;

/**
 * Puts somebody into a cohort, their details sealed under the id that they have there.
 *
 * @param id for somebody who was never in it: the form's own, so that the same form sent twice makes one
 * @param call the function of the database that is asked
 */
async function enter(
	id: string,
	details: Details,
	call: (enrolment: string, sealed: string) => PromiseLike<Parameters<typeof available>[0]>
): Promise<Entry> {
	const answer = Entered.parse(available(await call(id, await sealDetails(id, details))));
	if (!('use' in answer)) return answer;
	const again = Entered.parse(available(await call(answer.use, await sealDetails(answer.use, details))));
	if ('use' in again) throw new Error('An enrolment has two ids.');
	return again;
}

/** Signs the signed-in person up, or applies, as the cohort has it. */
export const signUp = (db: Supabase, cohort: string, id: string, details: Details): Promise<Entry> =>
	enter(id, details, (enrolment, sealed) => db.rpc('sign_up', { cohort, enrolment, details: sealed }));

/** Puts somebody in who rang or wrote, by a coordinator; `address` is empty for somebody without one. */
export const enterByStaff = (
	db: Supabase,
	cohort: string,
	id: string,
	details: Details,
	address: string
): Promise<Entry> =>
	enter(id, details, (enrolment, sealed) => db.rpc('enter_enrolment', { cohort, enrolment, details: sealed, address }));

/** One's place in a training, as a link from a mail shows it: nothing that says who one is. */
export const MyPlace = z.object({
	id: z.guid(),
	version: z.number().int(),
	state: z.enum(ENROLMENT_STATES),
	offered_until: Instant.nullable(),
	/** In line, from 1 on. */
	place: z.number().int().nullable(),
	/** Of so many trainings before that had a line, in how many this place or a later one was offered a seat. */
	usual: z.object({ trainings: z.number().int(), reached: z.number().int() }).nullable(),
	/** The certificate's number. */
	certificate: z.string().nullable(),
	/** Hours of practice that they have done. */
	practicum_hours: z.number(),
	training: TrainingCard,
	/** How to join, what to bring: for those with a seat. */
	joining: z.string(),
	meetings: z.array(Meeting),
	/** What staff have written to all of it, the newest first. */
	messages: z.array(z.object({ id: z.guid(), words: z.string(), sent_at: Instant }))
});
export type MyPlace = z.infer<typeof MyPlace>;

const StoredMine = z.object({
	places: z.array(MyPlace.extend({ details: z.string().nullable(), answer: z.string().nullable() })),
	drafts: z.array(z.object({ id: z.guid(), slug: z.string(), title: z.string(), saved_at: Instant }))
});

/** With what one has said oneself, and the program's words with a no. */
export type OwnPlace = MyPlace & { details: Opened<Details>; answer: Opened<string> };

export interface Mine {
	/** What comes next first. */
	places: OwnPlace[];
	/** Applications that are not sent. */
	drafts: z.infer<typeof StoredMine>['drafts'];
}

export async function mine(db: Supabase, onBroken: OnBroken): Promise<Mine> {
	const { places, drafts } = StoredMine.parse(available(await db.rpc('my_enrolments')));
	const opened = places.map(async ({ details, answer, ...place }) => ({
		...place,
		details: await openDetails(place.id, details, onBroken),
		answer: await openAnswer(place.id, answer, onBroken)
	}));
	return { places: await Promise.all(opened), drafts };
}

/** One's place by the token of a link; null for one that leads nowhere any more. */
export const byLink = async (db: Supabase, token: string): Promise<MyPlace | null> =>
	MyPlace.nullable().parse(available(await db.rpc('enrolment_by_link', { token })));

/** A new link to a place that is one's own, or whose person one coordinates: its token; null for strangers. */
export const makeLink = async (db: Supabase, enrolment: string): Promise<string | null> =>
	z
		.string()
		.nullable()
		.parse(available(await db.rpc('make_enrolment_link', { enrolment })));

export const MOVE_REFUSALS = [
	...(['not_found', 'stale', 'not_possible', 'too_late', 'full', 'not_begun', 'unreviewed'] as const)
] as const;
export type MoveRefusal = (typeof MOVE_REFUSALS)[number];

const Moved = z.union([
	z.object({ ok: z.enum(ENROLMENT_STATES), version: z.number().int() }),
	z.object({ refused: z.enum(MOVE_REFUSALS) })
]);
/** The state that it has now, or why it was not moved. */
export type Move = z.infer<typeof Moved>;

/** @param answer the program's words with a no, sealed */
export const move = async (
	db: Supabase,
	{ id, version, event, answer }: { id: string; version: number; event: string; answer?: string }
): Promise<Move> => Moved.parse(available(await db.rpc('move_enrolment', { enrolment: id, event, version, answer })));

/** Accepts a seat or leaves, by one's link. */
export const moveByLink = async (
	db: Supabase,
	token: string,
	{ version, event }: { version: number; event: 'accept' | 'withdraw' }
): Promise<Move> => Moved.parse(available(await db.rpc('move_enrolment_by_link', { token, event, version })));

const Saved = z.union([
	z.object({ ok: z.literal(true) }).transform(() => null),
	z.object({ refused: z.enum(['not_found', 'stale', 'address_taken']) }).transform(({ refused }) => refused)
]);

/**
 * Says anew what somebody needs and how to reach them; null where it is done.
 *
 * @param address by a coordinator, of somebody without an account; empty for none
 */
export async function saveDetails(
	db: Supabase,
	{ id, version }: { id: string; version: number },
	details: Details,
	address?: string
): Promise<z.infer<typeof Saved>> {
	const given = { enrolment: id, version, details: await sealDetails(id, details), address };
	return Saved.parse(available(await db.rpc('save_enrolment_details', given)));
}

const StoredDraft = z.object({ id: z.guid(), contents: z.string(), saved_at: Instant }).nullable();

export interface Draft {
	id: string;
	saved_at: string;
	contents: Opened<Details>;
}

/** One's application that is not sent yet; null where there is none. */
export async function myDraft(db: Supabase, cohort: string, onBroken: OnBroken): Promise<Draft | null> {
	const stored = StoredDraft.parse(available(await db.rpc('my_application', { cohort })));
	if (!stored) return null;
	const { id, saved_at, contents } = stored;
	return { id, saved_at, contents: await openDraft(id, contents, onBroken) };
}

const Kept = z.union([
	z.object({ ok: z.guid() }),
	z.object({ use: z.guid() }),
	z.object({ refused: z.literal('unknown') })
]);

/** Keeps an application that is not sent yet; false where the cohort takes none. @param id for the first time */
export async function saveDraft(db: Supabase, cohort: string, id: string, contents: Details): Promise<boolean> {
	const keep = async (draft: string) =>
		Kept.parse(
			available(await db.rpc('save_application', { cohort, draft, contents: await sealDraft(draft, contents) }))
		);
	const answer = await keep(id);
	return 'use' in answer ? 'ok' in (await keep(answer.use)) : 'ok' in answer;
}

/** Throws it away; false where there was none. */
export const dropDraft = async (db: Supabase, cohort: string): Promise<boolean> =>
	z.boolean().parse(available(await db.rpc('drop_application', { cohort })));
