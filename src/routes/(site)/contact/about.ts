import { isSlug } from '$lib/slug';

/** Which place a reader says is wrong: `?about=<its slug>`. Anything that can't be a slug is told from nothing asked. */
export type About = { kind: 'nothing' } | { kind: 'place'; slug: string } | { kind: 'unknown' };

export function readAbout(params: URLSearchParams): About {
	const slug = params.get('about')?.trim();
	if (!slug) return { kind: 'nothing' };
	return isSlug(slug) ? { kind: 'place', slug } : { kind: 'unknown' };
}

/** A `mailto:` address whose subject gives nothing away. */
export function mailto(email: string, subject: string, body: string): string {
	return `mailto:${email}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}
