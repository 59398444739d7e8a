/*
 * npm run dev: the embedded Supabase and, before it, Vite's development server: what is changed in src/ shows at once.
 * What is changed in supabase/migrations needs a restart.
 */
import { createServer } from 'vite';
import { sampleAccounts } from '../supabase/seed/staff.ts';
import { startBacking } from './support/everything.ts';
import { runMain } from './support/main.ts';
import * as messages from './support/messages.ts';
import { requireFreePorts } from './support/require-ports.ts';
import { root } from './support/root.ts';
import { readSettings } from './support/settings.ts';
import { stopOnSignals } from './support/until-stopped.ts';

const log = (line: string) => console.log(line);

runMain(async () => {
	const settings = readSettings(process.env);
	const stopper = stopOnSignals(() => log(messages.stopping));
	await requireFreePorts(settings);
	const { supabase, environment, stop } = await startBacking(settings, true, log);
	stopper.add(stop);
	// `$env/dynamic/private` reads these in development.
	Object.assign(process.env, environment.vars, environment.secrets);
	const vite = await createServer({
		root,
		server: { host: '127.0.0.1', port: settings.port, strictPort: true }
	});
	await vite.listen();
	stopper.add(() => vite.close());
	log(
		messages.ready(
			{
				site: `http://127.0.0.1:${settings.port}`,
				mailbox: supabase.mailboxUrl,
				supabase: supabase.url,
				databaseUrl: supabase.databaseUrl
			},
			await sampleAccounts()
		)
	);
});
