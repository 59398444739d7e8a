import { REFERENCE } from '$lib/referrals/states';
import type { ParamMatcher } from '@sveltejs/kit';

/** A referral's reference, as in `PS-7K3M-2QX`. */
export const match = ((param: string) => REFERENCE.test(param)) satisfies ParamMatcher;
