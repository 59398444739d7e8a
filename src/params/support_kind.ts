import { isEntryPage } from '$lib/referrals/support/entry-pages';
import type { ParamMatcher } from '@sveltejs/kit';

/** The pages of a support that are lists of entries: `goals`, `places`, `notes`. */
export const match = ((param: string) => isEntryPage(param)) satisfies ParamMatcher;
