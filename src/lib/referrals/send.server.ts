/** Sending a request: at once by somebody who has proved their address, else kept until they do. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { available } from '$lib/server/unavailable';
import { clientHash, draftKeyHash, forgetDraft, type OpenDraft } from './drafts.server';
import type { WholeDraft } from './request';
import { sealRequest } from './sealed-request.server';

export type WholeOpenDraft = OpenDraft & { draft: WholeDraft };

const Sent = z.union([z.object({ ok: z.string() }), z.object({ refused: z.enum(['too_many', 'not_found']) })]);

const REFUSALS = {
	too_many: { sentence: m.request_too_many, status: 429 },
	not_found: { sentence: m.request_not_found, status: 409 }
} as const;

/**
 * Sends as the person who is signed in, once however often it is called, and leads to the referral's page. What was kept of it until
 * the address is proved is let go of.
 *
 * @returns why not: a sentence, and the answer's status
 */
export async function sendAsPerson(event: RequestEvent, { id, draft }: WholeOpenDraft) {
	const request = await sealRequest(id, draft);
	const answer = Sent.parse(available(await event.locals.personal.rpc('submit_referral', { draft: id, request })));
	if ('refused' in answer) return REFUSALS[answer.refused];
	drainSoon(event);
	forgetDraft(event);
	redirect(303, `/my/referrals/${answer.ok}?done=sent`);
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
