/** The letter as it lies on paper: its words alone. */
import { error, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { supportPage } from '../support/support-page.server';
import { letterOf } from './ending-page.server';
import type { Paper } from './paper';

/** Ends in a 404 where none is written. */
export async function readLetter(event: RequestEvent) {
	const { program, support } = await supportPage(event);
	const contents = letterOf(support)?.contents;
	if (!contents || contents === 'broken') error(404, m.error_not_found());
	const { text, from } = contents;
	// What is signed already is not signed again.
	const isSigned = text.trimEnd().endsWith(from);
	const paper: Paper = {
		title: m.letter_paper_title(),
		isTitled: false,
		parts: [
			{
				key: 'letter',
				heading: null,
				blocks: [{ kind: 'words', text }, ...(isSigned ? [] : [{ kind: 'words' as const, text: from }])]
			}
		]
	};
	return { program, support, paper };
}
