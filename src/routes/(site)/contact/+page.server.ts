import { env } from '$env/dynamic/private';
import { readContact } from '$lib/server/contact';
import { PUBLIC_CACHE } from '$lib/server/headers';
import { readAbout } from './about';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, setHeaders }) => {
	setHeaders({ 'cache-control': PUBLIC_CACHE });
	return { contact: readContact(env), about: readAbout(url.searchParams) };
};
