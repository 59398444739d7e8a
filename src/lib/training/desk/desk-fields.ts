/** What several forms about trainings take; pure. */
import { z } from 'zod';
import { isDay, typedText } from '$lib/forms/typed';
import { m } from '$lib/paraglide/messages';
import { MAX_SLUG_LENGTH, SLUG } from '$lib/slug';
import { numberInWords } from '$lib/ui/number';

/** No text of Postgres holds one. */
const withoutNul = (typed: string) => typed.replaceAll('\0', '');

/** Words of at most so many letters; none is empty. What is too long is kept as it was typed. */
export const words = (most: number) =>
	z.string().overwrite(withoutNul).pipe(typedText(most, m.cohort_error_long).unwrap()).default('');

/** The same, which must be there. */
export const needed = (most: number, missing: () => string) =>
	words(most).refine((typed) => typed !== '', { error: () => missing() });

/** A whole number as it was typed, so that a mistake can be seen. @param what the field's label */
export const whole = (
	what: () => string,
	{ least, most, standard = '' }: { least: number; most: number; standard?: string }
) =>
	z
		.string()
		.trim()
		.refine((typed) => /^\d{1,5}$/.test(typed) && Number(typed) >= least && Number(typed) <= most, {
			error: () => m.cohort_error_number({ what: what(), least, most: numberInWords(most) })
		})
		.default(standard);

export const day = z.string().trim().default('');
export const time = z.string().trim().default('');

/** The version that a form was made from; none of a new one. */
export const version = z.coerce.number().int().min(0).default(0);

/** Lines that say something, each once. */
export const linesOf = (typed: string): string[] => [
	...new Set(
		typed
			.split('\n')
			.map((line) => line.trim())
			.filter((line) => line !== '')
	)
];

/** The days among lines, and the first line that is none. */
export function daysIn(typed: string): { days: string[]; wrong: string | undefined } {
	const days = linesOf(typed);
	return { days, wrong: days.find((line) => !isDay(line)) };
}

/** The name that a place has in its address, of the address or the name itself; null where it is neither, empty where nothing is typed. */
export function placeSlug(typed: string): string | null {
	const given = typed.trim().toLowerCase();
	const named = /\/places\/([^/?#\s]+)\/?(?:[?#]\S*)?$/.exec(given)?.[1] ?? given;
	return named === '' || (named.length <= MAX_SLUG_LENGTH && SLUG.test(named)) ? named : null;
}

const MONTHS = [
	...['january', 'february', 'march', 'april', 'may', 'june'],
	...['july', 'august', 'september', 'october', 'november', 'december']
];
/** As the database has it, with room for a number behind it. */
const LONGEST_SLUG = 90;

/**
 * The name of a training in addresses: its title with the month of its first class, or the year where no day is known.
 *
 * @param when `YYYY-MM-DD`, or `YYYY`
 */
export function trainingSlug(title: string, when: string): string {
	const month = MONTHS[Number(when.slice(5, 7)) - 1];
	const end = month ? `${month}-${when.slice(0, 4)}` : when.slice(0, 4);
	const words = title
		.normalize('NFKD')
		.replaceAll(/[\u0300-\u036f'’]/g, '')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.slice(0, LONGEST_SLUG - end.length - 1)
		.replaceAll(/^-+|-+$/g, '');
	return `${words || 'training'}-${end}`;
}
