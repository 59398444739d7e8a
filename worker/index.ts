import app from '../.svelte-kit/cloudflare/_worker.js';
import { answerBasemap, type BasemapBindings } from './basemap.ts';
import { CRON_JOBS } from './cron.ts';
import { withoutForm } from './one-click.ts';

/** The deployed entry: the app's own fetch, the basemap with Range, forms that mail programs send, and the handler for Cron Triggers. */

interface Env extends BasemapBindings {
	CRON_SECRET?: string;
	[binding: string]: unknown;
}

export default {
	fetch(request, env, context) {
		const { pathname } = new URL(request.url);
		if (pathname.startsWith('/basemap/')) return answerBasemap(request, env);
		return app.fetch(withoutForm(request), env, context);
	},

	/** The work is ordinary server code behind an address that only this secret opens. */
	async scheduled({ cron }, env, context) {
		const job = CRON_JOBS[cron];
		if (!job) throw new Error(`There is no job for the trigger ${cron}.`);
		const request = new Request(`https://cron.invalid${job}`, {
			method: 'POST',
			headers: { authorization: `Bearer ${env.CRON_SECRET ?? ''}` }
		});
		const response = await app.fetch(request, env, context);
		if (!response.ok) throw new Error(`Cron was answered ${response.status}.`);
	}
} satisfies ExportedHandler<Env>;
