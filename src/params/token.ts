import type { ParamMatcher } from '@sveltejs/kit';

/** 128 bits in hexadecimal, as links in mail carry them. */
export const match = ((param: string) => /^[0-9a-f]{32}$/.test(param)) satisfies ParamMatcher;
