/** Answers for machines: open to other origins, with an ETag; failures as RFC 9457 problem details. */
import { PRIVATE_CACHE, PUBLIC_CACHE } from './headers';

const OPEN = {
	'access-control-allow-origin': '*',
	'access-control-expose-headers': 'etag',
	'cross-origin-resource-policy': 'cross-origin',
	vary: 'accept-encoding'
};

export interface MachineAnswer {
	body: string | Uint8Array<ArrayBuffer>;
	type: string;
	/** The address says where somebody is: nothing in between may keep the answer. */
	personal?: boolean;
	headers?: Record<string, string>;
}

/** 200 with an ETag of the content, or 304 where the caller has it already; any origin may read it. */
export function answerMachine(request: Request, answer: MachineAnswer): Promise<Response> {
	return answerOwn(request, { ...answer, headers: { ...OPEN, ...answer.headers } });
}

/** The same for our own pages alone. */
export async function answerOwn(request: Request, { body, type, personal, headers }: MachineAnswer): Promise<Response> {
	const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	// Weak: what compresses it on the way makes other bytes of it.
	const etag = `W/"${[...digest.slice(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
	const common = { etag, 'cache-control': personal ? PRIVATE_CACHE : PUBLIC_CACHE, ...headers };
	const known = (request.headers.get('if-none-match') ?? '').split(',').map((tag) => tag.trim());
	if (known.includes(etag) || known.includes(etag.slice(2)))
		return new Response(null, { status: 304, headers: common });
	return new Response(bytes, { headers: { ...common, 'content-type': type } });
}

export function answerJson(request: Request, data: unknown, personal = false): Promise<Response> {
	return answerMachine(request, { body: JSON.stringify(data), type: 'application/json; charset=utf-8', personal });
}

/** A failure as `application/problem+json` (RFC 9457): `title` is the same for every problem of its kind. */
export function answerProblem(
	status: number,
	title: string,
	detail: string,
	headers: Record<string, string> = {}
): Response {
	return new Response(JSON.stringify({ type: 'about:blank', title, status, detail }), {
		status,
		headers: { ...OPEN, 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers }
	});
}
