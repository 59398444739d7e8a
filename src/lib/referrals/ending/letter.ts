/** A first draft of the letter, from what the support holds; whoever writes it makes it theirs. Pure. */
import { m } from '$lib/paraglide/messages';
import { dayInWords } from '$lib/ui/day';
import type { EntryContents, EntryKind } from '../support/contents';
import type { Entry, Support } from '../support/support.server';

export interface LetterFrom {
	/** Whom it is to: a name or initials; empty where none is known. */
	to: string;
	from: string;
	support: Pick<Support, 'entries' | 'first_met_on'>;
}

export const opened = <Kind extends EntryKind>(
	{ entries }: Pick<Support, 'entries'>,
	kind: Kind
): (Entry<Kind> & { contents: EntryContents<Kind> })[] =>
	entries.filter(
		(entry): entry is Entry<Kind> & { contents: EntryContents<Kind> } =>
			entry.kind === kind && !entry.removed && entry.contents !== null && typeof entry.contents === 'object'
	);

const bullets = (lines: readonly string[]) => lines.map((line) => `– ${line}`).join('\n');

export function letterStarter({ to, from, support }: LetterFrom): string {
	const goals = opened(support, 'goal');
	const reached = goals.filter(({ mark }) => mark === 'yes').map(({ contents }) => contents.text);
	const begun = goals.filter(({ mark }) => mark === 'a_bit').map(({ contents }) => contents.text);
	const places = opened(support, 'place')
		.filter(({ mark }) => mark === 'been' || mark === 'liked')
		.map(({ contents }) => contents.place.name);
	const proud = opened(support, 'step').find(({ step }) => step === 'proud_of')?.contents.text;
	const paragraphs = [
		to ? m.letter_start_dear({ name: to }) : m.letter_start_hello(),
		support.first_met_on && m.letter_start_met({ day: dayInWords(support.first_met_on) }),
		reached.length > 0 && `${m.letter_start_reached()}\n${bullets(reached)}`,
		begun.length > 0 && `${m.letter_start_begun()}\n${bullets(begun)}`,
		places.length > 0 && `${m.letter_start_places()}\n${bullets(places)}`,
		proud && `${m.letter_start_proud()}\n${proud}`,
		m.letter_start_remember(),
		m.letter_start_thanks(),
		from
	];
	return paragraphs.filter(Boolean).join('\n\n');
}
