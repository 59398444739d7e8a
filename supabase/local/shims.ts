/*
 * Small repairs between supabase-js and @supabase/lite 0.10. Each is a place where Lite differs from hosted Supabase;
 * tests/integration/local-shims.test.ts says what hosted does and proves that we do it too.
 */

export type Handler = (request: Request) => Promise<Response>;
type Shim = (request: Request, next: Handler) => Promise<Response>;

const pathOf = (request: Request) => new URL(request.url).pathname;

function withoutLength(request: Request): Headers {
	const headers = new Headers(request.headers);
	headers.delete('content-length');
	return headers;
}

const withJson = (request: Request, body: unknown): Request =>
	new Request(request.url, { method: request.method, headers: withoutLength(request), body: JSON.stringify(body) });

function replyJson(like: Response, body: unknown): Response {
	const headers = new Headers(like.headers);
	headers.delete('content-length');
	headers.set('content-type', 'application/json');
	return new Response(JSON.stringify(body), { status: like.status, headers });
}

/** storage-js sends a file as the multipart field '' (hosted takes any name); Lite wants the bytes themselves. */
const uploadAnyField: Shim = async (request, next) => {
	const multipart = (request.headers.get('content-type') ?? '').startsWith('multipart/form-data');
	if (!multipart || !pathOf(request).startsWith('/storage/v1/object/')) return next(request);
	const form = await request.formData();
	const file = [...form.values()].find((value) => value instanceof Blob);
	if (!file) return next(withJson(request, {}));
	const headers = new Headers(request.headers);
	headers.set('content-type', file.type || 'application/octet-stream');
	headers.set('content-length', String(file.size));
	const seconds = form.get('cacheControl');
	if (typeof seconds === 'string') headers.set('cache-control', `max-age=${seconds}`);
	return next(new Request(request.url, { method: request.method, headers, body: await file.arrayBuffer() }));
};

/** `verifyOtp({ type: 'email' })` fits a code of either kind; Lite knows only which kind it was sent as. */
const verifyEither: Shim = async (request, next) => {
	if (request.method !== 'POST' || pathOf(request) !== '/auth/v1/verify') return next(request);
	const body = (await request.clone().json()) as { type?: string };
	if (body.type !== 'email') return next(request);
	const asMagicLink = await next(withJson(request, { ...body, type: 'magiclink' }));
	return asMagicLink.ok ? asMagicLink : next(withJson(request, { ...body, type: 'signup' }));
};

interface ListedObject {
	name: string;
}

/** `list(prefix)` answers one level: names below the prefix, and folders as entries without an id. */
const listOneLevel: Shim = async (request, next) => {
	if (request.method !== 'POST' || !pathOf(request).startsWith('/storage/v1/object/list/')) return next(request);
	const asked = (await request.clone().json()) as { prefix?: string };
	const response = await next(request);
	if (!response.ok) return response;
	const prefix = asked.prefix ? asked.prefix.replace(/\/*$/, '/') : '';
	const objects = (await response.json()) as ListedObject[];
	return replyJson(response, oneLevel(objects, prefix));
};

/** What `list(prefix)` answers of all `objects` in the bucket. */
export function oneLevel(objects: readonly ListedObject[], prefix: string): ListedObject[] {
	const entries = new Map<string, ListedObject>();
	for (const object of objects) {
		if (!object.name.startsWith(prefix)) continue;
		const [name = '', ...below] = object.name.slice(prefix.length).split('/');
		const folder = { name, id: null, updated_at: null, created_at: null, last_accessed_at: null, metadata: null };
		entries.set(name, below.length > 0 ? folder : { ...object, name });
	}
	return [...entries.values()];
}

/** Hosted names a signed address `signedURL` (or `url` for uploads), below `/storage/v1`; Lite `signedUrl`, in full. */
const signedAsHosted: Shim = async (request, next) => {
	const response = await next(request);
	const signs = /^\/storage\/v1\/object\/(upload\/)?sign\//.test(pathOf(request));
	if (!response.ok || request.method !== 'POST' || !signs) return response;
	const body: unknown = await response.json();
	return replyJson(response, Array.isArray(body) ? body.map(renameSigned) : renameSigned(body));
};

function renameSigned(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || !('signedUrl' in body)) return body;
	if (typeof body.signedUrl !== 'string') return body;
	const below = body.signedUrl.replace(/^\/storage\/v1/, '');
	return { ...body, signedURL: below, url: below };
}

/** `createSignedUrls` signs several at once, each with its own error; Lite signs one at a time. */
const signSeveral: Shim = async (request, next) => {
	const bucket = /^\/storage\/v1\/object\/sign\/[^/]+$/.test(pathOf(request));
	if (request.method !== 'POST' || !bucket) return next(request);
	const { paths = [], expiresIn } = (await request.json()) as { paths?: string[]; expiresIn?: number };
	const signed = await Promise.all(
		paths.map(async (path) => {
			const one = `${request.url}/${path.split('/').map(encodeURIComponent).join('/')}`;
			const answer = await next(
				new Request(one, { method: 'POST', headers: withoutLength(request), body: JSON.stringify({ expiresIn }) })
			);
			if (!answer.ok) return { path, signedURL: null, error: MISSING };
			return { path, signedURL: ((await answer.json()) as { signedURL: string }).signedURL, error: null };
		})
	);
	return Response.json(signed);
};

const MISSING = 'Either the object does not exist or you do not have access to it';

const shims: readonly Shim[] = [uploadAnyField, verifyEither, listOneLevel, signSeveral, signedAsHosted];

/** `handler` with every shim around it. */
export const withShims = (handler: Handler): Handler =>
	shims.reduceRight<Handler>((next, shim) => (request) => shim(request, next), handler);
