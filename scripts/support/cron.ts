/** How often to look whether a new day has begun: a sleeping computer stops the clock of longer timers. */
const LOOK_EVERY = 60_000;

const EACH_MINUTE = 60_000;

const NAMES = { nightly: 'nightly work', mail: 'sending of mail' };

/** Runs one of the site's jobs, as its Cron Trigger does in production. Failures are one line, never the end. */
export async function runCron(
	siteUrl: string,
	secret: string,
	log: (line: string) => void,
	job: keyof typeof NAMES = 'nightly'
): Promise<void> {
	try {
		const response = await fetch(`${siteUrl}/api/cron?job=${job}`, {
			method: 'POST',
			headers: { authorization: `Bearer ${secret}` }
		});
		await response.body?.cancel();
		if (!response.ok) log(`The ${NAMES[job]} was answered ${response.status}.`);
	} catch (error) {
		log(`The ${NAMES[job]} could not be run: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** Calls `work` soon after each local midnight, until the returned function is called. */
export function eachMidnight(work: () => void, today = () => new Date().toDateString()): () => void {
	let day = today();
	const timer = setInterval(() => {
		if (today() === day) return;
		day = today();
		work();
	}, LOOK_EVERY);
	timer.unref();
	return () => clearInterval(timer);
}

/** Calls `work` every minute, never twice at once, until the returned function is called. */
export function eachMinute(work: () => Promise<void>): () => void {
	let busy = false;
	const timer = setInterval(() => {
		if (busy) return;
		busy = true;
		void work().finally(() => (busy = false));
	}, EACH_MINUTE);
	timer.unref();
	return () => clearInterval(timer);
}
