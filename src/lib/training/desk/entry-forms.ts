/** The forms of news and of links to other organizations' trainings; pure. */
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import { needed, version, words } from './desk-fields';

export const LONGEST_POST = { title: 150, body: 5000 } as const;
export const LONGEST_LINK = { title: 150, organization: 150, url: 500, note: 500 } as const;

export const PostForm = z.object({
	/** 0 of a new one. */
	version,
	title: needed(LONGEST_POST.title, m.cohort_error_news_title),
	body: needed(LONGEST_POST.body, m.cohort_error_news_body),
	/** The training that it is about; empty for all. */
	cohort: z.guid().or(z.literal('')).catch('').default('')
});
export type PostForm = z.infer<typeof PostForm>;

const isWebAddress = (typed: string) =>
	typed === '' || (/^https?:\/\/\S+$/.test(typed) && URL.canParse(typed) && new URL(typed).hostname.includes('.'));

export const LinkForm = z.object({
	/** 0 of a new one. */
	version,
	title: needed(LONGEST_LINK.title, m.cohort_error_link_title),
	organization: words(LONGEST_LINK.organization),
	url: needed(LONGEST_LINK.url, m.cohort_error_link_url_none).refine(isWebAddress, {
		error: () => m.cohort_error_link_url()
	}),
	note: words(LONGEST_LINK.note)
});
export type LinkForm = z.infer<typeof LinkForm>;

/** Whether what is there is what was typed already: the same form sent twice. */
export const saysTheSame = (typed: object, there: object): boolean =>
	Object.entries(typed).every(
		([name, value]) => name === 'version' || (there as Record<string, unknown>)[name] === value
	);
