import type { ParamMatcher } from '@sveltejs/kit';

/** A positive integer that a Postgres `integer` can hold. */
export const match = ((param: string) =>
	/^[1-9]\d{0,9}$/.test(param) && Number(param) <= 2_147_483_647) satisfies ParamMatcher;
