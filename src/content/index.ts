/** The longer pages, in Markdown by language: `en/about.md`, then `fr/about.md`. */
import type { Component } from 'svelte';
import { baseLocale, getLocale } from '$lib/paraglide/runtime';

export interface Content {
	default: Component;
	metadata: { title: string; description: string; lede: string };
}

const files = import.meta.glob<Content>('./*/*.md', { eager: true });

/** The page in the reader's language, else in the first one; throws where neither is written. */
export function content(name: string): Content {
	const page = files[`./${getLocale()}/${name}.md`] ?? files[`./${baseLocale}/${name}.md`];
	if (!page) throw new Error(`src/content has no ${name}.md`);
	return page;
}
