/** Who wants to be told when a training is announced, by the database's functions (20261123000350_training_interest.sql). */
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { clientNetwork } from '$lib/server/client-network';
import { keyedHash } from '$lib/server/keyed-hash';
import { hashKey } from '$lib/server/keyring';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { Instant } from '../training';
import { Choices, readChoice, type Wish } from './wish';

/** Programs with their areas, the default one first. */
export const choices = async (db: Supabase): Promise<Choices> =>
	Choices.parse(available(await db.rpc('interest_choices')));

const Asked = z.union([
	z.object({ ok: z.literal(true) }).transform(() => null),
	z.object({ refused: z.enum(['unknown', 'too_many']) }).transform(({ refused }) => refused)
]);

/** Has a link mailed to the address, known or not; null where that is done. */
export async function ask(
	{ locals, getClientAddress }: Pick<RequestEvent, 'locals' | 'getClientAddress'>,
	{ email: address, choice }: Wish
): Promise<z.infer<typeof Asked>> {
	const client_hash = await keyedHash(hashKey(), 'interest client', clientNetwork(getClientAddress()));
	const { program: program_slug, area } = readChoice(choice);
	const given = { program_slug, area: area as string, address, client_hash };
	return Asked.parse(available(await locals.supabase.rpc('ask_to_be_told', given)));
}

const Interest = z.object({
	program: z.string(),
	/** Null for any. */
	area: z.string().nullable(),
	is_confirmed: z.boolean(),
	kept_until: Instant,
	time_zone: z.string()
});
export type Interest = z.infer<typeof Interest>;

/** What a mailed link is about; null where it is about nothing any more. */
export const byLink = async (db: Supabase, token: string): Promise<Interest | null> =>
	Interest.nullable().parse(available(await db.rpc('interest_by_link', { token })));

/** From now on, for a year; false where the link is about nothing any more. */
export const confirm = async (db: Supabase, token: string): Promise<boolean> =>
	available<string | null>(await db.rpc('confirm_interest', { token })) !== null;

/** Forgets the address; once more is as good. */
export async function stop(db: Supabase, token: string): Promise<void> {
	available(await db.rpc('stop_interest', { token }));
}
