import { expect, test } from 'vitest';
import { addDays } from '$lib/directory/local-time';
import { ACTIONS } from './desk-actions';
import { actionSchema, MOST_DAYS, MOST_LETTERS, noSchema } from './desk-schemas';

const today = '2026-11-22';
const held = {
	id: '018f3f0e-5a0b-4c63-8a44-0b5a3f1f6b11',
	version: 3,
	form: '018f3f0e-5a0b-4c63-8a44-0b5a3f1f6b12'
};

test('a line’s end counts as one letter, as the field counted it', () => {
	const lines = Array.from({ length: MOST_LETTERS / 2 }, () => 'a').join('\r\n');
	const parsed = actionSchema(ACTIONS.ask, today).parse({ ...held, words: `${lines}\r\n` });
	expect(parsed.words).toHaveLength(MOST_LETTERS - 1);
	expect(actionSchema(ACTIONS.ask, today).safeParse({ ...held, words: `${lines}ab` }).success).toBe(false);
});

test('words are needed for a question and for a no, and not beside a day', () => {
	expect(actionSchema(ACTIONS.ask, today).safeParse({ ...held, words: ' \r\n ' }).success).toBe(false);
	expect(actionSchema(ACTIONS.waitlist, today).safeParse({ ...held, next_word_on: today }).success).toBe(true);
	const no = { ...held, reason: 'no_worker_free', words: 'Sorry.', who_may_help: '2-1-1' };
	expect(noSchema('decline').safeParse(no).success).toBe(true);
	for (const field of ['reason', 'words', 'who_may_help'])
		expect(noSchema('decline').safeParse({ ...no, [field]: '' }).success, field).toBe(false);
	expect(noSchema('redirect').safeParse(no).success).toBe(false);
});

test('the next word is today or within three months', () => {
	const fits = (next_word_on: string) =>
		actionSchema(ACTIONS['keep-waiting'], today).safeParse({ ...held, next_word_on }).success;
	expect([0, 1, MOST_DAYS].map((days) => fits(addDays(today, days)))).toEqual([true, true, true]);
	expect(['2026-11-21', addDays(today, MOST_DAYS + 1), '2026-02-30', 'soon', ''].some(fits)).toBe(false);
});
