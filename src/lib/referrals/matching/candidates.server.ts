/** Who might support the client of a referral, and asking one of them (20261122001800…2300). */
import { z } from 'zod';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { eventId, moveSealed, type Outcome } from '../desk.server';
import type { Held } from '../desk-schemas';
import type { Plan } from '../support/contents';
import { sealInitials, sealPlan } from '../support/sealed-support.server';
import type { Candidate } from './candidate-words';

const Stored = z.object({
	id: z.guid(),
	name: z.string(),
	cap: z.number().int(),
	load: z.number().int(),
	has_room: z.boolean(),
	is_in_area: z.boolean(),
	languages: z.array(z.string()),
	language_codes: z.array(z.string()),
	areas: z.array(z.string()),
	less_until: z.string().nullable(),
	away_until: z.string().nullable(),
	about: z.string(),
	wishes: z.string(),
	asked_at: z.string().nullable(),
	fell_through: z.boolean(),
	knows_them: z.boolean(),
	is_present: z.boolean()
}) satisfies z.ZodType<Candidate>;

/** In the order to read them in; null for those who do not coordinate the referral's program. */
export async function candidates(db: Supabase, referral: string): Promise<Candidate[] | null> {
	return z
		.array(Stored)
		.nullable()
		.parse(available(await db.rpc('match_candidates', { referral })));
}

export interface Asked {
	worker: string;
	initials: string;
	plan: Plan;
}

/** The ids of the event and of the match that a form makes: the same form with the same contents makes the same. */
export const idsOf = async ({ form }: Held, asked: Asked): Promise<{ event_id: string; match_id: string }> => ({
	event_id: await eventId(form, 'propose', asked),
	match_id: await eventId(form, 'match', asked)
});

/** Asks a worker whether they'd support the client. */
export async function propose(db: Supabase, held: Held, asked: Asked): Outcome {
	const { event_id, match_id } = await idsOf(held, asked);
	const [initials, plan] = await Promise.all([sealInitials(match_id, asked.initials), sealPlan(match_id, asked.plan)]);
	return moveSealed(db, held, 'propose', { event_id, match_id, worker: asked.worker, initials, plan });
}

const Settings = z.object({
	home_visits: z.boolean(),
	personal_numbers: z.boolean(),
	/** Whom workers call when something is wrong; empty where the program has not said. */
	duty_name: z.string(),
	duty_phone: z.string()
});
export type SupportSettings = z.infer<typeof Settings>;

/** How a support is safe in the program. */
export async function supportSettings(db: Supabase, program: string): Promise<SupportSettings> {
	const asked = db
		.from('referral_settings')
		.select('home_visits, personal_numbers, duty_name, duty_phone')
		.eq('program_id', program);
	return Settings.parse(available(await asked.single()));
}
