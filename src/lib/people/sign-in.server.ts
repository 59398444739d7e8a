/** Signing in by a code or a link in a mail (DESIGN §4). Guesses are counted in our database before Auth is asked. */
import { isAuthRetryableFetchError } from '@supabase/supabase-js';
import type { RequestEvent } from '@sveltejs/kit';
import { clientNetwork } from '$lib/server/client-network';
import { keyedHash } from '$lib/server/keyed-hash';
import { hashKey } from '$lib/server/keyring';
import { linkProof } from '$lib/server/link-proof';
import { secretClient, type Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { unmarkSignedIn } from './session.server';

type SignInEvent = Pick<RequestEvent, 'cookies' | 'url' | 'locals' | 'getClientAddress'>;

export type SendOutcome = 'sent' | 'wait' | 'not_sent';
export type GuessOutcome = 'ok' | 'wrong' | 'expired' | 'too_many';

/** Auth counts by the person's own address, which only the secret key may hand on. */
const authFor = ({ getClientAddress }: SignInEvent): Supabase =>
	secretClient({ 'sb-forwarded-for': getClientAddress() });

/** Auth takes an address in any case for the same one, and so is it counted. */
async function hashes({ getClientAddress }: SignInEvent, email: string) {
	return {
		address_hash: await keyedHash(hashKey(), 'sign-in address', email.trim().toLowerCase()),
		client_hash: await keyedHash(hashKey(), 'sign-in client', clientNetwork(getClientAddress()))
	};
}

/** Sends a code, unless too many were asked for. The answer is the same whether or not the address is known. */
export async function sendCode(event: SignInEvent, email: string): Promise<SendOutcome> {
	const allowed = available(await secretClient().rpc('begin_sign_in', await hashes(event, email)));
	if (allowed !== 'ok') return 'wait';
	const { error } = await authFor(event).auth.signInWithOtp({ email, options: { shouldCreateUser: true } });
	if (!error) return 'sent';
	console.error(JSON.stringify({ problem: 'code not sent', code: error.code ?? '', status: error.status ?? 0 }));
	return error.code?.startsWith('over_') ? 'wait' : 'not_sent';
}

/** Signs in with the six digits; each call is one of five guesses. */
export async function signInWithCode(event: SignInEvent, email: string, code: string): Promise<GuessOutcome> {
	const hashed = await hashes(event, email);
	const counted = available(await secretClient().rpc('count_guess', hashed));
	if (counted !== 'ok') return counted === 'too_many' ? 'too_many' : 'expired';
	const { data } = await authFor(event).auth.verifyOtp({ email, token: code, type: 'email' });
	if (!data.session) return 'wrong';
	await secretClient().rpc('forget_code', { address_hash: hashed.address_hash });
	await begin(event, data.session);
	return 'ok';
}

/** Signs in with the hash in the mailed link and what proves that the link is ours. */
export async function signInWithLink(event: SignInEvent, tokenHash: string, proof: string): Promise<boolean> {
	if ((await linkProof(hashKey(), tokenHash)) !== proof) return false;
	const { data } = await authFor(event).auth.verifyOtp({ token_hash: tokenHash, type: 'email' });
	if (!data.session) return false;
	// The code of the same mail is used with it.
	const { address_hash } = await hashes(event, data.user?.email ?? '');
	await secretClient().rpc('forget_code', { address_hash });
	await begin(event, data.session);
	return true;
}

/** A new session, whoever was signed in here before: that one ends. */
async function begin({ locals }: SignInEvent, session: { access_token: string; refresh_token: string }): Promise<void> {
	await locals.personal.auth.signOut({ scope: 'local' });
	const { error } = await locals.personal.auth.setSession(session);
	if (error) throw new Error(`The session was not kept: ${error.code ?? error.status ?? ''}`);
	available(await locals.personal.rpc('begin_session'));
}

/**
 * Ends the session here, or everywhere: first the staff sessions, which are ours, then Auth's.
 *
 * @returns false where Auth could not be told; the person is still signed in
 */
export async function signOut(
	{ cookies, locals }: Pick<RequestEvent, 'cookies' | 'locals'>,
	scope: 'local' | 'global'
): Promise<boolean> {
	await locals.personal.rpc('end_session', { everywhere: scope === 'global' });
	const { error } = await locals.personal.auth.signOut({ scope });
	if (error && isAuthRetryableFetchError(error)) return false;
	unmarkSignedIn(cookies);
	return true;
}
