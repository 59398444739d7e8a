/** What the forms of an ending take. What is too long comes back with a sentence, whole. */
import { z } from 'zod';
import { addDays } from '$lib/directory/local-time';
import { m } from '$lib/paraglide/messages';
import { isDay, typedText } from '$lib/forms/typed';
import { Held, MOST_LETTERS } from '../desk-schemas';
import { ENDING_REASONS } from '../states';
import { LONGEST, type ClosingStep } from '../support/contents';
import { STEP_WORDS } from './closing-steps';

/** Four weeks to end well, unless there is a reason why not; and a year at the most, as `private.unmet` has it. */
export const USUAL_DAYS = 28;
export const MOST_DAYS = 366;

const text = (most: number) => typedText(most, m.ending_error_long);

/** `today`: `YYYY-MM-DD` where the program is. */
export const beginForm = (today: string) =>
	Held.extend({
		end_on: z
			.string()
			.default('')
			.refine(isDay, { error: () => m.ending_error_day() })
			.refine((day) => !isDay(day) || day >= today, { error: () => m.ending_error_past() })
			.refine((day) => !isDay(day) || day <= addDays(today, MOST_DAYS), { error: () => m.ending_error_far() }),
		reason: z
			.enum(['', ...ENDING_REASONS], { error: () => m.ending_error_reason() })
			.refine((given) => given !== '', { error: () => m.ending_error_reason() }),
		for_peer: z.boolean().default(false),
		words: text(MOST_LETTERS)
	}).refine(({ end_on, words }) => !isDay(end_on) || end_on >= addDays(today, USUAL_DAYS) || words !== '', {
		path: ['words'],
		error: () => m.ending_error_soon()
	});

export type BeginForm = z.infer<ReturnType<typeof beginForm>>;

export const extendForm = () =>
	Held.extend({
		words: text(MOST_LETTERS).refine((typed) => typed !== '', { error: () => m.ending_error_extend() })
	});

export type ExtendForm = z.infer<ReturnType<typeof extendForm>>;

const entry = { id: z.guid(), version: z.number().int().min(0) };

/** What the buttons of a step's form say: it is done, it is set aside, or the words are kept and it stays open. */
export const SETTLED = ['done', 'set_aside', 'open'] as const;
export type Settled = (typeof SETTLED)[number];

const missing = (step: ClosingStep, settled: Settled): (() => string) | null => {
	if (settled === 'set_aside') return m.ending_error_aside;
	if (settled === 'open') return m.ending_error_keep;
	return STEP_WORDS[step].isWordless ? null : m.ending_error_words;
};

export const stepForm = (step: ClosingStep) =>
	z
		.object({
			...entry,
			settled: z.enum(SETTLED).default('done'),
			text: text(LONGEST.step),
			/** With the feelings. */
			other_support: text(LONGEST.other_support),
			call: z.boolean().default(false),
			/** With who and where else: what is looked for. */
			q: z.string().trim().max(200).catch('').default('')
		})
		.superRefine(({ settled, text, other_support, call }, context) => {
			const sentence = text === '' ? missing(step, settled) : null;
			if (sentence) context.addIssue({ code: 'custom', path: ['text'], message: sentence() });
			if (step === 'feelings' && settled === 'done' && other_support === '' && !call)
				context.addIssue({ code: 'custom', path: ['other_support'], message: m.ending_error_other() });
		});

export const letterForm = () =>
	z.object({
		...entry,
		text: text(LONGEST.letter).refine((typed) => typed !== '', { error: () => m.letter_error_words() }),
		from: text(LONGEST.name).refine((typed) => typed !== '', { error: () => m.letter_error_from() })
	});
