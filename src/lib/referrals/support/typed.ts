/** What was typed into the form of a support, before anybody asks whether it can be saved; pure. */

/** The fields in which somebody writes words. */
const WORDS = ['text', 'other_support', 'name', 'address', 'note', 'reach', 'between_us', 'wishes', 'ending', 'words'];

/** The words among the fields, in the order of the form. */
export const wordsIn = (typed: Iterable<readonly [string, unknown]>): string[] =>
	[...typed].flatMap(([name, value]) =>
		WORDS.includes(name) && typeof value === 'string' && value.trim() !== '' ? [value] : []
	);

interface Versioned {
	id: string;
	version: number;
}

/**
 * Whether what is there has been written to since a form was shown that was kept meanwhile. The form of something new that was sent
 * before is not behind what it made itself.
 */
export function isBehind(typed: Versioned, there: (Versioned & { is_mine: boolean }) | null): boolean {
	if (!there) return false;
	const hasMadeIt = typed.version === 0 && there.version === 1 && there.id === typed.id && there.is_mine;
	return !hasMadeIt && (there.id !== typed.id || there.version !== typed.version);
}

/** What a form brings of the time at which it was shown. */
const OF_THEN = ['version', 'referral', 'form'];

/** Whether a form says what is there already, in all that `there` says. */
export const saysTheSame = (typed: object, there: object): boolean =>
	Object.entries(there).every(
		([name, value]) => OF_THEN.includes(name) || (typed as Record<string, unknown>)[name] === value
	);
