/** An entry as its form has it, and the other way; pure. */
import type { EntryContents } from './contents';
import type { ListedKind } from './entry-pages';
import type { Entry } from './support.server';
import type { EntryForm } from './work-schemas';

/** What is kept of what was typed. */
export function contentsOf<Kind extends ListedKind>(kind: Kind, typed: EntryForm): EntryContents<Kind> {
	const { text, slug, name, address, note } = typed;
	const contents: EntryContents<'place'> | EntryContents<'goal'> =
		kind === 'place' ? { place: { slug, name, address }, note } : { text };
	return contents as EntryContents<Kind>;
}

/** What a form opens with: the entry that is there, or for a new one a place from the directory. */
export function openingOf(
	entry: Entry | null,
	found: { slug: string; name: string; address: string | null } | null = null
): Partial<EntryForm> {
	if (found) return { slug: found.slug, name: found.name, address: found.address ?? '' };
	if (!entry || entry.contents === null || entry.contents === 'broken') return {};
	const { id, version, mark, on_day } = entry;
	const plain = { id, version, ...(mark && { mark }), ...(on_day && { on_day }) };
	if (entry.kind === 'place') {
		const { place, note } = entry.contents as EntryContents<'place'>;
		return { ...plain, ...place, note } as Partial<EntryForm>;
	}
	return { ...plain, text: (entry.contents as EntryContents<'goal'>).text } as Partial<EntryForm>;
}
