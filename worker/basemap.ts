import { parseRange } from './range.ts';

/*
 * `/basemap/<name>.pmtiles`: map tiles in one archive, which the browser reads in ranges. Static assets do not answer
 * Range, so the archive lies in R2; on a developer's machine the launcher serves the file and names its address.
 */
export interface BasemapBindings {
	/** In production, an R2 bucket. */
	BASEMAP?: R2Bucket;
	/** Locally, where the launcher serves the file, as in `http://127.0.0.1:40001`. */
	BASEMAP_ORIGIN?: string;
}

const CACHE = 'public, max-age=86400';

export async function answerBasemap(request: Request, env: BasemapBindings): Promise<Response> {
	if (request.method !== 'GET' && request.method !== 'HEAD') {
		return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
	}
	const { pathname } = new URL(request.url);
	const key = /^\/basemap\/([\w.-]+)$/.exec(pathname)?.[1];
	if (!key) return missing();
	if (env.BASEMAP) return fromBucket(request, env.BASEMAP, key);
	if (env.BASEMAP_ORIGIN) return fromLauncher(request, env.BASEMAP_ORIGIN + pathname);
	return missing();
}

const missing = () => new Response('There is no basemap.', { status: 404, headers: { 'cache-control': 'no-store' } });

async function fromBucket(request: Request, bucket: R2Bucket, key: string): Promise<Response> {
	const range = parseRange(request.headers.get('range'));
	if (range) {
		const whole = await bucket.head(key);
		if (!whole) return missing();
		if (range.offset >= whole.size) {
			return new Response(null, { status: 416, headers: { 'content-range': `bytes */${whole.size}` } });
		}
	}
	const object = await bucket.get(key, range ? { range, onlyIf: request.headers } : { onlyIf: request.headers });
	if (!object) return missing();
	const headers = new Headers({ etag: object.httpEtag, 'accept-ranges': 'bytes', 'cache-control': CACHE });
	headers.set('content-type', 'application/vnd.pmtiles');
	headers.set('x-content-type-options', 'nosniff');
	if (!('body' in object)) return new Response(null, { status: 304, headers });
	if (!range) {
		headers.set('content-length', String(object.size));
		return new Response(request.method === 'HEAD' ? null : object.body, { headers });
	}
	const last = Math.min(range.offset + (range.length ?? object.size), object.size) - 1;
	headers.set('content-range', `bytes ${range.offset}-${last}/${object.size}`);
	headers.set('content-length', String(last - range.offset + 1));
	return new Response(request.method === 'HEAD' ? null : object.body, { status: 206, headers });
}

function fromLauncher(request: Request, address: string): Promise<Response> {
	const headers = new Headers();
	const range = request.headers.get('range');
	if (range) headers.set('range', range);
	return fetch(address, { method: request.method, headers });
}
