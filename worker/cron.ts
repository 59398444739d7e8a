/** What each Cron Trigger of wrangler.toml runs: the address that the Worker asks itself. */
export const CRON_JOBS: Readonly<Record<string, string>> = {
	'17 9 * * *': '/api/cron?job=nightly',
	'*/5 * * * *': '/api/cron?job=mail'
};
