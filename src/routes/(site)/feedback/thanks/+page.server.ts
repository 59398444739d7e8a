import { env } from '$env/dynamic/private';
import { readContact } from '$lib/server/contact';
import { PRIVATE_CACHE } from '$lib/server/headers';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ setHeaders }) => {
	setHeaders({ 'cache-control': PRIVATE_CACHE, 'x-robots-tag': 'noindex' });
	return { contact: readContact(env) };
};
