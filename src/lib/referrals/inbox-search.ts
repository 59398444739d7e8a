/** What is typed into the search of the list of requests. */
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import { REFERENCE } from './states';

export const Search = z.object({
	typed: z
		.string()
		.trim()
		.min(1, { error: () => m.inbox_error_typed() })
		.max(254, { error: () => m.inbox_error_typed_long() })
});

/**
 * The reference that was typed, in any case, with or without its hyphens and letters in front; null where it is none. Without the
 * letters only with a digit and a letter: other words have seven letters too.
 */
export function typedReference(typed: string): string | null {
	const letters = typed.toUpperCase().replace(/[^A-Z\d]/g, '');
	const isBare = letters.length === 7 && /\d/.test(letters) && /[A-Z]/.test(letters);
	const [, first, last] = /^(?:PS)?(.{4})(.{3})$/.exec(isBare || letters.startsWith('PS') ? letters : '') ?? [];
	const reference = `PS-${first}-${last}`;
	return REFERENCE.test(reference) ? reference : null;
}
