/**
 * Supabase's Send Email hook: Auth asks for a mail with a code in it.
 * https://supabase.com/docs/guides/auth/auth-hooks/send-email-hook
 */
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { OwnPath, type TemplateData } from './templates';

const Payload = z.object({
	user: z.object({ email: z.email().max(254) }),
	email_data: z.object({
		token: z.string(),
		token_hash: z.string(),
		redirect_to: z.string().optional(),
		email_action_type: z.string().max(60)
	})
});

/** What Auth calls signing in: with an account, and for the first time. Bearings has no other mail of Auth's. */
const SIGNS_IN = new Set(['magiclink', 'signup', 'email']);

export type HookRequest =
	| { ok: true; to: string; data: Omit<TemplateData<'sign_in'>, 'proof'> }
	/** `not_signed`: not from Auth. `malformed`: not what Auth sends. `not_ours`: a mail that Bearings has no use for. */
	| { ok: false; refused: 'not_signed' | 'malformed' | 'not_ours' };

/**
 * Reads what Auth asks for, once its signature is proved; a signature is good for five minutes.
 *
 * @param secret as Supabase shows it, `v1,whsec_…`, or without the `v1,`
 * @throws Error when the secret is not one
 */
export function readHook(body: string, headers: Headers, secret: string, siteUrl: string): HookRequest {
	const webhook = new Webhook(secret.replace(/^v1,/, ''));
	let payload: unknown;
	try {
		payload = webhook.verify(body, Object.fromEntries(headers));
	} catch {
		return { ok: false, refused: 'not_signed' };
	}
	const parsed = Payload.safeParse(payload);
	if (!parsed.success) return { ok: false, refused: 'malformed' };
	const { user, email_data: asked } = parsed.data;
	if (!SIGNS_IN.has(asked.email_action_type)) return { ok: false, refused: 'not_ours' };
	return {
		ok: true,
		to: user.email,
		data: { code: asked.token, token_hash: asked.token_hash, redirect: ownPath(asked.redirect_to, siteUrl) }
	};
}

/** The page within the site that an address leads to; undefined for its front page and for anything else. */
function ownPath(address: string | undefined, siteUrl: string): string | undefined {
	const url = address && URL.canParse(address) ? new URL(address) : null;
	if (!url || url.origin !== new URL(siteUrl).origin || url.pathname === '/') return undefined;
	return OwnPath.safeParse(url.pathname + url.search).data;
}
