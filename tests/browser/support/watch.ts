import type { Page } from '@playwright/test';

export interface Watch {
	/** What the console complained of: errors, exceptions, violations of the policy. */
	complaints: string[];
	/** Addresses on other origins that were asked for. */
	foreign: string[];
	/** Every address that was asked for, in order. */
	requested: string[];
	/** Forgets what was seen so far. */
	clear(): void;
}

/**
 * Notes what a page does that a reader would not see.
 *
 * @param origin the site's own
 * @param expected statuses of failed answers that the test provokes: the console names each
 */
export function watch(page: Page, origin: string, expected: readonly number[] = []): Watch {
	const seen: Watch = { complaints: [], foreign: [], requested: [], clear };
	function clear() {
		for (const list of [seen.complaints, seen.foreign, seen.requested]) list.length = 0;
	}
	page.on('console', (message) => {
		const status = /status of (\d+)/.exec(message.text())?.[1];
		if (message.type() === 'error' && !(status && expected.includes(Number(status))))
			seen.complaints.push(message.text());
	});
	page.on('pageerror', (error) => seen.complaints.push(String(error)));
	page.on('request', (request) => {
		const url = new URL(request.url());
		if (!url.protocol.startsWith('http')) return;
		seen.requested.push(url.href);
		if (url.origin !== new URL(origin).origin) seen.foreign.push(url.href);
	});
	return seen;
}
