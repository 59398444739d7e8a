import type { APIResponse } from '@playwright/test';

/** The Content-Security-Policy of an answer, from its header and, on prerendered pages, its `meta`: sources by directive. */
export async function contentSecurityPolicy(answer: APIResponse): Promise<Map<string, string[]>> {
	const header = answer.headers()['content-security-policy'] ?? '';
	const meta = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(await answer.text())?.[1] ?? '';
	const directives = `${header}; ${meta.replaceAll('&#39;', "'")}`.split(';').map((part) => part.trim().split(/\s+/));
	return new Map(directives.flatMap(([name, ...sources]) => (name ? [[name, sources]] : [])));
}
