/**
 * A request while it is written (DESIGN §6). Before its address is proved it lies sealed under a secret that only the cookie has; then
 * it is the person's own, and the cookie only says which one is open.
 */
import type { RequestEvent } from '@sveltejs/kit';
import { logFailure } from '$lib/server/log';
import { SealBroken } from '$lib/server/seal';
import * as sealed from '$lib/server/sealed-drafts.server';
import type { Pointer } from '$lib/server/sealed-drafts.server';
import { available } from '$lib/server/unavailable';
import type { Draft } from './request';

type DraftEvent = Pick<RequestEvent, 'cookies' | 'url' | 'locals' | 'route' | 'getClientAddress'>;

const COOKIE = 'referring';
const PATH = '/refer';

export interface OpenDraft extends Pointer {
	draft: Draft;
	version: number;
}

/** The draft that is open; that there is none; that it is over (idle, or discarded elsewhere); or that its owner has to sign in. */
export type Opened = OpenDraft | 'none' | 'gone' | 'sign in';

/** Which draft is open on this device. */
const readPointer = ({ cookies }: Pick<DraftEvent, 'cookies'>): Pointer | null =>
	sealed.readPointer(cookies.get(COOKIE));

function point({ cookies, url }: DraftEvent, pointer: Pointer): void {
	cookies.set(COOKIE, sealed.writePointer(pointer), sealed.pointerCookie(url, PATH));
}

export const forgetDraft = ({ cookies }: Pick<DraftEvent, 'cookies'>): void => cookies.delete(COOKIE, { path: PATH });

async function read(event: DraftEvent, pointer: Pointer): Promise<OpenDraft | null> {
	const found = await sealed.readDraft(event.locals.personal, pointer);
	if (!(found instanceof SealBroken)) {
		return found && { id: found.id, secret: found.secret, draft: found.contents as Draft, version: found.version };
	}
	// Its key is gone: so is the draft.
	logFailure(event.locals.requestId, event.route.id, found);
	return null;
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

/** A page that was kept by itself, as its owner's session had ended; null where none is open. */
export async function openPage(event: DraftEvent): Promise<OpenDraft | null> {
	const pointer = readPointer(event);
	const open = pointer?.secret ? await read(event, pointer) : null;
	return open?.draft.resumes ? open : null;
}

async function own(event: DraftEvent, open: OpenDraft, secret: string): Promise<Opened> {
	const taken = available(
		await event.locals.personal.rpc('own_draft', {
			draft: open.id,
			key_hash: await sealed.keyHash({ id: open.id, secret }),
			contents: await sealed.sealDraft({ id: open.id }, open.draft),
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
	const { client, safety } = page.draft;
	const kept = await keepDraft(event, whole, (draft) => ({
		...draft,
		...page.draft,
		resumes: undefined,
		// What was left unfinished before stays, but for a page that was sent on since.
		unfinished: {
			client: client ? undefined : draft.unfinished?.client,
			safety: safety ? undefined : draft.unfinished?.safety,
			...page.draft.unfinished
		}
	}));
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
	const person = await event.locals.person();
	const pointer = { id: crypto.randomUUID(), secret: person ? undefined : sealed.newSecret() };
	const begun = await sealed.beginDraft(event.locals.personal, pointer, draft, await sealed.clientHash(event));
	if (!begun) return null;
	if (before?.secret) await discard(event, before);
	point(event, pointer);
	return { ...pointer, draft, version: 1 };
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
				key_hash: await sealed.keyHash(now),
				contents: await sealed.sealDraft(now, draft),
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

const discard = (event: DraftEvent, pointer: Pointer): Promise<void> =>
	sealed.discardDraft(event.locals.personal, pointer);

/** Opens one of the person's own drafts on this device; false where one that nobody owns is open here and would be lost. */
export async function pointToOwn(event: DraftEvent, id: string): Promise<boolean> {
	const open = await openDraft(event);
	if (typeof open === 'object' && open.secret) return false;
	point(event, { id });
	return true;
}

/** The reference of the referral that this device's draft has become; null where it has not. */
export async function sentAs(event: DraftEvent): Promise<string | null> {
	const pointer = readPointer(event);
	if (!pointer) return null;
	const key_hash = await sealed.keyHash(pointer);
	return available(await event.locals.personal.rpc('draft_sent', { draft: pointer.id, key_hash })) as string | null;
}

/** Whether what this device sent is kept until its address is proved, also after its draft is over. */
export async function isKept(event: DraftEvent): Promise<boolean> {
	const pointer = readPointer(event);
	if (!pointer) return false;
	const key_hash = await sealed.keyHash(pointer);
	return available(await event.locals.personal.rpc('draft_kept', { draft: pointer.id, key_hash }));
}

/** The id of the draft that is open on this device. */
export const openId = (event: DraftEvent): string | undefined => readPointer(event)?.id;

/** What the database knows the draft's secret and the client by. */
export { clientHash, keyHash as draftKeyHash } from '$lib/server/sealed-drafts.server';
