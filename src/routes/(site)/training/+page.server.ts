import { env } from '$env/dynamic/private';
import { readContact } from '$lib/server/contact';
import { PUBLIC_CACHE } from '$lib/server/headers';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ setHeaders }) => {
	setHeaders({ 'cache-control': PUBLIC_CACHE });
	return { contact: readContact(env) };
};
