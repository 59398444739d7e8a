/** What the lists of a support share. */
import type { Support } from './support.server';

export interface EntryList {
	support: Support;
	mayWrite: boolean;
	/** For a new entry. */
	newId: string;
	/** The address of an entry's own page. */
	at: (id: string, action?: string) => string;
}

/** A text as one line to know it by. */
export function shortened(text: string, most = 80): string {
	const [line = ''] = text.trim().split('\n');
	const letters = [...line];
	return letters.length <= most && line === text.trim()
		? line
		: `${letters
				.slice(0, most - 1)
				.join('')
				.trimEnd()}…`;
}
