/** The three questions afterwards, by the database's functions (20261122002500_feedback.sql). An answer is bound to nobody. */
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { clientNetwork } from '$lib/server/client-network';
import type { Json } from '$lib/server/database.types';
import { keyedHash } from '$lib/server/keyed-hash';
import { hashKey, keyring } from '$lib/server/keyring';
import { seal, type SealedAt } from '$lib/server/seal';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { BROKEN, openSealed, type OnBroken } from '$lib/server/opened';
import { eventId } from '../desk.server';
import { HELPFUL, HOW, type Feedback } from './questions';

const betterAt = (row: string): SealedAt => ({ table: 'feedback', row, column: 'better' });
const Better = z.object({ text: z.string() });

const refusal = <Reasons extends readonly [string, ...string[]]>(reasons: Reasons) =>
	z.union([
		z.object({ ok: z.literal(true) }).transform(() => null),
		z.object({ refused: z.enum(reasons) }).transform(({ refused }) => refused)
	]);

const Made = z.union([z.object({ ok: z.string() }), z.object({ refused: z.enum(['not_found', 'not_possible']) })]);

/** Makes a link for the peer of a referral, whose former link is then no good: its token, or why not. */
export async function makeLink(db: Supabase, referral: string): Promise<z.infer<typeof Made>> {
	return Made.parse(available(await db.rpc('make_feedback_link', { referral })));
}

/** Whether the signed-in person may read what a program's peers say, write it down from paper, and make links: see `may_read_feedback`. */
export const mayRead = async (db: Supabase, program: string): Promise<boolean> =>
	z.boolean().parse(available(await db.rpc('may_read_feedback', { program })));

/** The name of the program that asks; null for a link that was used, has run out or never was. */
export async function whoAsks(db: Supabase, token: string): Promise<string | null> {
	const found = available(await db.rpc('feedback_by_token', { token }));
	return z.object({ program: z.string() }).nullable().parse(found)?.program ?? null;
}

/** What is kept of the answers, and the id under which: made of `secret` and of what was answered. */
async function toKeep(secret: string, { how, helpful, better }: Feedback): Promise<{ answer: string; given: Json }> {
	const answer = await eventId(secret, 'feedback', { how, helpful, better });
	const words = better && (await seal(keyring(), betterAt(answer), { text: better }));
	return { answer, given: { how: how || null, helpful: helpful || null, better: words || null } };
}

const Answered = refusal(['unknown', 'empty', 'too_many']);

/**
 * Answers by a link, as nobody, whoever is signed in; null where it is done. The same answers sent twice are one.
 *
 * Coordinators know the links they made and read what was answered: only with the Worker's key does one lead to the other.
 */
export async function answer(
	{ locals, getClientAddress }: Pick<RequestEvent, 'locals' | 'getClientAddress'>,
	token: string,
	feedback: Feedback
): Promise<z.infer<typeof Answered>> {
	const secret = await keyedHash(hashKey(), 'feedback link', token);
	const client_hash = await keyedHash(hashKey(), 'feedback client', clientNetwork(getClientAddress()));
	const kept = await toKeep(secret, feedback);
	return Answered.parse(available(await locals.supabase.rpc('answer_feedback', { token, ...kept, client_hash })));
}

const Entered = refusal(['not_allowed', 'empty']);

/** Writes down an answer that came on paper; null where it is done. `form`: the form's own id. */
export async function enter(
	db: Supabase,
	program: string,
	form: string,
	feedback: Feedback
): Promise<z.infer<typeof Entered>> {
	const kept = await toKeep(form, feedback);
	return Entered.parse(available(await db.rpc('enter_feedback', { program, ...kept })));
}

/** `people`: null where it is hidden. */
const choices = <Choice extends string>(choice: readonly [Choice, ...Choice[]]) =>
	z.array(z.object({ choice: z.enum(choice), people: z.number().int().nullable() }));

const Stored = z.object({
	answers: z.number().int(),
	how: choices(HOW),
	helpful: choices(HELPFUL),
	better: z.array(z.object({ id: z.guid(), words: z.string() }))
});

export interface Said extends Omit<z.infer<typeof Stored>, 'better'> {
	/** What could be better, in no order; null for what does not open. */
	better: (string | null)[];
}

/** What peers have said, in groups of five or more; null for those who may not read it. The reading is audited. */
export async function readFeedback(db: Supabase, program: string, onBroken: OnBroken): Promise<Said | null> {
	const stored = Stored.nullable().parse(available(await db.rpc('feedback_report', { program })));
	if (!stored) return null;
	const better = stored.better.map(async ({ id, words }) => {
		const found = await openSealed(Better, betterAt(id), words, onBroken);
		return found === null || found === BROKEN ? null : found.text;
	});
	return { ...stored, better: await Promise.all(better) };
}
