import { createHmac, randomUUID } from 'node:crypto';

export interface TokenSubject {
	id: string;
	email: string;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * A session token as hosted Supabase's Auth issues it to a signed-in person (HS256).
 *
 * @param lifetime seconds until it expires; negative for one that has
 * @see https://supabase.com/docs/guides/auth/jwt-fields
 */
export function signToken(user: TokenSubject, secret: string, lifetime = 3600): string {
	const now = Math.floor(Date.now() / 1000);
	const header = encode({ alg: 'HS256', typ: 'JWT' });
	const payload = encode({
		aud: 'authenticated',
		sub: user.id,
		email: user.email,
		phone: '',
		role: 'authenticated',
		aal: 'aal1',
		amr: [{ method: 'otp', timestamp: now }],
		session_id: randomUUID(),
		is_anonymous: false,
		app_metadata: { provider: 'email', providers: ['email'] },
		user_metadata: {},
		iat: now,
		exp: now + lifetime
	});
	const signature = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
	return `${header}.${payload}.${signature}`;
}
