/** Sending a request: at once by somebody who has proved their address, else kept until they do. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { drainSoon } from '$lib/mail/outbox.server';
import { available } from '$lib/server/unavailable';
import { clientHash, draftKeyHash, forgetDraft, type OpenDraft } from './drafts.server';
import type { WholeDraft } from './request';
import { sealRequest } from './sealed-request.server';

export type WholeOpenDraft = OpenDraft & { draft: WholeDraft };

const Sent = z.union([z.object({ ok: z.string() }), z.object({ refused: z.string() })]);

/**
 * Sends as the person who is signed in, once however often it is called, and leads to the referral's page.
 *
 * @returns that it was refused, as too many were sent within the hour
 */
export async function sendAsPerson(event: RequestEvent, { id, draft }: WholeOpenDraft): Promise<'refused'> {
	const request = await sealRequest(id, draft);
	const answer = Sent.parse(available(await event.locals.personal.rpc('submit_referral', { draft: id, request })));
	if ('refused' in answer) return 'refused';
	return sent(event, answer.ok);
}

/** Leads to the page of what has been sent. */
export function sent(event: RequestEvent, reference: string): never {
	drainSoon(event);
	forgetDraft(event);
	redirect(303, `/my/referrals/${reference}?done=sent`);
}

const Kept = z.union([
	z.object({ ok: z.string() }),
	z.object({ sent: z.literal(true) }),
	z.object({ refused: z.enum(['gone', 'too_many']) })
]);

/** Keeps a request, seen by nobody, until its address is proved. */
export async function keepUntilProved(
	event: RequestEvent,
	open: WholeOpenDraft
): Promise<'kept' | 'sent' | 'gone' | 'too_many'> {
	const answer = Kept.parse(
		available(
			await event.locals.personal.rpc('keep_unconfirmed', {
				draft: open.id,
				key_hash: await draftKeyHash(open),
				address: open.draft.you.email,
				request: await sealRequest(open.id, open.draft),
				client_hash: await clientHash(event)
			})
		)
	);
	if ('refused' in answer) return answer.refused;
	drainSoon(event);
	return 'ok' in answer ? 'kept' : 'sent';
}

/** Sends what is kept under this draft, as the person who has just proved its address; null where nothing is kept. */
export async function sendKept(event: RequestEvent, draft: string): Promise<string | null> {
	const answer = Sent.parse(available(await event.locals.personal.rpc('settle_unconfirmed', { draft, send: true })));
	return 'ok' in answer ? answer.ok : null;
}
