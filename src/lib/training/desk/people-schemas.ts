/** What the forms about the people of a training take. */
import { z } from 'zod';
import { line, phone, typedText } from '$lib/forms/typed';
import { m } from '$lib/paraglide/messages';
import { LONGEST, NEEDS, REACH, type Details } from '../details';
import { OUTCOMES, type Outcome } from './roster';
import { MOVES } from './moves';

const version = z.coerce.number().int().default(0);
const filled = <Text extends z.ZodType<string>>(text: Text, missing: () => string) =>
	text.refine((typed) => typed !== '', { error: () => missing() });

const fields = {
	name: filled(line(LONGEST.name, m.roster_error_name_long), m.roster_error_name),
	reach: z.enum(REACH, { error: () => m.roster_error_reach() }).default('phone'),
	phone: phone(m.roster_error_phone),
	address: typedText(LONGEST.address, m.roster_error_long),
	needs: z.array(z.enum(NEEDS)).default([]),
	needs_words: typedText(LONGEST.needs, m.roster_error_long)
};

const email = z
	.string()
	.trim()
	.toLowerCase()
	.refine((typed) => typed === '' || (typed.length <= 254 && z.email().safeParse(typed).success), {
		error: () => m.roster_error_email()
	})
	.default('');

/** However somebody is reached has to be there; whoever has an account has an address. */
const reachable =
	(hasAccount: boolean) =>
	(given: { reach: string; phone: string; address: string; email: string }, context: z.RefinementCtx) => {
		const missing = (field: 'phone' | 'address' | 'email', message: string) =>
			context.addIssue({ code: 'custom', path: [field], message });
		if (given.reach === 'phone' && given.phone === '') missing('phone', m.roster_error_phone_missing());
		if (given.reach === 'letter' && given.address === '') missing('address', m.roster_error_address_missing());
		if (given.reach === 'email' && given.email === '' && !hasAccount) missing('email', m.roster_error_email_missing());
	};

/** Somebody whom staff enter. */
export const NewPerson = z.object({ form: z.guid(), ...fields, email }).superRefine(reachable(false));
export type NewPerson = z.infer<typeof NewPerson>;

/** What is said anew of somebody; an answer for each of their questions that they would rather talk about. */
export const changedPerson = (hasAccount: boolean) =>
	z
		.object({ version, ...fields, email, answers: z.array(typedText(LONGEST.answer, m.roster_error_long)).default([]) })
		.superRefine(reachable(hasAccount));

/** Whoever has an address is told by mail: it is kept for those alone who want that. */
export const addressIn = ({ reach, email }: Pick<NewPerson, 'reach' | 'email'>): string =>
	reach === 'email' ? email : '';

/** What a form says of somebody, without what it can't say. */
export const detailsIn = (
	{ name, reach, phone, address, needs, needs_words }: Omit<Details, 'answers'>,
	answers: Details['answers']
): Details => ({ name, reach, phone, address, needs, needs_words, answers });

export const NoteForm = z.object({
	form: z.guid(),
	words: filled(typedText(LONGEST.note, m.roster_error_long), m.roster_error_note)
});

/** One's reading of an application, with a score for each line of its rubric. */
export const reviewForm = (lines: number) =>
	z.object({
		form: z.guid(),
		scores: z
			.array(z.coerce.number().int())
			.default([])
			.refine((scores) => scores.length === lines && scores.every((score) => score >= 1 && score <= 4), {
				error: () => m.roster_refused_scores()
			}),
		words: filled(typedText(LONGEST.review, m.roster_error_long), m.roster_error_review)
	});

const text = (sent: FormDataEntryValue | null): string => (typeof sent === 'string' ? sent : '');

/** A reading as its form has it: a line that nobody scored leaves a gap, not a shorter list. */
export const reviewIn = (sent: FormData, rubric: readonly string[]) => ({
	form: text(sent.get('form')),
	words: text(sent.get('words')),
	scores: rubric.map((_, index) => Number(text(sent.get(`score-${index}`))))
});

export const HoursForm = z.object({
	hours: z
		.string()
		.trim()
		.default('')
		.refine((typed) => /^\d{1,4}([.,]\d{1,2})?$/.test(typed) && hoursIn(typed) <= 2000, {
			error: () => m.roster_error_hours()
		})
});

export const hoursIn = (typed: string): number => Number(typed.replace(',', '.'));

export const MoveForm = z.object({ version, event: z.enum(MOVES) });
export const ShortlistForm = z.object({ on: z.enum(['yes', 'no']) });

/** The call that a form names; null where it names none. */
export const callIn = (form: FormData): string | null => z.guid().safeParse(form.get('call')).data ?? null;

export const NO_SAMPLES = ['many', 'next', 'other'] as const;
export type NoSample = (typeof NO_SAMPLES)[number];

/** A no in words. */
export const NoForm = z.object({
	version,
	sample: z.enum(['', ...NO_SAMPLES]).default(''),
	words: filled(typedText(LONGEST.no, m.roster_error_long), m.roster_error_no)
});

/** To whom one may write at once. */
export const MESSAGE_TO = ['seat', 'line', 'applied'] as const;

export const MOST_MESSAGE = 1500;
export const MessageForm = z.object({
	form: z.guid(),
	to: z
		.array(z.enum(MESSAGE_TO))
		.default([])
		.refine((to) => to.length > 0, { error: () => m.roster_error_to() }),
	words: filled(typedText(MOST_MESSAGE, m.roster_error_long), m.roster_error_message)
});

/** Who was there, of those who were on the list when it was opened. */
export const AttendanceForm = z.object({
	present: z.array(z.guid()).default([]),
	shown: z.array(z.guid()).default([])
});

/**
 * How it came out for each person, of fields such as `of-` and their id; what is neither is left out, and so is who stands as they stood when
 * the form was shown (`was-`): it may be another's doing by now.
 */
export function outcomesIn(sent: FormData): Map<string, Outcome> {
	const outcomes = new Map<string, Outcome>();
	for (const [field, value] of sent) {
		const person = z.guid().safeParse(field.replace(/^of-/, ''));
		const outcome = z.enum(OUTCOMES).safeParse(value);
		if (person.success && outcome.success && sent.get(`was-${person.data}`) !== outcome.data)
			outcomes.set(person.data, outcome.data);
	}
	return outcomes;
}
