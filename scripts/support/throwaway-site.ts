import { rmSync } from 'node:fs';
import { keep } from '../../supabase/local/keeper.ts';
import { startOnFreePorts } from '../../supabase/local/ports.ts';
import { throwawayFolder } from '../../supabase/local/throwaway.ts';
import { startEverything } from './everything.ts';
import { siteLog } from './site.ts';
import type { Settings } from './settings.ts';

export interface ThrowawaySite {
	/** What a browser test is told: where the site, its log, its mailbox, its Supabase and its database are. */
	environment: Record<string, string>;
	stop(): Promise<void>;
}

/**
 * The built site with the demonstration data, in a folder that is removed afterwards, on the ports of `settings` or
 * the next free ones: it runs beside whatever else is running.
 */
export async function startThrowawaySite(settings: Settings, parent?: string): Promise<ThrowawaySite> {
	const dir = throwawayFolder('browser', parent);
	const release = keep({ kind: 'folder', path: dir });
	const remove = () => {
		rmSync(dir, { recursive: true, force: true });
		release();
	};
	try {
		const everything = await startOnFreePorts(settings.supabasePort, [0, 1, 3], (supabasePort) =>
			startOnFreePorts(settings.port, [0], (port) =>
				startEverything({ ...settings, dir, port, supabasePort }, false, () => {})
			)
		);
		const { site, supabase } = everything;
		return {
			environment: {
				SITE_URL: site.url,
				MAILBOX_URL: supabase.mailboxUrl,
				SUPABASE_URL: supabase.url,
				SUPABASE_SECRET_KEY: supabase.keys.secret,
				DATABASE_URL: supabase.databaseUrl,
				SITE_LOG: siteLog(dir)
			},
			async stop() {
				await everything.stop();
				remove();
			}
		};
	} catch (error) {
		remove();
		throw error;
	}
}
