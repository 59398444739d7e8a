import path from 'node:path';
import { Trouble } from '../../supabase/local/trouble.ts';
import * as messages from './messages.ts';
import { root } from './root.ts';

export interface Settings {
	/** The site. */
	port: number;
	/** REST, auth and storage; PostgreSQL is on the next port, the mailbox on the third from here. */
	supabasePort: number;
	/** Holds everything that is kept between runs. */
	dir: string;
	/** A PMTiles archive to draw streets from, if one was named. */
	basemap: string | null;
}

type Environment = Record<string, string | undefined>;

/**
 * Where things run, from PORT, SUPABASE_PORT, LOCAL_DIR and BASEMAP_PMTILES.
 *
 * @throws Trouble when a port is none, or the site's is one of Supabase's
 */
export function readSettings(env: Environment, defaults = { port: 8787, supabasePort: 54_321 }): Settings {
	const port = readPort(env, 'PORT', defaults.port);
	const supabasePort = readPort(env, 'SUPABASE_PORT', defaults.supabasePort);
	const clash = [0, 1, 3].some((offset) => supabasePort + offset === port);
	if (clash || supabasePort + 3 > 65_535) throw new Trouble(messages.portsClash(port, supabasePort));
	return {
		port,
		supabasePort,
		dir: path.resolve(root, env.LOCAL_DIR || '.local'),
		basemap: env.BASEMAP_PMTILES ? path.resolve(env.BASEMAP_PMTILES) : null
	};
}

function readPort(env: Environment, name: string, fallback: number): number {
	const given = env[name];
	if (!given) return fallback;
	const port = Number(given);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Trouble(messages.notAPort(name, given));
	return port;
}

/** Settings that are handed to the site as they are: the people behind it, whom only the operator knows. */
export const contactSettings = (env: Environment): Record<string, string> =>
	Object.fromEntries(
		Object.entries(env).filter((entry): entry is [string, string] => entry[0].startsWith('CONTACT_') && !!entry[1])
	);
