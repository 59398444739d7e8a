/**
 * A request while it is written (DESIGN §6). Before its address is proved it lies sealed under a secret that only the cookie has; then
 * it is the person's own, and the cookie only says which one is open.
 */
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { clientNetwork } from '$lib/people/client-network';
import { hashKey, keyring } from '$lib/server/keyring';
import { keyedHash } from '$lib/server/keyed-hash';
import { logFailure } from '$lib/server/log';
import { seal, SealBroken, unseal } from '$lib/server/seal';
import { available } from '$lib/server/unavailable';
import type { Draft } from './request';

type DraftEvent = Pick<RequestEvent, 'cookies' | 'url' | 'locals' | 'route' | 'getClientAddress'>;

const COOKIE = 'referring';

/** Which draft is open on this device, and the secret that opens it; none for one's own. */
interface Pointer {
	id: string;
	secret?: string;
}

export interface OpenDraft extends Pointer {
	draft: Draft;
	version: number;
}

/** The draft that is open; that there is none; that it is over (idle, or discarded elsewhere); or that its owner has to sign in. */
export type Opened = OpenDraft | 'none' | 'gone' | 'sign in';

function readPointer({ cookies }: DraftEvent): Pointer | null {
	const [, id, secret] = /^([0-9a-f-]{36})(?:\.([0-9a-f]{64}))?$/.exec(cookies.get(COOKIE) ?? '') ?? [];
	return id ? { id, secret } : null;
}

/** A cookie of the session: it goes when the browser is closed. */
function point({ cookies, url }: DraftEvent, { id, secret }: Pointer): void {
	cookies.set(COOKIE, secret ? `${id}.${secret}` : id, {
		path: '/refer',
		httpOnly: true,
		secure: url.protocol === 'https:',
		sameSite: 'lax'
	});
}

export const forgetDraft = ({ cookies }: Pick<DraftEvent, 'cookies'>): void =>
	cookies.delete(COOKIE, { path: '/refer' });

const secretHash = (secret: string) => keyedHash(hashKey(), 'draft secret', secret);
const draftAt = (row: string) => ({ table: 'referral_drafts', row, column: 'contents' });
const sealDraft = (id: string, draft: Draft, secret?: string) => seal(keyring(), draftAt(id), draft, secret);

const Read = z.object({ contents: z.string(), version: z.number(), owned: z.boolean() }).nullable();

async function read(event: DraftEvent, { id, secret }: Pointer): Promise<OpenDraft | null> {
	const key_hash = secret && (await secretHash(secret));
	const found = Read.parse(available(await event.locals.personal.rpc('read_draft', { draft: id, key_hash })));
	if (!found) return null;
	const own = found.owned ? undefined : secret;
	try {
		const draft = (await unseal(keyring(), draftAt(id), found.contents, own)) as Draft;
		return { id, secret: own, draft, version: found.version };
	} catch (broken) {
		if (!(broken instanceof SealBroken)) throw broken;
		// Its key is gone: so is the draft.
		logFailure(event.locals.requestId, event.route.id, broken);
		return null;
	}
}

/** The draft of the request's cookie. Somebody who has signed in as its address meanwhile owns it from then on. */
export async function openDraft(event: DraftEvent): Promise<Opened> {
	const pointer = readPointer(event);
	if (!pointer) return 'none';
	const open = await read(event, pointer);
	const person = await event.locals.person();
	if (!open) return pointer.secret || person ? 'gone' : 'sign in';
	if (!person && open.draft.resumes) return 'sign in';
	if (!person || !open.secret) return open;
	// A page of somebody else's draft is not shown to whoever signs in here next.
	if (open.draft.resumes) return (await resume(event, open, open.draft.resumes)) ?? 'gone';
	return open.draft.you?.email === person.email ? own(event, open, open.secret) : open;
}

async function own(event: DraftEvent, open: OpenDraft, secret: string): Promise<Opened> {
	const taken = available(
		await event.locals.personal.rpc('own_draft', {
			draft: open.id,
			key_hash: await secretHash(secret),
			contents: await sealDraft(open.id, open.draft),
			expected: open.version
		})
	);
	if (!taken) return (await read(event, { id: open.id })) ?? 'gone';
	point(event, { id: open.id });
	return { id: open.id, draft: open.draft, version: open.version + 1 };
}

/** Puts a page that was sent after the session had ended into the draft that it belongs to. */
async function resume(event: DraftEvent, page: OpenDraft, id: string): Promise<OpenDraft | null> {
	const whole = await read(event, { id });
	if (!whole) return null;
	const pages = { ...page.draft, resumes: undefined };
	const kept = await keepDraft(event, whole, (draft) => ({ ...draft, ...pages }));
	if (kept === 'gone') return null;
	await discard(event, page);
	point(event, { id });
	return kept;
}

/**
 * Begins a draft: one's own for somebody signed in, else under a new secret. One that was open before is left, or thrown away where
 * nobody owns it.
 *
 * @returns null where this client has begun too many within the hour
 */
export async function beginDraft(event: DraftEvent, draft: Draft): Promise<OpenDraft | null> {
	const before = readPointer(event);
	const id = crypto.randomUUID();
	const person = await event.locals.person();
	const secret = person ? undefined : newSecret();
	const begun = available(
		await event.locals.personal.rpc('begin_draft', {
			draft: id,
			// The generated types know no null in arguments.
			key_hash: (secret ? await secretHash(secret) : null) as string,
			contents: await sealDraft(id, draft, secret),
			client_hash: await clientHash(event)
		})
	);
	if (!begun) return null;
	if (before?.secret) await discard(event, before);
	point(event, { id, secret });
	return { id, secret, draft, version: 1 };
}

/** Changes the draft; where another page has changed it meanwhile, what that one says stays too. */
export async function keepDraft(
	event: DraftEvent,
	open: OpenDraft,
	change: (draft: Draft) => Draft
): Promise<OpenDraft | 'gone'> {
	for (let now: OpenDraft | null = open; now; now = await read(event, now)) {
		const draft = change(now.draft);
		const kept = available(
			await event.locals.personal.rpc('keep_draft', {
				draft: now.id,
				key_hash: (now.secret ? await secretHash(now.secret) : null) as string,
				contents: await sealDraft(now.id, draft, now.secret),
				expected: now.version
			})
		);
		if (kept === 'ok') return { ...now, draft, version: now.version + 1 };
		if (kept === 'gone') return 'gone';
	}
	return 'gone';
}

/** Throws the open draft away and forgets it on this device. */
export async function discardDraft(event: DraftEvent): Promise<void> {
	const pointer = readPointer(event);
	if (pointer) await discard(event, pointer);
	forgetDraft(event);
}

async function discard(event: DraftEvent, { id, secret }: Pointer): Promise<void> {
	available(
		await event.locals.personal.rpc('discard_draft', { draft: id, key_hash: secret && (await secretHash(secret)) })
	);
}

/** Opens one of the person's own drafts on this device. */
export const pointToOwn = (event: DraftEvent, id: string): void => point(event, { id });

/** The reference of the referral that this device's draft has become; null where it has not. */
export async function sentAs(event: DraftEvent): Promise<string | null> {
	const pointer = readPointer(event);
	if (!pointer) return null;
	const key_hash = pointer.secret && (await secretHash(pointer.secret));
	return available(await event.locals.personal.rpc('draft_sent', { draft: pointer.id, key_hash })) as string | null;
}

/** The id of the draft that is open on this device. */
export const openId = (event: DraftEvent): string | undefined => readPointer(event)?.id;

/** What the database knows the draft's secret and the client by. */
export const draftKeyHash = async ({ secret }: Pointer): Promise<string> => await secretHash(secret ?? '');
export const clientHash = ({ getClientAddress }: DraftEvent): Promise<string> =>
	keyedHash(hashKey(), 'draft client', clientNetwork(getClientAddress()));

const newSecret = () =>
	Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('');
