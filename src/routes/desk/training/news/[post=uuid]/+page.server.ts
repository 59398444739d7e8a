import { zod4 } from 'sveltekit-superforms/adapters';
import { PostForm } from '$lib/training/desk/entry-forms';
import { entryPage } from '$lib/training/desk/entry-page.server';
import { savePost } from '$lib/training/desk/plan.server';
import type { Actions, PageServerLoad } from './$types';

const { read, save, remove } = entryPage<PostForm>({
	list: 'news',
	done: { saved: 'news', removed: 'news_away' },
	adapter: zod4(PostForm),
	idIn: ({ post }) => post!,
	find: ({ news }, id) => {
		const there = news.find((post) => post.id === id);
		return there && { ...there, cohort: there.cohort_id ?? '' };
	},
	save: (db, program, at, given) =>
		savePost(db, program, at, given && { title: given.title, body: given.body, cohort_id: given.cohort || null })
});

export const load: PageServerLoad = async (event) => {
	const { desk, page } = await read(event);
	return { ...page, cohorts: desk.cohorts.map(({ id, title }) => ({ value: id, label: title })) };
};

export const actions: Actions = {
	save,
	remove
};
