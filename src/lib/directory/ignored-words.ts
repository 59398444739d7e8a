import { m } from '$lib/paraglide/messages';
import { MAX_QUERY_LENGTH } from './place-filters';
import type { IgnoredParameter } from './search-params';

/** A sentence for each part of an address that could not be used. */
export function ignoredWords({ parameter, problem, value }: IgnoredParameter & { value: string }): string {
	if (problem === 'too_long') return m.places_ignored_too_long({ count: MAX_QUERY_LENGTH });
	if (problem === 'out_of_range') return m.places_ignored_out_of_range({ parameter });
	if (problem === 'malformed') return m.places_ignored_malformed({ parameter });
	if (parameter === 'near') return m.places_ignored_unknown_near({ value });
	if (parameter === 'category') return m.places_ignored_unknown_category({ value });
	if (parameter === 'neighbourhood') return m.places_ignored_unknown_neighbourhood({ value });
	return m.places_ignored_unknown({ parameter });
}
