import { keepTitles, KEEP_PARTS } from '$lib/referrals/ending/keep';
import { readKeep } from '$lib/referrals/ending/keep.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, support, parts, chosen, paper } = await readKeep(event);
	const keys = parts.map(({ key }) => key);
	return {
		program,
		support,
		parts: keys,
		missing: KEEP_PARTS.filter((key) => !keys.includes(key)).map((key) => keepTitles[key]()),
		chosen,
		paper,
		hasNoPdf: event.url.searchParams.get('pdf') === 'no'
	};
};
