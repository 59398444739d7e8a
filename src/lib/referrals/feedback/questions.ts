/** The three questions, as they are asked and as they are answered. */
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import { typedText } from '$lib/forms/typed';

export const HOW = ['very_good', 'good', 'mixed', 'not_good'] as const;
export type How = (typeof HOW)[number];
export const HELPFUL = ['yes', 'partly', 'no'] as const;
export type Helpful = (typeof HELPFUL)[number];

/** The longest of what could be better, in UTF-16 units, as a form counts. */
export const MOST_LETTERS = 2_000;

const hows: Record<How, () => string> = {
	very_good: m.feedback_how_very_good,
	good: m.feedback_how_good,
	mixed: m.feedback_how_mixed,
	not_good: m.feedback_how_not_good
};
const helpfuls: Record<Helpful, () => string> = {
	yes: m.feedback_helpful_yes,
	partly: m.feedback_helpful_partly,
	no: m.feedback_helpful_no
};

export const howInWords = (how: How): string => hows[how]();
export const helpfulInWords = (helpful: Helpful): string => helpfuls[helpful]();

const answers = {
	/** Empty: skipped, as is each of them. */
	how: z.enum(['', ...HOW], { error: () => m.feedback_error_choice() }).default(''),
	helpful: z.enum(['', ...HELPFUL], { error: () => m.feedback_error_choice() }).default(''),
	better: typedText(MOST_LETTERS, m.feedback_error_long)
};

const isAnswered = ({ how, helpful, better }: { how: string; helpful: string; better: string }) =>
	`${how}${helpful}${better}` !== '';
const nothing = { path: ['how'], error: () => m.feedback_error_empty() };

/** What comes by a link. Each question may be skipped, but not all three. */
export const Feedback = z.object(answers).refine(isAnswered, nothing);
export type Feedback = z.infer<typeof Feedback>;

/** What is written down from paper. `form`: the form's own id, so that one that is sent twice makes one. */
export const PaperFeedback = z.object({ form: z.guid(), ...answers }).refine(isAnswered, nothing);
