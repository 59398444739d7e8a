import { createReadStream, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Trouble } from '../../supabase/local/trouble.ts';
import { parseRange } from '../../worker/range.ts';
import * as messages from './messages.ts';

export interface BasemapFile {
	/** As the Worker's BASEMAP_ORIGIN. */
	origin: string;
	close(): void;
}

/**
 * Serves one PMTiles archive to the Worker, in ranges, on a port of 127.0.0.1 that the system chooses.
 *
 * @throws Trouble when it is not a file that can be read
 */
export async function serveBasemap(file: string): Promise<BasemapFile> {
	const found = statSync(file, { throwIfNoEntry: false });
	if (!found?.isFile()) throw new Trouble(messages.noBasemap(file));
	const server = createServer((request, response) => {
		const { size, mtimeMs } = statSync(file);
		const range = parseRange(request.headers.range ?? null);
		const first = range?.offset ?? 0;
		const last = Math.min(range?.length ? first + range.length : size, size) - 1;
		const headers = { 'accept-ranges': 'bytes', 'cache-control': 'no-cache', etag: `"${size}-${mtimeMs}"` };
		if (first >= size) {
			response.writeHead(416, { ...headers, 'content-range': `bytes */${size}` }).end();
			return;
		}
		response.writeHead(range ? 206 : 200, {
			...headers,
			...(range ? { 'content-range': `bytes ${first}-${last}/${size}` } : {}),
			'content-type': 'application/vnd.pmtiles',
			'content-length': last - first + 1
		});
		if (request.method === 'HEAD') response.end();
		else createReadStream(file, { start: first, end: last }).pipe(response);
	});
	await listen(server);
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		close: () => {
			server.closeAllConnections();
			server.close();
		}
	};
}

const listen = (server: Server) =>
	new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
