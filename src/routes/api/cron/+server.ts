import { drainMail } from '$lib/mail/outbox.server';
import { environment } from '$lib/server/environment';
import { answerProblem } from '$lib/server/machine';
import { machineRoute } from '$lib/server/machine-route';
import { secretClient } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';

type Platform = Readonly<App.Platform> | undefined;

/** Two hundred messages: what one run can send well within its time and its number of requests. */
const ROUNDS = 10;

const mail = (platform: Platform) => drainMail(platform, ROUNDS);

/** Ten thousand of each a night, 500 at a time. */
const ERASING_ROUNDS = 20;

/** How many were erased whose time to be kept is over. */
async function erased(by: 'erase_old_referrals' | 'erase_enrolments'): Promise<number> {
	let gone = 0;
	for (let round = 0; round < ERASING_ROUNDS; round++) {
		const more = available(await secretClient().rpc(by));
		if (more === 0) break;
		gone += more;
	}
	return gone;
}

/** What is run for each name, in this order; each whether or not the others fail. */
const JOBS = {
	/** Every few minutes. */
	mail: {
		forgotten_requests: async () => available(await secretClient().rpc('purge_requests')),
		escalated_referrals: async () => available(await secretClient().rpc('escalate_referrals')),
		trainings: async () => available(await secretClient().rpc('advance_cohorts')),
		expired_offers: async () => available(await secretClient().rpc('expire_offers')),
		class_reminders: async () => available(await secretClient().rpc('remind_classes')),
		late_meetings: async () => available(await secretClient().rpc('tell_late_meetings')),
		mail
	},
	nightly: {
		places: async () => available(await secretClient().rpc('refresh_directory')),
		ending_reminders: async () => available(await secretClient().rpc('remind_endings')),
		waiting_for_trainings: async () => available(await secretClient().rpc('tend_interest')),
		mail,
		forgotten_mail: async () => available(await secretClient().rpc('purge_outbox')),
		forgotten_sign_in: async () => available(await secretClient().rpc('purge_sign_in')),
		erased_referrals: () => erased('erase_old_referrals'),
		erased_enrolments: () => erased('erase_enrolments')
	}
} satisfies Record<string, Record<string, (platform: Platform) => Promise<unknown>>>;

/** `POST /api/cron?job=mail|nightly`, called by the deployed entry's `scheduled` handler with the internal secret. */
export const POST = machineRoute(async ({ request, url, platform }) => {
	const { CRON_SECRET } = environment();
	if (!CRON_SECRET || !(await sameSecret(request.headers.get('authorization') ?? '', `Bearer ${CRON_SECRET}`))) {
		return answerProblem(401, 'Not authorised', 'This address is for the scheduler alone.');
	}
	const job = url.searchParams.get('job') ?? 'nightly';
	if (job !== 'mail' && job !== 'nightly') return answerProblem(400, 'Bad request', 'The jobs are mail and nightly.');
	const done: Record<string, unknown> = {};
	const failures: unknown[] = [];
	for (const [name, work] of Object.entries(JOBS[job])) {
		try {
			done[name] = (await work(platform)) ?? true;
		} catch (error) {
			console.error(JSON.stringify({ problem: 'cron', part: name }));
			failures.push(error);
		}
	}
	if (failures.length > 0) throw failures[0];
	return Response.json(done, { headers: { 'cache-control': 'no-store' } });
});

/** Compares digests, so that the time it takes says nothing of the secret. */
async function sameSecret(given: string, expected: string): Promise<boolean> {
	const digest = async (text: string) =>
		new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
	const [a, b] = await Promise.all([digest(given), digest(expected)]);
	return a.reduce((difference, byte, index) => difference | (byte ^ b[index]!), 0) === 0;
}
