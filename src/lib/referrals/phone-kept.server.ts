/**
 * What was typed from a phone call and sent after the session had ended. It lies sealed under a secret that only the cookie has, for
 * half an hour, and is put back into the form for the same person alone.
 */
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { hashKey, keyring } from '$lib/server/keyring';
import { keyedHash } from '$lib/server/keyed-hash';
import { seal, unseal } from '$lib/server/seal';
import { available } from '$lib/server/unavailable';
import { clientHash, draftKeyHash } from './drafts.server';

const COOKIE = 'entering';
const PATH = '/desk/referrals/new';

/** Sealed, it fits into its column. */
const MOST = 20_000;

const keptAt = (row: string) => ({ table: 'referral_drafts', row, column: 'contents' });

const Fields = z.array(z.tuple([z.string(), z.string()]));

/** Says in a form whose it is, without saying who. */
export const whoseForm = (person: string): Promise<string> => keyedHash(hashKey(), 'phone entry of', person);

function readPointer({ cookies }: RequestEvent): { id: string; secret: string } | null {
	const [, id, secret] = /^([0-9a-f-]{36})\.([0-9a-f]{64})$/.exec(cookies.get(COOKIE) ?? '') ?? [];
	return id && secret ? { id, secret } : null;
}

/** Keeps a form that nobody is signed in for. What is too long to keep, or one too many from the same client, is not kept. */
export async function keepTyped(event: RequestEvent, data: FormData): Promise<void> {
	const fields = [...data].filter((field): field is [string, string] => typeof field[1] === 'string');
	if (JSON.stringify(fields).length > MOST) return;
	const id = crypto.randomUUID();
	const secret = [crypto.randomUUID(), crypto.randomUUID()].join('').replaceAll('-', '');
	const begun = available(
		await event.locals.personal.rpc('begin_draft', {
			draft: id,
			key_hash: await draftKeyHash({ id, secret }),
			contents: await seal(keyring(), keptAt(id), fields, secret),
			client_hash: await clientHash(event)
		})
	);
	if (!begun) return;
	event.cookies.set(COOKIE, `${id}.${secret}`, {
		path: PATH,
		httpOnly: true,
		secure: event.url.protocol === 'https:',
		sameSite: 'lax'
	});
}

/** What was kept of this person's form; null where there is nothing, or it is somebody else's. */
export async function readTyped(event: RequestEvent, person: string): Promise<FormData | null> {
	const pointer = readPointer(event);
	if (!pointer) return null;
	const { id, secret } = pointer;
	const found = available(
		await event.locals.personal.rpc('read_draft', { draft: id, key_hash: await draftKeyHash(pointer) })
	);
	const contents = z.object({ contents: z.string() }).safeParse(found).data?.contents;
	if (contents === undefined) return null;
	const data = new FormData();
	for (const [name, value] of Fields.parse(await unseal(keyring(), keptAt(id), contents, secret)))
		data.append(name, value);
	return data.get('whose') === (await whoseForm(person)) ? data : null;
}

/** Throws away what was kept. */
export async function forgetTyped(event: RequestEvent): Promise<void> {
	const pointer = readPointer(event);
	if (!pointer) return;
	available(
		await event.locals.personal.rpc('discard_draft', { draft: pointer.id, key_hash: await draftKeyHash(pointer) })
	);
	event.cookies.delete(COOKIE, { path: PATH });
}
