import path from 'node:path';

/** Settings under which wrangler asks the network for nothing and writes only below `dir`. */
export const quietWrangler = (dir: string): Record<string, string> => ({
	WRANGLER_SEND_METRICS: 'false',
	WRANGLER_SEND_ERROR_REPORTS: 'false',
	CLOUDFLARE_CF_FETCH_ENABLED: 'false',
	NO_UPDATE_NOTIFIER: '1',
	WRANGLER_LOG_PATH: path.join(dir, 'log'),
	WRANGLER_REGISTRY_PATH: path.join(dir, 'registry'),
	WRANGLER_CACHE_DIR: path.join(dir, 'cache'),
	WRANGLER_HIDE_BANNER: 'true',
	XDG_CONFIG_HOME: path.join(dir, 'config'),
	FORCE_COLOR: '0'
});
