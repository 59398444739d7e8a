import type { ParamMatcher } from '@sveltejs/kit';

/** The two ways to say no to a request. */
export const match = ((param: string): param is 'decline' | 'redirect' =>
	param === 'decline' || param === 'redirect') satisfies ParamMatcher;
