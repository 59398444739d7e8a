import { stepAt } from '$lib/referrals/ending/closing-steps';
import type { ParamMatcher } from '@sveltejs/kit';

/** The pages of the closing steps, such as `look-back`. */
export const match = ((param: string) => stepAt(param) !== undefined) satisfies ParamMatcher;
