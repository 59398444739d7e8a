import { environment } from '$lib/server/environment';
import { answerProblem } from '$lib/server/machine';
import { machineRoute } from '$lib/server/machine-route';
import { secretClient } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';

/** What runs every night, called by the deployed entry's `scheduled` handler with the internal secret. */
export const POST = machineRoute(async ({ request }) => {
	const { CRON_SECRET } = environment();
	if (!CRON_SECRET || !(await sameSecret(request.headers.get('authorization') ?? '', `Bearer ${CRON_SECRET}`))) {
		return answerProblem(401, 'Not authorised', 'This address is for the scheduler alone.');
	}
	const places = available(await secretClient().rpc('refresh_directory'));
	return Response.json({ places }, { headers: { 'cache-control': 'no-store' } });
});

/** Compares digests, so that the time it takes says nothing of the secret. */
async function sameSecret(given: string, expected: string): Promise<boolean> {
	const digest = async (text: string) =>
		new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
	const [a, b] = await Promise.all([digest(given), digest(expected)]);
	return a.reduce((difference, byte, index) => difference | (byte ^ b[index]!), 0) === 0;
}
