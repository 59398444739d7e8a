/**
 * What staff have typed into a form and sent after their session had ended. It lies sealed under a secret that only a cookie of the
 * form's page has, for half an hour, and is put back into the form for the same person alone.
 */
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { keyedHash } from '$lib/server/keyed-hash';
import { hashKey } from '$lib/server/keyring';
import { logFailure } from '$lib/server/log';
import { SealBroken } from '$lib/server/seal';
import * as drafts from '$lib/server/sealed-drafts.server';
import { actionIn, hasTyped, pageOf, type KeptHere } from './kept-form';

const Kept = z.object({ action: z.string(), fields: z.array(z.tuple([z.string(), z.string()])) });

interface KeptForm {
	pointer: drafts.Pointer;
	/** Null where the keys don't open it any more. */
	typed: FormData | null;
	/** The name of the form's action. */
	action?: string;
}

/** Says in a form who types into it, without saying who. */
export const typedBy = (person: string): Promise<string> => keyedHash(hashKey(), 'staff form of', person);

/** A page's own, so that another page with the same beginning does not take it for its own. */
const cookieOf = async (page: URL): Promise<string> =>
	`kept_${(await keyedHash(hashKey(), 'kept form at', pageOf(page))).slice(0, 16)}`;

/**
 * Keeps the form that this request brings, before its sender is asked to sign in again. Nothing is kept where nothing was typed or the
 * form does not say by whom, nor is what is too long to keep, or one too many from the same client.
 */
export async function keepForm(event: RequestEvent): Promise<void> {
	const fields = await fieldsOf(event.request);
	if (!hasTyped(fields)) return;
	const contents: z.infer<typeof Kept> = { action: actionIn(event.url), fields };
	if (new TextEncoder().encode(JSON.stringify(contents)).length > drafts.MOST_BYTES) return;
	const pointer = { id: crypto.randomUUID(), secret: drafts.newSecret() };
	// As a visitor, whoever's session may still be there: nobody owns it but by the secret.
	const begun = await drafts.beginDraft(event.locals.supabase, pointer, contents, await drafts.clientHash(event));
	if (!begun) return;
	const { pathname } = event.url;
	event.cookies.set(await cookieOf(event.url), drafts.writePointer(pointer), drafts.pointerCookie(event.url, pathname));
}

/** So long is the longest form that could be kept, as a browser sends it. */
const MOST_SENT = 4 * drafts.MOST_BYTES;

/** What is no form brings none. */
async function fieldsOf(request: Request): Promise<[string, string][]> {
	const length = Number(request.headers.get('content-length'));
	if (request.method !== 'POST' || request.bodyUsed || length > MOST_SENT) return [];
	const data = await request
		.clone()
		.formData()
		.catch(() => []);
	return [...data].filter((field): field is [string, string] => typeof field[1] === 'string');
}

/** The layout, the page and its action all ask; it is read once a request. */
const opened = new WeakMap<App.Locals, ReturnType<typeof open>>();

async function open(event: RequestEvent): Promise<KeptForm | null> {
	const pointer = drafts.readPointer(event.cookies.get(await cookieOf(event.url)));
	const found = pointer && (await drafts.readDraft(event.locals.supabase, pointer));
	if (!pointer || !found) return null;
	if (found instanceof SealBroken) {
		logFailure(event.locals.requestId, event.route.id, found);
		return { pointer, typed: null };
	}
	const { action, fields } = Kept.parse(found.contents);
	const typed = new FormData();
	for (const [name, value] of fields) typed.append(name, value);
	const person = await event.locals.person();
	const isTheirs = person !== null && typed.get('typed_by') === (await typedBy(person.id));
	return isTheirs ? { pointer, action, typed } : null;
}

function openOnce(event: RequestEvent): ReturnType<typeof open> {
	let asked = opened.get(event.locals);
	if (!asked) opened.set(event.locals, (asked = open(event)));
	return asked;
}

/** @param action of which form, on a page with several */
async function keptOf(event: RequestEvent, action?: string): Promise<KeptForm | null> {
	const kept = await openOnce(event);
	return kept && (action === undefined || action === kept.action) ? kept : null;
}

/** What this person had typed on this page before they were signed out; null where there is nothing to put back. */
export const typedBefore = async (event: RequestEvent, action?: string): Promise<FormData | null> =>
	(await keptOf(event, action))?.typed ?? null;

/** What the page says of it, and what it throws it away by; null where nothing was kept. */
export async function keptHere(event: RequestEvent): Promise<KeptHere | null> {
	const kept = await openOnce(event);
	if (!kept) return null;
	const { pointer, typed, action } = kept;
	return { isBroken: typed === null, action, pointer: drafts.writePointer(pointer), page: pageOf(event.url) };
}

/** Forgets what was kept of a form that has now been sent. */
export async function forgetTyped(event: RequestEvent, action?: string): Promise<void> {
	const kept = await keptOf(event, action);
	if (kept) await discard(event, event.url, kept.pointer);
}

/** Throws away what was kept for another page, by what `keptHere` said there. */
export async function startAfresh(event: RequestEvent, page: URL, written: string): Promise<void> {
	const pointer = drafts.readPointer(written);
	if (pointer) await discard(event, page, pointer);
}

async function discard({ cookies, locals }: RequestEvent, page: URL, pointer: drafts.Pointer): Promise<void> {
	await drafts.discardDraft(locals.supabase, pointer);
	cookies.delete(await cookieOf(page), { path: page.pathname });
}
