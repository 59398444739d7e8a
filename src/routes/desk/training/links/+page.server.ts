import { deskPage } from '$lib/training/desk/entry-page.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, desk } = await deskPage(event);
	return {
		program,
		...desk,
		/** For a new one, so that the same form sent twice makes one. */
		newId: crypto.randomUUID(),
		done: event.url.searchParams.get('done')
	};
};
