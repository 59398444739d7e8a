import { PRIVATE_CACHE, PUBLIC_CACHE } from '$lib/server/headers';
import { certificateNumber } from '$lib/training/certificate-number';
import { verifyCertificate } from '$lib/training/certificates.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals, setHeaders }) => {
	const typed = url.searchParams.get('number');
	setHeaders({ 'cache-control': typed === null ? PUBLIC_CACHE : PRIVATE_CACHE });
	const number = certificateNumber(typed ?? '');
	return {
		typed: typed?.slice(0, 200) ?? null,
		number,
		certificate: number && (await verifyCertificate(locals.supabase, number))
	};
};
