/** Empties the outbox of the database. What it needs is handed over, so that tests run it as it is. */
import { systemClock, type Clock } from '$lib/server/clock';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { renderMail, TemplateFault } from './templates';
import type { Delivery, Message } from './transport.server';

export type Send = (message: Message) => Promise<Delivery>;

/** How many messages were sent; were not and will be tried again, or have been tried eight times; or are given up. */
export interface Drained {
	sent: number;
	unsent: number;
	aside: number;
}

export interface DrainOptions {
	siteUrl: string;
	/** How many messages to claim at once, at most 100. */
	n?: number;
	/** For how long nobody else may send what was claimed. */
	leaseSeconds?: number;
	/** How often to claim again while there is more. */
	rounds?: number;
	clock?: Clock;
}

/** A Worker has six connections at once. */
const AT_ONCE = 5;

type Claimed = { id: string; lease: string; template: string; to_address: string; data: unknown };

/**
 * Sends what is due. However many drain at once, each message is sent by one of them; only where this ends between sending
 * and marking is it sent again, after the lease.
 *
 * @throws 503 or Error where the database can't be asked for messages; nothing is lost then
 */
export async function drainOutbox(
	db: Supabase,
	send: Send,
	{ siteUrl, n = 20, leaseSeconds = 60, rounds = 1, clock = systemClock }: DrainOptions
): Promise<Drained> {
	const counts: Drained = { sent: 0, unsent: 0, aside: 0 };
	for (let round = 0; round < rounds; round++) {
		// What has not begun in the first three quarters of the lease is left to whoever claims it next.
		const begunBy = clock.now().getTime() + leaseSeconds * 750;
		const claimed = available(await db.rpc('claim_outbox', { n, lease_seconds: leaseSeconds })) ?? [];
		const waiting = [...claimed];
		const sendInTurn = async () => {
			for (let next = waiting.shift(); next && clock.now().getTime() < begunBy; next = waiting.shift()) {
				counts[await sendOne(db, send, next, siteUrl)]++;
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, sendInTurn));
		if (claimed.length < n) break;
	}
	return counts;
}

async function sendOne(db: Supabase, send: Send, claimed: Claimed, siteUrl: string): Promise<keyof Drained> {
	const { id: message, lease: claim } = claimed;
	const delivery = await attempt(send, claimed, siteUrl);
	if (delivery.sent) {
		await mark(message, () => db.rpc('mark_sent', { message, claim }));
		return 'sent';
	}
	const { why: error, forGood: for_good } = delivery;
	await mark(message, () => db.rpc('mark_unsent', { message, claim, error, for_good }));
	return for_good ? 'aside' : 'unsent';
}

async function attempt(send: Send, { template, to_address: to, data }: Claimed, siteUrl: string): Promise<Delivery> {
	let message: Message;
	try {
		message = { to, ...renderMail(template, data, { siteUrl }) };
	} catch (error) {
		const why = error instanceof TemplateFault ? error.message : `${template} could not be written`;
		return { sent: false, forGood: true, why };
	}
	try {
		return await send(message);
	} catch {
		return { sent: false, forGood: false, why: 'sending failed' };
	}
}

/** A mark that fails is made once more: without it, the message goes out again. */
async function mark(
	id: string,
	call: () => PromiseLike<{ error: unknown; data: boolean | null; status: number }>
): Promise<void> {
	let answer = await call();
	if (answer.error) answer = await call();
	if (answer.error || !answer.data) {
		console.error(JSON.stringify({ problem: 'mail not marked', message: id, status: answer.status }));
	}
}
