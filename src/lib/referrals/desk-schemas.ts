/** What the forms on a referral's page take, as the database's functions have it. */
import { z } from 'zod';
import { addDays } from '$lib/directory/local-time';
import { asTyped } from '$lib/forms/as-typed';
import { m } from '$lib/paraglide/messages';
import type { DeskAction } from './desk-actions';
import { DECLINE_REASONS, REDIRECT_REASONS } from './states';

/** Sealed, two texts of this length fit the database's limit in any script. */
export const MOST_LETTERS = 2000;

/** How far ahead the next word may be, in days, and how far it is unless said. */
export const MOST_DAYS = 92;
export const USUAL_DAYS = 14;

/** What every form brings: which referral, as it was when the page was shown, and an id of its own. */
const held = { id: z.guid(), version: z.number().int(), form: z.guid() };

const text = () =>
	z
		.string()
		.overwrite(asTyped)
		.max(MOST_LETTERS, { error: () => m.desk_referral_error_long({ most: MOST_LETTERS }) })
		.default('');

const words = (missing: () => string) => text().refine((typed) => typed !== '', { error: () => missing() });

const isDay = (day: string) => z.iso.date().safeParse(day).success;

/** `today`: `YYYY-MM-DD` where the program is. */
const nextWord = (today: string) =>
	z
		.string()
		.refine(isDay, { error: () => m.desk_referral_error_day({ example: addDays(today, USUAL_DAYS) }) })
		.refine((day) => !isDay(day) || day >= today, { error: () => m.referral_refused_past() })
		.refine((day) => !isDay(day) || day <= addDays(today, MOST_DAYS), { error: () => m.desk_referral_error_far() });

const whose = z
	.enum(['', 'peer', 'asker'], { error: () => m.desk_referral_error_whose() })
	.refine((given) => given !== '', { error: () => m.desk_referral_error_whose() });

const unasked = z.literal('').default('');

/** A button alone. */
export const Held = z.object(held);
export type Held = z.infer<typeof Held>;

/** The form of an action that has a page of its own. `today`: as above. */
export const actionSchema = (asks: Pick<DeskAction, 'words' | 'day' | 'whose'>, today: string) =>
	z.object({
		...held,
		whose: asks.whose ? whose : unasked,
		next_word_on: asks.day ? nextWord(today) : unasked,
		words: asks.words ? (asks.words.isOptional ? text() : words(m.referral_refused_words)) : unasked
	});

export const Assign = z.object({ ...held, coordinator: z.guid({ error: () => m.desk_referral_error_coordinator() }) });

export const Rehome = z.object({ ...held, program: z.guid({ error: () => m.desk_referral_error_program() }) });

export const NO_REASONS = { decline: DECLINE_REASONS, redirect: REDIRECT_REASONS } as const;
export type No = keyof typeof NO_REASONS;
export type NoReason<N extends No = No> = (typeof NO_REASONS)[N][number];

/** A no: why, the words for the referrer, and who may help. */
export const noSchema = (no: No) =>
	z.object({
		...held,
		reason: z
			.enum(['', ...NO_REASONS[no]], { error: () => m.referral_refused_reason() })
			.refine((given) => given !== '', { error: () => m.referral_refused_reason() }),
		words: words(m.desk_referral_error_words),
		who_may_help: words(m.desk_referral_error_help)
	});
