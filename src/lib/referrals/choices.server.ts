/** What the request's form offers, and what the program it would reach says of itself. */
import { z } from 'zod';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';

const Choices = z.object({
	teams: z.array(z.object({ id: z.guid(), name: z.string(), site: z.string() })),
	/** `program` is the program's name. */
	areas: z.array(z.object({ id: z.guid(), name: z.string(), program: z.string() }))
});
export type Choices = z.infer<typeof Choices>;

export async function readChoices(db: Supabase): Promise<Choices> {
	return Choices.parse(available(await db.rpc('referral_choices')));
}

const Outlook = z.object({
	program: z.string(),
	time_zone: z.string(),
	/** By when somebody will have read it, if it were sent now: ISO 8601. */
	acknowledge_by: z.string(),
	/** The present wait in weeks, and the day on which the program said so; null where it can't say. */
	wait: z.object({ min: z.number(), max: z.number(), stated_on: z.string() }).nullable()
});
export type Outlook = z.infer<typeof Outlook>;

/** The program that a request of this team, or for this area, reaches; the default one without either. */
export async function readOutlook(db: Supabase, { team, area }: { team?: string; area?: string }): Promise<Outlook> {
	return Outlook.parse(available(await db.rpc('referral_outlook', { team, area: area || undefined })));
}
