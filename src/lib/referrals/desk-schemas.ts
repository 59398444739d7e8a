/** What the forms on a referral's page take, as the database's functions have it. */
import { z } from 'zod';
import { addDays } from '$lib/directory/local-time';
import { isDay, typedText } from '$lib/forms/typed';
import { m } from '$lib/paraglide/messages';
import type { DeskAction } from './desk-actions';
import { DECLINE_REASONS, REDIRECT_REASONS } from './states';

/** Sealed, two texts of this length fit the database's limit in any script. */
export const MOST_LETTERS = 2000;

/** How far ahead the next word may be, in days, and how far it is unless said. */
export const MOST_DAYS = 92;
export const USUAL_DAYS = 14;

/** How long ago a first meeting may have been. */
export const MOST_DAYS_AGO = 366;

/** What every form brings: which referral, as it was when the page was shown, and an id of its own. */
const held = { id: z.guid(), version: z.number().int(), form: z.guid() };

const text = () => typedText(MOST_LETTERS, m.desk_referral_error_long);

const words = (missing: () => string) => text().refine((typed) => typed !== '', { error: () => missing() });

/** `today`: `YYYY-MM-DD` where the program is. */
const nextWord = (today: string) =>
	z
		.string()
		.refine(isDay, { error: () => m.desk_referral_error_day({ example: addDays(today, USUAL_DAYS) }) })
		.refine((day) => !isDay(day) || day >= today, { error: () => m.referral_refused_past() })
		.refine((day) => !isDay(day) || day <= addDays(today, MOST_DAYS), { error: () => m.desk_referral_error_far() });

/** `today`: as above. */
const firstMet = (today: string) =>
	z
		.string()
		.refine(isDay, { error: () => m.matching_error_met({ example: today }) })
		.refine((day) => !isDay(day) || day <= today, { error: () => m.matching_error_met_late() })
		.refine((day) => !isDay(day) || day >= addDays(today, -MOST_DAYS_AGO), { error: () => m.matching_error_met_old() });

const whose = (other: 'asker' | 'worker') =>
	z
		.enum(['', 'peer', other], { error: () => m.desk_referral_error_whose() })
		.refine((given) => given !== '', { error: () => m.desk_referral_error_whose() });

const coded = <Reason extends string>(reasons: readonly Reason[]) =>
	z
		.enum(['', ...reasons], { error: () => m.referral_refused_reason() })
		.refine((given) => given !== '', { error: () => m.referral_refused_reason() });

const unasked = z.literal('').default('');

/** A button alone. */
export const Held = z.object(held);
export type Held = z.infer<typeof Held>;

/** The form of an action that has a page of its own. `today`: as above. */
export const actionSchema = (asks: Pick<DeskAction, 'words' | 'day' | 'whose' | 'met' | 'reasons'>, today: string) =>
	z.object({
		...held,
		whose: asks.whose ? whose(asks.whose) : unasked,
		next_word_on: asks.day ? nextWord(today) : unasked,
		first_met_on: asks.met ? firstMet(today) : unasked,
		reason: asks.reasons ? coded(asks.reasons) : unasked,
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
		reason: coded(NO_REASONS[no]),
		words: words(m.desk_referral_error_words),
		who_may_help: words(m.desk_referral_error_help)
	});
