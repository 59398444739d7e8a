/**
 * A process of its own that serves a built Worker in workerd, as `wrangler.toml` has it, on 127.0.0.1. What it is told comes by standard
 * input, so that no secret is in the list of processes. The Worker's log is its output.
 *
 * Miniflare is asked directly: the proxy that `wrangler dev` puts before it takes twice as much time as the site itself.
 */
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type LegacyWorkerOptions } from 'miniflare';
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from 'wrangler';

export interface Served {
	port: number;
	/** Holds `wrangler.toml`, `worker/index.js` and `assets/`. */
	folder: string;
	/** Settings and secrets of the Worker, by their names. */
	bindings: Record<string, string>;
}

const { port, folder, bindings } = JSON.parse(await text(process.stdin)) as Served;
/** Wrangler types it more loosely. */
const workerOptions = workerOptionsOf(path.join(folder, 'wrangler.toml')).workerOptions as LegacyWorkerOptions;
const worker = path.join(folder, 'worker');
const miniflare = new Miniflare(
	convertV4MiniflareOptions({
		host: '127.0.0.1',
		port,
		// Where a request comes from is not asked of the network.
		cf: false,
		log: new Log(LogLevel.WARN),
		workers: [
			{
				...workerOptions,
				name: 'bearings',
				rootPath: worker,
				modulesRoot: worker,
				modulesRules: undefined,
				modules: [{ type: 'ESModule', path: path.join(worker, 'index.js') }],
				bindings: { ...workerOptions.bindings, ...bindings },
				assets: workerOptions.assets && { ...workerOptions.assets, directory: path.join(folder, 'assets') }
			}
		]
	})
);
await miniflare.ready;

for (const name of ['SIGTERM', 'SIGINT'] as const)
	process.once(name, () => void miniflare.dispose().finally(() => process.exit(0)));
