/**
 * Ending what was subscribed to by a mail program's own button (RFC 8058): it sends a form from no page of ours, which the
 * app, rightly, takes from nobody.
 */

const ADDRESS = /^\/api\/training\/unsubscribe\/[0-9a-f]{32}$/;

/**
 * The request as the app takes it: to this address alone it comes as no form and as nobody. What the form says, the address
 * says, too.
 */
export function withoutForm(request: Request): Request {
	if (request.method !== 'POST' || !ADDRESS.test(new URL(request.url).pathname)) return request;
	return new Request(request.url, { method: 'POST' });
}
