import { isActionName } from '$lib/referrals/desk-actions';
import type { ParamMatcher } from '@sveltejs/kit';

/** Something a coordinator does with a referral on a page of its own. */
export const match = isActionName satisfies ParamMatcher;
