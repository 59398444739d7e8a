/** What the forms about staff take, as the `check` constraints of the database have it. */
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import type { Role } from './person';

/** From the most common to the rarest; the order of a list to choose from. */
export const ROLES = ['worker', 'supervisor', 'coordinator', 'editor', 'admin'] as const satisfies readonly Role[];

/** Empty until somebody chooses: a role is not given by accident. */
const role = z
	.enum(['', ...ROLES], { error: () => m.people_error_role() })
	.refine((given) => given !== '', { error: () => m.people_error_role() });

export const Invite = z.object({
	name: z
		.string()
		.trim()
		.min(1, { error: () => m.people_error_name() })
		.max(120, { error: () => m.people_error_name_long() }),
	address: z
		.string()
		.trim()
		.toLowerCase()
		.max(254, { error: () => m.people_error_address() })
		.regex(z.regexes.email, { error: () => m.people_error_address() }),
	role
});

export const ChangeRole = z.object({ role });

/** A day of the calendar: `2026-02-30` is none. */
const isDay = (text: string) => z.iso.date().safeParse(text).success && text >= '2000';

export const Away = z.object({
	/** The last day of it, `YYYY-MM-DD`. */
	until: z.string().refine(isDay, { error: () => m.people_error_until() }),
	/** Who covers; empty for nobody. */
	cover: z
		.string()
		.refine((given) => given === '' || z.guid().safeParse(given).success, { error: () => m.people_refused_no_cover() })
});

/** A form that only names a row. */
export const Chosen = z.object({ id: z.guid() });

export const isRole = (given: string): given is Role => (ROLES as readonly string[]).includes(given);
