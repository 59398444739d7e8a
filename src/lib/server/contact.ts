import { telephoneHref } from '$lib/ui/telephone';
import { z } from 'zod';

/** What a blank line in a settings file gives is nothing at all. */
const text = (max: number) =>
	z
		.string()
		.trim()
		.max(max)
		.transform((value) => value || null)
		.nullish()
		.transform((value) => value ?? null);

const phone = z
	.string()
	.trim()
	.regex(/^\+?[\d\s().-]{3,24}$/, 'a phone number')
	.transform((shown) => ({ shown, href: telephoneHref(shown) }));

const blankIsMissing = (value: unknown) => (typeof value === 'string' && !value.trim() ? undefined : value);

const settings = z
	.object({
		CONTACT_NAME: z.string().trim().min(1).max(120),
		CONTACT_PHONE: z.preprocess(blankIsMissing, phone.optional()),
		CONTACT_EMAIL: z.preprocess(blankIsMissing, z.email().max(254).optional()),
		CONTACT_HOURS: text(200),
		CONTACT_ADDRESS: text(300)
	})
	.refine((value) => value.CONTACT_PHONE || value.CONTACT_EMAIL, {
		path: ['CONTACT_PHONE'],
		message: 'a phone number or an e-mail address'
	});

export interface Contact {
	name: string;
	phone: { shown: string; href: string } | null;
	email: string | null;
	hours: string | null;
	address: string | null;
	/** Details made up for a demonstration: nobody answers. `.example` belongs to nobody (RFC 2606). */
	sample: boolean;
}

/**
 * The people behind this copy of Bearings, from its settings `CONTACT_*`. Null where none are set, or where they are
 * not valid; then the names of the settings at fault are in the log, and never their values.
 */
export function readContact(env: Record<string, string | undefined>): Contact | null {
	if (!Object.keys(env).some((key) => key.startsWith('CONTACT_') && env[key]?.trim())) return null;
	const read = settings.safeParse(env);
	if (!read.success) {
		const faults = [...new Set(read.error.issues.map((issue) => issue.path.join('.')))];
		console.error(JSON.stringify({ level: 'error', event: 'contact_not_valid', settings: faults }));
		return null;
	}
	const { CONTACT_NAME, CONTACT_PHONE, CONTACT_EMAIL, CONTACT_HOURS, CONTACT_ADDRESS } = read.data;
	return {
		name: CONTACT_NAME,
		phone: CONTACT_PHONE ?? null,
		email: CONTACT_EMAIL ?? null,
		hours: CONTACT_HOURS,
		address: CONTACT_ADDRESS,
		sample: CONTACT_EMAIL?.endsWith('.example') ?? false
	};
}
