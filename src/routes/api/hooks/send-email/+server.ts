import { sendNow } from '$lib/mail/outbox.server';
import { readHook } from '$lib/mail/send-email-hook';
import { TemplateFault } from '$lib/mail/templates';
import { linkProof } from '$lib/server/link-proof';
import { environment } from '$lib/server/environment';
import { answerProblem } from '$lib/server/machine';
import { machineRoute } from '$lib/server/machine-route';

/** Auth sends no more than 20 kB. */
const LARGEST_BODY = 100_000;

const REFUSALS: Record<'not_signed' | 'malformed' | 'not_ours' | 'too_large', [number, string, string]> = {
	not_signed: [401, 'Not authorised', 'This address is for the sign-in service alone.'],
	malformed: [400, 'Bad request', 'This is not what the Send Email hook sends.'],
	not_ours: [422, 'Not sent', 'Bearings sends mail for signing in with a code, and no other of its kind.'],
	too_large: [413, 'Too large', 'This is more than the Send Email hook sends.']
};

const refuse = (why: keyof typeof REFUSALS) => answerProblem(...REFUSALS[why]);

/** Called by Supabase Auth (its Send Email hook) with a code; sent at once and not kept. */
export const POST = machineRoute(async ({ request, platform }) => {
	const { HASH_KEY, SEND_EMAIL_HOOK_SECRET, SITE_URL } = environment();
	if (!HASH_KEY || !SEND_EMAIL_HOOK_SECRET || !SITE_URL) {
		console.error(JSON.stringify({ problem: 'HASH_KEY, SEND_EMAIL_HOOK_SECRET or SITE_URL is not set' }));
		return refuse('not_signed');
	}
	if (Number(request.headers.get('content-length')) > LARGEST_BODY) return refuse('too_large');
	const asked = readHook(await request.text(), request.headers, SEND_EMAIL_HOOK_SECRET, SITE_URL);
	if (!asked.ok) return refuse(asked.refused);
	try {
		const delivery = await sendNow(platform, asked.to, 'sign_in', {
			...asked.data,
			proof: await linkProof(HASH_KEY, asked.data.token_hash)
		});
		if (delivery.sent) return Response.json({}, { headers: { 'cache-control': 'no-store' } });
		console.error(JSON.stringify({ problem: 'code not mailed', why: delivery.why }));
		// Auth tries again where it is told 503 with this header.
		if (!delivery.forGood) return answerProblem(503, 'Not sent', 'The mail could not be sent.', { 'retry-after': '2' });
		return answerProblem(422, 'Not sent', 'The mail was refused.');
	} catch (error) {
		if (error instanceof TemplateFault) return refuse('malformed');
		throw error;
	}
});
