/** How often to look whether a new day has begun: a sleeping computer stops the clock of longer timers. */
const LOOK_EVERY = 60_000;

/** Runs the site's nightly work, as the Cron Trigger does in production. Failures are one line, never the end. */
export async function runCron(siteUrl: string, secret: string, log: (line: string) => void): Promise<void> {
	try {
		const response = await fetch(`${siteUrl}/api/cron`, {
			method: 'POST',
			headers: { authorization: `Bearer ${secret}` }
		});
		await response.body?.cancel();
		if (!response.ok) log(`The nightly work was answered ${response.status}.`);
	} catch (error) {
		log(`The nightly work could not be run: ${error instanceof Error ? error.message : String(error)}`);
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
