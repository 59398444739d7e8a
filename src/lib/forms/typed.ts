/** What forms of several pages take. */
import { z } from 'zod';
import { numberInWords } from '$lib/ui/number';
import { asTyped } from './as-typed';

/** A day of the calendar, `YYYY-MM-DD`: `2026-02-30` is none. */
export const isDay = (day: string): boolean => z.iso.date().safeParse(day).success;

/** A time of day, `HH:MM` of 24 hours. */
export const isTime = (typed: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(typed);

/** Words of at most so many letters; none is empty. */
export const typedText = (most: number, tooLong: (given: { most: string }) => string) =>
	z
		.string()
		.overwrite(asTyped)
		.max(most, { error: () => tooLong({ most: numberInWords(most) }) })
		.default('');

/** Words on one line, of at most so many letters; none is empty. */
export const line = (max: number, tooLong: () => string) =>
	z
		.string()
		.trim()
		.max(max, { error: () => tooLong() })
		.default('');

/** A telephone number as people write it, with an extension: enough digits, and nothing that is none. */
export const phone = (wrong: () => string) =>
	line(40, wrong).refine(
		(typed) =>
			typed === '' || (/^\+?[\d\s().,/-]{7,}(\s?(x|ext\.?|#)\s?\d{1,6})?$/i.test(typed) && /^(\D*\d){7}/.test(typed)),
		{ error: () => wrong() }
	);
