import { isSlug } from '$lib/slug';
import type { ParamMatcher } from '@sveltejs/kit';

export const match = isSlug satisfies ParamMatcher;
