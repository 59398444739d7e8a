/** Messages that could not be delivered, as a program's admins see them (20261122001200_mail.sql). */
import { z } from 'zod';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';

const SetAside = z.object({
	id: z.guid(),
	template: z.string(),
	to: z.string(),
	/** When it was written, ISO 8601. */
	since: z.string(),
	/** What the mail service said last. */
	error: z.string().nullable()
});

/** The newest first, of all programs of which the person is an admin. */
export async function setAside(db: Supabase): Promise<z.infer<typeof SetAside>[]> {
	return z.array(SetAside).parse(available(await db.rpc('mail_set_aside')));
}

/** Has a message tried again; false where it doesn't wait any more. */
export async function retry(db: Supabase, message: string): Promise<boolean> {
	return available(await db.rpc('retry_mail', { message }));
}
