/** What somebody who signs up or applies is asked, as the forms take it. */
import { z } from 'zod';
import { asTyped } from '$lib/forms/as-typed';
import { line, phone, typedText } from '$lib/forms/typed';
import { m } from '$lib/paraglide/messages';
import { numberInWords } from '$lib/ui/number';
import { LONGEST, NEEDS, type Answer, type Details } from './details';
import type { Question } from './training';

const needs = {
	needs: z.array(z.enum(NEEDS)).default([]),
	needs_words: typedText(LONGEST.needs, m.signup_error_long)
};
const name = line(LONGEST.name, m.signup_error_name_long);
const named = name.refine((typed) => typed !== '', { error: () => m.signup_error_name() });

/** The whole form but for the program's own questions. `id`: the one that the enrolment will have, so that a form sent twice makes one. */
export const SignUp = z.object({ id: z.guid(), name: named, phone: phone(m.signup_error_phone), ...needs });
/** The same, to go on with another time. */
export const Unfinished = SignUp.extend({ name, phone: line(40, m.signup_error_phone) });
/** What one says anew of oneself. `version`: of the enrolment that was seen. */
export const ChangeDetails = SignUp.omit({ id: true }).extend({ version: z.number().int().positive() });

export type About = Pick<Details, 'name' | 'phone' | 'needs' | 'needs_words'>;

export const answerField = ({ id }: Pick<Question, 'id'>): string => `answer-${id}`;
export const talkField = ({ id }: Pick<Question, 'id'>): string => `talk-${id}`;

/** The consent that a box stands for. */
export const YES = 'yes';

const typed = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? asTyped(value) : '');

/** One answer for each question, with the question as it is asked. */
export const readAnswers = (data: FormData, questions: readonly Question[]): Answer[] =>
	questions.map((asked) => ({
		question: asked.id,
		kind: asked.kind,
		label: asked.label,
		text: typed(data.get(answerField(asked))),
		by_talk: asked.kind === 'long' && data.has(talkField(asked))
	}));

/** What is kept of earlier answers, for the questions as they are asked now. */
export const answersTo = (questions: readonly Question[], kept: readonly Answer[]): Answer[] =>
	questions.map(({ id, kind, label }) => {
		const known = kept.find((answer) => answer.question === id && answer.kind === kind);
		return { question: id, kind, label, text: known?.text ?? '', by_talk: known?.by_talk ?? false };
	});

function wrongWith({ kind, is_required, options, longest }: Question, { text, by_talk }: Answer, isWhole: boolean) {
	const isMissing = isWhole && is_required && text === '' && !by_talk;
	switch (kind) {
		case 'consent':
			return isMissing && m.signup_error_consent();
		case 'choice':
			return (isMissing || (text !== '' && !options.includes(text))) && m.signup_error_choice();
		default:
			if (isMissing) return kind === 'long' ? m.signup_error_answer_talk() : m.signup_error_answer();
			return text.length > longest && m.signup_error_long({ most: numberInWords(longest) });
	}
}

/** What is wrong with answers, by the fields they were typed into. Of an unfinished form nothing is missing. */
export function answerErrors(
	questions: readonly Question[],
	answers: readonly Answer[],
	{ isWhole }: { isWhole: boolean }
): Record<string, string[]> {
	const found = questions.flatMap((asked) => {
		const answer = answers.find(({ question }) => question === asked.id);
		const wrong = answer && wrongWith(asked, answer, isWhole);
		return wrong ? [{ field: answerField(asked), wrong }] : [];
	});
	return Object.fromEntries(found.map(({ field, wrong }) => [field, [wrong]]));
}

/** Somebody who signs up themselves is told things by mail. */
export const detailsOf = (about: About, answers: Answer[]): Details => ({
	...{ name: about.name, phone: about.phone, needs: about.needs, needs_words: about.needs_words },
	...{ reach: 'email', address: '', answers }
});

/** The most that can be kept of one person, in bytes: a sealed value is a third longer. */
const MOST_BYTES = 70_000;
export const isTooMuch = (details: Details): boolean =>
	new TextEncoder().encode(JSON.stringify(details)).length > MOST_BYTES;
