/** What the page to keep is drawn from: the support, and the directory as it is now. */
import { env } from '$env/dynamic/private';
import type { RequestEvent } from '@sveltejs/kit';
import { place } from '$lib/directory/directory.server';
import type { PlaceDetail } from '$lib/directory/types';
import { readContact } from '$lib/server/contact';
import { slipContact } from '../slip';
import { supportPage } from '../support/support-page.server';
import { chosenParts, keepPaper, keepParts, keptSlugs } from './keep';

/** How many places are looked up; the rest stand with the name and the address they were written down with. */
const MOST_LOOKED_UP = 30;
const AT_ONCE = 6;

async function lookUp(event: RequestEvent, slugs: readonly string[]): Promise<Map<string, PlaceDetail | null>> {
	const found = new Map<string, PlaceDetail | null>();
	const now = event.locals.clock.now();
	for (let from = 0; from < Math.min(slugs.length, MOST_LOOKED_UP); from += AT_ONCE) {
		const some = slugs.slice(from, Math.min(from + AT_ONCE, MOST_LOOKED_UP));
		const places = await Promise.all(some.map((slug) => place(event.locals.supabase, slug, { now })));
		some.forEach((slug, index) => found.set(slug, places[index] ?? null));
	}
	return found;
}

/** The page to keep of the support in the address, with what was ticked. */
export async function readKeep(event: RequestEvent) {
	const { program, support, today } = await supportPage(event);
	const parts = keepParts({
		support,
		today,
		directory: await lookUp(event, keptSlugs(support)),
		wayBack: { program: program.name, contact: slipContact(readContact(env)), site: event.url.host }
	});
	const chosen = chosenParts(event.url.searchParams, parts);
	return { program, support, parts, chosen, paper: keepPaper(parts, chosen) };
}
