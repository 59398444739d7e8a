/**
 * What somebody has typed and not sent, sealed in the database: under a secret that only a cookie on their device has, or as their own
 * once they are signed in.
 */
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { clientNetwork } from './client-network';
import { keyedHash } from './keyed-hash';
import { hashKey, keyring } from './keyring';
import { seal, SealBroken, unseal } from './seal';
import type { Supabase } from './supabase';
import { available } from './unavailable';

/** Which draft, and the secret that opens it; none for one's own. */
export interface Pointer {
	id: string;
	secret?: string;
}

/** What it is sealed as has at most 100,000 letters; its JSON, in UTF-8, at most so many bytes. */
export const MOST_BYTES = 74_000;

/** A pointer as a cookie has it; null for anything else. */
export function readPointer(text: string | undefined): Pointer | null {
	const [, id, secret] = /^([0-9a-f-]{36})(?:\.([0-9a-f]{64}))?$/.exec(text ?? '') ?? [];
	return id ? { id, secret } : null;
}

export const writePointer = ({ id, secret }: Pointer): string => (secret ? `${id}.${secret}` : id);

/** A cookie of the session: it goes when the browser is closed. */
export const pointerCookie = (url: URL, path: string) => ({
	path,
	httpOnly: true,
	secure: url.protocol === 'https:',
	sameSite: 'lax' as const
});

export const newSecret = (): string =>
	Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What the database knows the secret by; null without one, which the generated types don't know in arguments. */
export const keyHash = async ({ secret }: Pointer): Promise<string> =>
	(secret ? await keyedHash(hashKey(), 'draft secret', secret) : null) as string;

/** What the database counts a client's drafts by. */
export const clientHash = ({ getClientAddress }: Pick<RequestEvent, 'getClientAddress'>): Promise<string> =>
	keyedHash(hashKey(), 'draft client', clientNetwork(getClientAddress()));

const draftAt = (row: string) => ({ table: 'referral_drafts', row, column: 'contents' });

/** The contents as they are stored. @param contents anything JSON can say */
export const sealDraft = ({ id, secret }: Pointer, contents: unknown): Promise<string> =>
	seal(keyring(), draftAt(id), contents, secret);

/** Begins one; false where this client has begun too many within the hour. */
export async function beginDraft(
	db: Supabase,
	pointer: Pointer,
	contents: unknown,
	client_hash: string
): Promise<boolean> {
	return available(
		await db.rpc('begin_draft', {
			draft: pointer.id,
			key_hash: await keyHash(pointer),
			contents: await sealDraft(pointer, contents),
			client_hash
		})
	);
}

export interface ReadDraft extends Pointer {
	contents: unknown;
	version: number;
}

const Stored = z.object({ contents: z.string(), version: z.number(), owned: z.boolean() }).nullable();

/** The draft, opened; null where there is none that this pointer opens. What the keys don't open is given as its error. */
export async function readDraft(db: Supabase, pointer: Pointer): Promise<ReadDraft | SealBroken | null> {
	const { id } = pointer;
	const stored = Stored.parse(available(await db.rpc('read_draft', { draft: id, key_hash: await keyHash(pointer) })));
	if (!stored) return null;
	const secret = stored.owned ? undefined : pointer.secret;
	try {
		return {
			id,
			secret,
			contents: await unseal(keyring(), draftAt(id), stored.contents, secret),
			version: stored.version
		};
	} catch (broken) {
		if (broken instanceof SealBroken) return broken;
		throw broken;
	}
}

export async function discardDraft(db: Supabase, pointer: Pointer): Promise<void> {
	available(await db.rpc('discard_draft', { draft: pointer.id, key_hash: await keyHash(pointer) }));
}
