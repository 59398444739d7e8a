import { m } from '$lib/paraglide/messages';
import { MAX_QUERY_LENGTH } from './place-filters';
import type { IgnoredParameter } from './search-params';

/** What the form calls each parameter. */
const NAMES: Readonly<Record<string, () => string>> = {
	q: m.places_q,
	category: m.places_category,
	neighbourhood: m.places_neighbourhood,
	near: m.places_parameter_near,
	bbox: m.places_parameter_bbox,
	open: m.places_open_now,
	free: m.places_free,
	wheelchair: m.places_wheelchair,
	washroom: m.places_washroom,
	language: m.places_parameter_language,
	sort: m.places_sort,
	page: m.places_parameter_page
};

/** A sentence for each part of an address that could not be used. */
export function ignoredWords({ parameter, problem, value }: IgnoredParameter & { value: string }): string {
	if (problem === 'too_long') return m.places_ignored_too_long({ count: MAX_QUERY_LENGTH });
	const named = { parameter: NAMES[parameter]?.() ?? parameter };
	if (problem === 'out_of_range') return m.places_ignored_out_of_range(named);
	if (problem === 'malformed') return m.places_ignored_malformed(named);
	if (parameter === 'near') return m.places_ignored_unknown_near({ value });
	if (parameter === 'category') return m.places_ignored_unknown_category({ value });
	if (parameter === 'neighbourhood') return m.places_ignored_unknown_neighbourhood({ value });
	return m.places_ignored_unknown(named);
}
