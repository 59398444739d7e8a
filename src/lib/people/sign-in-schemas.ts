/** What the sign-in forms take. */
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';

export const SignIn = z.object({
	email: z
		.string()
		.trim()
		.toLowerCase()
		.max(254, { error: () => m.sign_in_email_wrong() })
		.pipe(z.email({ error: () => m.sign_in_email_wrong() })),
	next: z.string().max(500).optional()
});

/** People type codes as they stand in the mail, with a gap or without. */
export const Code = z.object({
	code: z
		.string()
		.transform((typed) => typed.replaceAll(/[\s-]/g, ''))
		.pipe(z.string().regex(/^\d{6}$/, { error: () => m.sign_in_code_shape() }))
});

export const Link = z.object({
	token_hash: z.string().regex(/^[\w-]{20,200}$/),
	proof: z.string().regex(/^[0-9a-f]{32}$/),
	next: z.string().max(500).optional()
});
