/** An invitation, as whoever holds its link sees it. */
import { z } from 'zod';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { ROLES } from './schemas';

const Invitation = z.object({
	/** The program's name. */
	program: z.string(),
	role: z.enum(ROLES),
	name: z.string(),
	email: z.string(),
	state: z.enum(['open', 'accepted', 'withdrawn', 'expired'])
});
export type Invitation = z.infer<typeof Invitation>;

/** What the link invites to; null where it is not known. Changes nothing. */
export async function read(db: Supabase, token: string): Promise<Invitation | null> {
	return Invitation.nullable().parse(available(await db.rpc('invitation_by_token', { token })));
}

/** Takes it up as the person who is signed in; false where the invitation is not theirs to take up, or not open. */
export async function redeem(db: Supabase, token: string): Promise<boolean> {
	const answer = z.union([z.object({ ok: z.guid() }), z.object({ refused: z.string() })]);
	return 'ok' in answer.parse(available(await db.rpc('redeem_invitation', { token })));
}
