import { zod4 } from 'sveltekit-superforms/adapters';
import { LinkForm } from '$lib/training/desk/entry-forms';
import { entryPage } from '$lib/training/desk/entry-page.server';
import { saveLink } from '$lib/training/desk/plan.server';
import type { Actions, PageServerLoad } from './$types';

const { read, save, remove } = entryPage<LinkForm>({
	list: 'links',
	done: { saved: 'link', removed: 'link_away' },
	adapter: zod4(LinkForm),
	idIn: ({ link }) => link!,
	find: ({ links }, id) => links.find((link) => link.id === id),
	save: (db, program, at, given) =>
		saveLink(
			db,
			program,
			at,
			given && { title: given.title, organization: given.organization, url: given.url, note: given.note }
		)
});

export const load: PageServerLoad = async (event) => (await read(event)).page;

export const actions: Actions = {
	save,
	remove
};
