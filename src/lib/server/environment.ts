import { env } from '$env/dynamic/private';
import { z } from 'zod';

const Environment = z.object({
	SUPABASE_URL: z.url(),
	SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
	SUPABASE_SECRET_KEY: z.string().min(1).optional(),
	CRON_SECRET: z.string().min(16).optional(),
	/** Keys the hashes of addresses that are compared and never kept. */
	HASH_KEY: z.string().min(32).optional(),
	/** What is sealed is sealed with the first of these: see `seal.ts`. */
	SEAL_KEYS: z.string().optional(),
	/** What Supabase signs its Send Email hook with, as it shows it: `v1,whsec_…`. */
	SEND_EMAIL_HOOK_SECRET: z.string().min(16).optional(),
	/** Where this site answers: links in mail lead there. */
	SITE_URL: z.url().optional(),
	/** Whom mail is from: `Bearings <hello@bearings.example>`, or an address alone. */
	MAIL_FROM: z.string().min(3).max(320).optional(),
	/** On a developer's machine, the mailbox that takes all mail instead of the post. */
	MAILBOX_URL: z.url().optional(),
	/** Where the PMTiles archive is served from, on this origin; empty for the built-in sketch. */
	BASEMAP_URL: z
		.string()
		.regex(/^\/[\w./-]+$/)
		.optional()
		.catch(undefined)
});

export type Environment = z.infer<typeof Environment>;

/** The Worker's settings. Throws with the names of those that are missing; the values are never in the message. */
export function environment(): Environment {
	const parsed = Environment.safeParse(env);
	if (parsed.success) return parsed.data;
	const names = parsed.error.issues.map((issue) => issue.path.join('.'));
	throw new Error(`Settings are missing or malformed: ${names.join(', ')}`);
}
