import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
	answerErrors,
	answerField,
	answersTo,
	detailsOf,
	isTooMuch,
	readAnswers,
	SignUp,
	talkField,
	Unfinished
} from './sign-up';
import type { Question } from './training';

const aQuestion = (kind: Question['kind'], given: Partial<Question> = {}): Question => ({
	...{ id: randomUUID(), kind, label: `A ${kind} one?`, hint: '', is_required: true, options: [], longest: 20 },
	...given
});
const choice = aQuestion('choice', { options: ['Mornings', 'Evenings'] });
const long = aQuestion('long');
const short = aQuestion('short');
const consent = aQuestion('consent');
const questions = [choice, long, short, consent];

function given(typed: Record<string, string>) {
	const data = new FormData();
	for (const [field, value] of Object.entries(typed)) data.set(field, value);
	return readAnswers(data, questions);
}
const wrong = (typed: Record<string, string>, isWhole = true) =>
	Object.keys(answerErrors(questions, given(typed), { isWhole }));

test('an answer to everything is right, with each question as it was asked', () => {
	const typed = {
		[answerField(choice)]: 'Evenings',
		[answerField(long)]: ' Since\r\nspring ',
		[answerField(short)]: 'Yes',
		[answerField(consent)]: 'yes'
	};
	expect(wrong(typed)).toEqual([]);
	expect(given(typed)[1]).toEqual({
		...{ question: long.id, kind: 'long', label: 'A long one?', text: 'Since\nspring', by_talk: false }
	});
});

test('what is required and missing is wrong, unless the form is kept for another time', () => {
	expect(wrong({})).toEqual(questions.map(answerField));
	expect(wrong({}, false)).toEqual([]);
});

test('a long answer, and no other, may be a talk instead', () => {
	const talks = Object.fromEntries(questions.map((asked) => [talkField(asked), 'on']));
	expect(wrong(talks)).toEqual([choice, short, consent].map(answerField));
	expect(given(talks).map(({ by_talk }) => by_talk)).toEqual([false, true, false, false]);
});

test('what is too long or no choice is wrong, kept or sent', () => {
	const typed = {
		[answerField(choice)]: 'At night',
		[answerField(long)]: 'é'.repeat(21),
		[answerField(short)]: 'a'.repeat(20)
	};
	expect(wrong(typed, false)).toEqual([choice, long].map(answerField));
});

test('kept answers go with the questions that are still asked in the same way', () => {
	const kept = given({ [answerField(short)]: 'Yes', [answerField(long)]: 'No' });
	const now = [
		{ ...short, label: 'Asked anew?' },
		{ ...long, kind: 'short' as const }
	];
	expect(answersTo(now, kept).map(({ label, text }) => [label, text])).toEqual([
		['Asked anew?', 'Yes'],
		['A long one?', '']
	]);
});

test('a name is asked for to sign up, and not to keep the form', () => {
	const form = { id: randomUUID(), name: '  ', phone: '', needs: ['quiet'], needs_words: 'x'.repeat(2001) };
	const paths = (schema: typeof SignUp | typeof Unfinished) =>
		schema.safeParse(form).error?.issues.map(({ path }) => path[0]);
	expect(paths(SignUp)).toEqual(['name', 'needs_words']);
	expect(paths(Unfinished)).toEqual(['needs_words']);
});

test('more than can be kept is too much, by its bytes', () => {
	const [, answer] = given({ [answerField(long)]: '多'.repeat(24_000) });
	const about = { name: 'Robin', phone: '', needs: [], needs_words: '' };
	expect(isTooMuch(detailsOf(about, [answer!]))).toBe(true);
	expect(isTooMuch(detailsOf(about, [{ ...answer!, text: 'a'.repeat(24_000) }]))).toBe(false);
});
