/** What a referrer sees of their own requests, as the database's functions answer (supabase/migrations/…_lists.sql, …_reading.sql). */
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import type { Json } from '$lib/server/database.types';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { BROKEN, opened, type OnBroken } from '$lib/server/opened';
import { openEach } from './desk.server';
import { MOVE_REFUSALS, type MoveRefusal } from './refusal-words';
import { openWords, sealWords } from './sealed-request.server';
import { REFERENCE, STATES } from './states';

/** Instants are ISO 8601, days `YYYY-MM-DD` where the program is. */
const Line = z.object({
	reference: z.string().regex(REFERENCE),
	state: z.enum(STATES),
	submitted_at: z.string(),
	state_since: z.string(),
	/** By when a person will have read it. */
	acknowledge_by: z.string(),
	/** Waiting: by when we write again. */
	next_word_on: z.string().nullable(),
	/** The program's name. */
	program: z.string(),
	time_zone: z.string(),
	team: z.string().nullable()
});
export type MyLine = z.infer<typeof Line>;

const Kept = z.object({ id: z.guid(), kept_until: z.string() });
const Draft = z.object({ id: z.guid(), created_at: z.string(), touched_at: z.string() });

export interface MyRequests {
	/** The newest first. */
	sent: MyLine[];
	/** Written, but not sent yet, as the address was not proved. */
	kept: z.infer<typeof Kept>[];
	/** Begun, and not kept. */
	drafts: z.infer<typeof Draft>[];
}

export async function listSent(db: Supabase): Promise<MyLine[]> {
	return z.array(Line).parse(available(await db.rpc('my_referrals')));
}

/** All that the signed-in person has sent or begun. */
export async function list(db: Supabase): Promise<MyRequests> {
	const [sent, kept, drafts] = await Promise.all([
		listSent(db),
		db.rpc('my_unconfirmed').then((answer) => z.array(Kept).parse(available(answer))),
		db.rpc('my_drafts').then((answer) => z.array(Draft).parse(available(answer)))
	]);
	const isKept = new Set(kept.map(({ id }) => id));
	return { sent, kept, drafts: drafts.filter(({ id }) => !isKept.has(id)) };
}

const Event = z.object({
	id: z.guid(),
	event: z.string(),
	actor: z.enum(['referrer', 'coordinator', 'worker', 'system']),
	at: z.string(),
	/** Said by the client; told where the request was taken back. */
	for_peer: z.boolean().default(false),
	/** The day that was named. */
	day: z.string().nullable(),
	words: z.string().nullish()
});

const Whole = Line.extend({
	id: z.guid(),
	version: z.number(),
	/** Where we write to. */
	addresses: z.array(z.string()),
	/** The program's present wait in weeks, and the day it said so; null where it can't say. */
	wait: z.object({ min: z.number(), max: z.number(), stated_on: z.string() }).nullable(),
	sealed: z.object({ client: z.string().nullable(), goals: z.string().nullable() }),
	timeline: z.array(Event),
	/** What the referrer may do now. */
	moves: z.array(z.string())
});

/** An event with its words open: a question, an answer, the words of a no and who may help. */
export type MyEvent = Omit<z.infer<typeof Event>, 'words'> & { text: string | null; who_may_help: string | null };

export type MyReferral = Omit<z.infer<typeof Whole>, 'sealed' | 'timeline'> & {
	/** The client's name or initials, as they were typed; null where they can't be opened. */
	client: string | null;
	/** In their place the sentence that they can't be shown, where they can't be opened; so with an event's text. */
	goals: string[];
	/** The oldest first. */
	timeline: MyEvent[];
};

/** One of the signed-in person's own requests, opened, which the audit notes; null for anything else. */
export async function read(db: Supabase, reference: string, onBroken: OnBroken): Promise<MyReferral | null> {
	const found = Whole.nullable().parse(available(await db.rpc('read_my_referral', { reference })));
	if (!found) return null;
	const { sealed, timeline, ...plain } = found;
	const [{ client, goals }, events] = await Promise.all([
		openEach(found.id, sealed, onBroken),
		Promise.all(timeline.map((event) => openEvent(event, onBroken)))
	]);
	return {
		...plain,
		client: client === BROKEN ? null : (client?.name ?? ''),
		goals: goals === BROKEN ? [m.kept_unreadable()] : (goals ?? []),
		timeline: events
	};
}

async function openEvent({ words, ...event }: z.infer<typeof Event>, onBroken: OnBroken): Promise<MyEvent> {
	const said = words ? await opened(() => openWords(event.id, words), onBroken) : null;
	if (said === BROKEN) return { ...event, text: m.kept_unreadable(), who_may_help: null };
	return { ...event, text: said?.text ?? null, who_may_help: said?.who_may_help ?? null };
}

const Moved = z.union([z.object({ ok: z.enum(STATES) }), z.object({ refused: z.enum(MOVE_REFUSALS) })]);

/** Why it was refused; null where it was done. */
type Outcome = Promise<MoveRefusal | null>;

async function move(
	db: Supabase,
	{ id, event, version, given }: { id: string; event: 'answer' | 'withdraw'; version: number; given?: Json }
): Outcome {
	const moved = Moved.parse(
		available(await db.rpc('move_referral', { referral: id, event, expected: version, given }))
	);
	return 'refused' in moved ? moved.refused : null;
}

/** Whether what was posted as this event is done already. */
export const isDone = (referral: MyReferral, event: string): boolean =>
	referral.timeline.some(({ id }) => id === event);

/**
 * Answers the question, over the version that the person has seen.
 *
 * @param event the id under which the answer is sealed and written down: posted twice, it is one
 */
export async function answer(
	db: Supabase,
	referral: MyReferral,
	{ event, version, text }: { event: string; version: number; text: string }
): Outcome {
	const given = { event_id: event, words: await sealWords(event, { text }) };
	return move(db, { id: referral.id, event: 'answer', version, given });
}

/** Takes the request back, over the version that the person has seen. */
export const withdraw = (db: Supabase, { id }: MyReferral, version: number): Outcome =>
	move(db, { id, event: 'withdraw', version });

const Settled = z.union([
	z.object({ ok: z.union([z.literal(true), z.string().regex(REFERENCE)]) }),
	z.object({ refused: z.literal('unknown') })
]);

/** Sends what is kept for the person's address: its reference, or null where it is there no more. */
export async function sendKept(db: Supabase, draft: string): Promise<string | null> {
	const settled = Settled.parse(available(await db.rpc('settle_unconfirmed', { draft, send: true })));
	return 'ok' in settled && settled.ok !== true ? settled.ok : null;
}

/** Throws it away; false where it is there no more. */
export async function discardKept(db: Supabase, draft: string): Promise<boolean> {
	return 'ok' in Settled.parse(available(await db.rpc('settle_unconfirmed', { draft, send: false })));
}

export async function discardDraft(db: Supabase, draft: string): Promise<void> {
	available(await db.rpc('discard_draft', { draft }));
}

/** Whether a mailed link still has something to send. Changes nothing. */
export async function isKept(db: Supabase, token: string): Promise<boolean> {
	const answer = z.object({ state: z.enum(['open', 'unknown']) });
	return answer.parse(available(await db.rpc('unconfirmed_by_token', { token }))).state === 'open';
}

const SentByLink = z.object({ ok: z.string().regex(REFERENCE), acknowledge_by: z.string(), time_zone: z.string() });
export type SentByLink = z.infer<typeof SentByLink>;

/** Sends what a mailed link keeps; null where it is there no more. */
export async function sendByLink(db: Supabase, token: string): Promise<SentByLink | null> {
	const answer = z.union([SentByLink, z.object({ refused: z.literal('unknown') })]);
	const sent = answer.parse(available(await db.rpc('send_unconfirmed', { token })));
	return 'ok' in sent ? sent : null;
}
