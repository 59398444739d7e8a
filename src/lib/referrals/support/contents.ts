/** What is sealed of a support: the contents of each kind of entry, of a match and of a meeting. One schema each, for form and row. */
import { z } from 'zod';

/** The longest of each, in UTF-16 units, as a form counts. */
export const LONGEST = {
	goal: 300,
	name: 200,
	note: 1_000,
	answer: 1_000,
	step: 4_000,
	letter: 10_000,
	dated_note: 10_000,
	slug: 200,
	address: 300,
	other_support: 300,
	when: 300,
	caller: 120,
	phone: 40,
	check_in: 500,
	initials: 12
} as const;

/** A place from the directory (`slug`), or one that is not in it. */
export const Place = z.object({
	slug: z.string().max(LONGEST.slug),
	name: z.string().min(1).max(LONGEST.name),
	address: z.string().max(LONGEST.address)
});
export type Place = z.infer<typeof Place>;

export const GOAL_MARKS = ['not_yet', 'a_bit', 'yes'] as const;
export type GoalMark = (typeof GOAL_MARKS)[number];
export const PLACE_MARKS = ['want_to_go', 'been', 'liked', 'not_for_me'] as const;
export type PlaceMark = (typeof PLACE_MARKS)[number];

export const CLOSING_STEPS = [
	'look_back',
	'proud_of',
	'can_do_now',
	'strengths',
	'feelings',
	'where_else',
	'thanks',
	'achievement'
] as const;
export type ClosingStep = (typeof CLOSING_STEPS)[number];

const text = (most: number) => z.string().min(1).max(most);

/** By kind of entry. */
export const ENTRY_CONTENTS = {
	/** The first conversation, in the peer's words where they have some. */
	conversation: z.object({
		/** When and how to reach each other. */
		reach: z.string().max(LONGEST.answer),
		/** What stays between us, and what can't. */
		between_us: z.string().max(LONGEST.answer),
		/** What the peer would like. */
		wishes: z.string().max(LONGEST.answer),
		/** How this ends. */
		ending: z.string().max(LONGEST.answer)
	}),
	goal: z.object({ text: text(LONGEST.goal) }),
	place: z.object({ place: Place, note: z.string().max(LONGEST.note) }),
	note: z.object({ text: text(LONGEST.dated_note) }),
	/** `other_support`: with the feelings, one other support that the peer names. */
	step: z.object({
		text: z.string().max(LONGEST.step),
		other_support: z.string().max(LONGEST.other_support).default('')
	}),
	letter: z.object({ text: text(LONGEST.letter), from: text(LONGEST.name) })
} as const;
export type EntryKind = keyof typeof ENTRY_CONTENTS;
export const ENTRY_KINDS = Object.keys(ENTRY_CONTENTS) as [EntryKind, ...EntryKind[]];
export type EntryContents<Kind extends EntryKind> = z.infer<(typeof ENTRY_CONTENTS)[Kind]>;

/** How a worker and a peer meet for the first time. */
export const Plan = z.object({
	place: Place,
	/** In words: "Tuesday at two, by the front desk". */
	when: z.string().max(LONGEST.when),
	/** Whom the worker calls when something is wrong. */
	call: z.object({ name: z.string().max(LONGEST.caller), phone: z.string().max(LONGEST.phone) }),
	/** Checking in and out, in words. */
	check_in: z.string().max(LONGEST.check_in)
});
export type Plan = z.infer<typeof Plan>;

export const Initials = z.object({ initials: z.string().min(1).max(LONGEST.initials) });

export const MeetingPlace = z.object({ place: Place, note: z.string().max(LONGEST.note) });
export type MeetingPlace = z.infer<typeof MeetingPlace>;

/** Letters that a worker may read before a name: the first of each word, at most four. What are initials already stays. */
export function initialsOf(name: string): string {
	const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
	const words = name
		.normalize('NFC')
		.split(/[\s.\-‐‑]+/u)
		.filter((word) => /\p{L}|\p{N}/u.test(word));
	const firsts = words.map((word) =>
		[...segmenter.segment(word)].map(({ segment }) => segment).find((letter) => /\p{L}|\p{N}/u.test(letter))!
	);
	if (words.length === 1 && /^\p{Lu}{1,4}$/u.test(words[0]!)) return words[0]!;
	return firsts.slice(0, 4).join('').toLocaleUpperCase('en');
}
