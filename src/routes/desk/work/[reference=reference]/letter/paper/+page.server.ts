import { readLetter } from '$lib/referrals/ending/letter-paper.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
	...(await readLetter(event)),
	hasNoPdf: event.url.searchParams.get('pdf') === 'no'
});
