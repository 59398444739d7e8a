/** What somebody says of themselves who signs up or applies: how to reach them, what they need, what they answer. It is kept sealed. */
import { z } from 'zod';
import { QUESTION_KINDS } from './training';

/** What people often need to take part, ready to tick. */
export const NEEDS = [
	'step_free',
	'transit',
	'food',
	'language',
	'hearing',
	'seeing',
	'quiet',
	'children',
	'device'
] as const;
export type Need = (typeof NEEDS)[number];

/** How somebody is told things: those without an address by a call or a letter. */
export const REACH = ['email', 'phone', 'letter'] as const;
export type Reach = (typeof REACH)[number];

/** The most letters of each. `answer`: the most that any question allows; `no`: the program's words with a no. */
export const LONGEST = {
	...{ name: 120, needs: 2000, address: 500, note: 10_000, review: 10_000 },
	...{ answer: 10_000, no: 5000 }
} as const;

/** An answer keeps the question as it was asked. */
export const Answer = z.object({
	question: z.guid(),
	kind: z.enum(QUESTION_KINDS),
	label: z.string(),
	/** What was written or chosen; `yes` for a consent given; empty for what was left out. */
	text: z.string(),
	/** They would rather talk about it than write: what was said may be written down by staff. */
	by_talk: z.boolean()
});
export type Answer = z.infer<typeof Answer>;

export const Details = z.object({
	name: z.string(),
	reach: z.enum(REACH),
	phone: z.string(),
	/** For letters. */
	address: z.string(),
	needs: z.array(z.enum(NEEDS)),
	/** In their own words. */
	needs_words: z.string(),
	/** To the program's own questions; none where it only signs people up. */
	answers: z.array(Answer)
});
export type Details = z.infer<typeof Details>;
