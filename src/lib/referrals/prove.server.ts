/** Proving the request's address by the code that was mailed, on the last page and after it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import { Code } from '$lib/people/sign-in-schemas';
import { signInWithCode } from '$lib/people/sign-in.server';
import { sentAs } from './drafts.server';

/** The code, or nothing where it hasn't come. */
export const MaybeCode = z.object({ code: z.union([z.literal(''), Code.shape.code]).default('') });

const SENTENCES = { wrong: m.sign_in_wrong, expired: m.sign_in_expired, too_many: m.sign_in_too_many };

/** Signs in with the code; the sentence that says why not. A reference: the same press has sent the request meanwhile. */
export async function prove(
	event: RequestEvent,
	email: string,
	code: string
): Promise<{ proved: true } | { wrong: string } | { reference: string }> {
	const outcome = await signInWithCode(event, email, code);
	if (outcome === 'ok') return { proved: true };
	// A double press: the first has used the code up and is about to be done.
	for (let look = 0; look < 3; look++) {
		const reference = await sentAs(event);
		if (reference) return { reference };
		await sleep(300);
	}
	return { wrong: SENTENCES[outcome]() };
}

const NOTICES: Record<string, () => string> = {
	sent: m.sign_in_sent_again,
	wait: m.sign_in_wait,
	not_sent: m.sign_in_not_sent
};

/** What a page says after another code was asked for, which its address has as `?code=…`. */
export const codeNotice = (url: URL): string | null => NOTICES[url.searchParams.get('code') ?? '']?.() ?? null;
