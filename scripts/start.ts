/*
 * npm start: builds the site if anything changed, starts the embedded Supabase, migrates it, fills it with the
 * demonstration data, serves the built Worker, and prints the addresses once it answers.
 */
import path from 'node:path';
import { sampleAccounts } from '../supabase/seed/staff.ts';
import { build } from './support/build.ts';
import { eachMidnight, eachMinute, runCron } from './support/cron.ts';
import { startEverything } from './support/everything.ts';
import { runMain } from './support/main.ts';
import * as messages from './support/messages.ts';
import { requireFreePorts } from './support/require-ports.ts';
import { readSettings } from './support/settings.ts';
import { stopTools } from './support/run-tool.ts';
import { stopOnSignals } from './support/until-stopped.ts';

const log = (line: string) => console.log(line);

runMain(async () => {
	const settings = readSettings(process.env);
	const stopper = stopOnSignals(() => log(messages.stopping));
	stopper.add(stopTools);
	await requireFreePorts(settings);
	await build(log);
	const { site, supabase, cronSecret, stop } = await startEverything(settings, true, log);
	stopper.add(stop);
	const cronLog = (line: string) => {
		if (!stopper.stopping()) log(line);
	};
	stopper.add(eachMidnight(() => void runCron(site.url, cronSecret, cronLog)));
	stopper.add(eachMinute(() => runCron(site.url, cronSecret, cronLog, 'mail')));
	const logs = path.join(settings.dir, 'logs');
	void site.exited.then(() => fail(messages.siteEnded(path.join(logs, 'site.log'))));
	void supabase.ended.then(() => fail(messages.databaseEnded(path.join(logs, 'postgres.log'))));
	log(
		messages.ready(
			{
				site: site.url,
				mailbox: supabase.mailboxUrl,
				supabase: supabase.url,
				databaseUrl: supabase.databaseUrl
			},
			await sampleAccounts()
		)
	);

	function fail(sentence: string): void {
		if (stopper.stopping()) return;
		console.error(`\n${sentence}`);
		void stopper.now(1);
	}
});
