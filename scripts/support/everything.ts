import { randomBytes } from 'node:crypto';
import { startLocalSupabase, type LocalSupabase } from '../../supabase/local/index.ts';
import { serveBasemap } from './basemap-file.ts';
import { runCron } from './cron.ts';
import { loadOnce } from './demonstration.ts';
import { contactSettings, type Settings } from './settings.ts';
import { startSite, type Site } from './site.ts';

/** People behind the demonstration, invented; an address that ends in `.example` is marked as a sample on the page. */
const DEMONSTRATION_CONTACT = {
	CONTACT_NAME: 'Sample Peer Support Programme',
	CONTACT_PHONE: '604-555-0100',
	CONTACT_EMAIL: 'hello@bearings.example',
	CONTACT_HOURS: 'Monday to Friday, 9:00 to 16:30',
	CONTACT_ADDRESS: '100 Sample Street, Vancouver'
};

/** Whom the local site's mail is from: nobody. */
const MAIL_FROM = 'Bearings <hello@bearings.example>';

/** Public and the same on every machine, so that what was hashed yesterday is found today. A deployed site has its own. */
const LOCAL_HASH_KEY = 'local-only-hash-key-not-a-secret-000000';

/** The same holds of what is sealed on this machine: it is invented. */
export const LOCAL_SEAL_KEYS = 'local1.6c6f63616c2d6f6e6c792d7365616c2d6b65792d6e6f742d612d736563726574';

/** What the site has to be told; the names are those of the deployed Worker's settings and secrets. */
export interface SiteEnvironment {
	vars: Record<string, string>;
	secrets: Record<string, string>;
}

export interface Backing {
	supabase: LocalSupabase;
	environment: SiteEnvironment;
	cronSecret: string;
	stop(): Promise<void>;
}

/** Starts all that the site stands on: the embedded Supabase, migrated and filled, and the basemap if one is named. */
export async function startBacking(
	settings: Settings,
	durable: boolean,
	log: (line: string) => void
): Promise<Backing> {
	const basemap = settings.basemap ? await serveBasemap(settings.basemap) : null;
	const siteUrl = `http://127.0.0.1:${settings.port}`;
	// Hexadecimal digits are base64 too, which needs no quoting then.
	const hookSecret = `whsec_${randomBytes(24).toString('hex')}`;
	let supabase: LocalSupabase | null = null;
	const stop = async () => {
		basemap?.close();
		await supabase?.stop();
	};
	try {
		supabase = await startLocalSupabase({ ...settings, durable, siteUrl, sendEmailHookSecret: hookSecret });
		await loadOnce(supabase, log);
	} catch (error) {
		await stop();
		throw error;
	}
	const cronSecret = randomBytes(24).toString('base64url');
	const environment = {
		vars: {
			SITE_URL: siteUrl,
			SUPABASE_URL: supabase.url,
			SUPABASE_PUBLISHABLE_KEY: supabase.keys.publishable,
			MAILBOX_URL: supabase.mailboxUrl,
			MAIL_FROM,
			...(basemap ? { BASEMAP_URL: '/basemap/basemap.pmtiles', BASEMAP_ORIGIN: basemap.origin } : {}),
			...DEMONSTRATION_CONTACT,
			...contactSettings(process.env)
		},
		secrets: {
			SUPABASE_SECRET_KEY: supabase.keys.secret,
			CRON_SECRET: cronSecret,
			HASH_KEY: LOCAL_HASH_KEY,
			SEAL_KEYS: process.env.SEAL_KEYS?.trim() || LOCAL_SEAL_KEYS,
			SEND_EMAIL_HOOK_SECRET: hookSecret
		}
	};
	return { supabase, environment, cronSecret, stop };
}

export interface Everything extends Backing {
	site: Site;
}

/** The whole of it: what the site stands on, and the built site, answering, with its nightly work done once. */
export async function startEverything(
	settings: Settings,
	durable: boolean,
	log: (line: string) => void
): Promise<Everything> {
	const backing = await startBacking(settings, durable, log);
	try {
		const site = await startSite({ ...settings, ...backing.environment });
		await runCron(site.url, backing.cronSecret, log);
		return {
			...backing,
			site,
			async stop() {
				await site.stop();
				await backing.stop();
			}
		};
	} catch (error) {
		await backing.stop();
		throw error;
	}
}
