/** Why the database refused a change to a support, in words for whoever wrote it. */
import { m } from '$lib/paraglide/messages';
import type { SupportRefusal } from './support.server';

const refusals: Record<SupportRefusal, () => string> = {
	not_found: m.support_refused_not_found,
	not_possible: m.support_refused_not_possible,
	stale: m.support_refused_stale,
	past: m.support_refused_past,
	too_far: m.support_refused_too_far,
	too_many: m.support_refused_too_many,
	too_long: m.support_refused_too_long,
	overlap: m.support_refused_overlap,
	too_early: m.support_refused_too_early,
	words: m.support_refused_words
};

export const supportRefusalInWords = (refusal: SupportRefusal): string => refusals[refusal]();
