import { expect, test } from 'vitest';
import {
	asksTheSame,
	emptyRow,
	errorsOf,
	fieldName,
	questionsOf,
	readRows,
	rowsOf,
	usualRows,
	withMore,
	type QuestionRow
} from './question-form';

const row = (given: Partial<QuestionRow>): QuestionRow => ({ ...emptyRow(1), label: 'Why now?', ...given });

function formOf(rows: readonly QuestionRow[]): FormData {
	const form = new FormData();
	for (const [index, typed] of rows.entries())
		for (const [field, value] of Object.entries(typed))
			if (value !== false)
				form.append(fieldName(index, field as keyof QuestionRow), value === true ? 'on' : String(value));
	return form;
}

test('rows come back from a form as they were typed', () => {
	const rows = [row({ id: 'a' }), row({ kind: 'choice', options: 'Yes\nNo', required: false }), row({ remove: true })];
	expect(readRows(formOf(rows))).toEqual(rows);
});

test('rows that were left alone and those taken away ask nothing', () => {
	expect(questionsOf(withMore([row({ remove: true, label: '' })]), new Set())).toEqual([]);
	expect(errorsOf(withMore([row({ remove: true, label: '' })]))).toEqual({});
});

test('questions stand in the order of their places, those in one place as they stood', () => {
	const rows = [row({ label: 'b', place: '2' }), row({ label: 'c', place: '2' }), row({ label: 'a', place: '1' })];
	expect(questionsOf(rows, new Set()).map(({ label }) => label)).toEqual(['a', 'b', 'c']);
});

test('only ids of this training are kept', () => {
	const known = crypto.randomUUID();
	const strange = crypto.randomUUID();
	const ids = questionsOf([row({ id: known }), row({ id: strange })], new Set([known])).map(({ id }) => id);
	expect(ids[0]).toBe(known);
	expect(ids[1]).not.toBe(strange);
});

test('what is wrong is said of its row', () => {
	const wrong = errorsOf([
		row({}),
		row({ id: 'there', label: '' }),
		row({ kind: 'choice', options: 'Only one' }),
		row({ longest: '5' }),
		row({ kind: 'nonsense', place: 'first' }),
		row({ hint: 'x'.repeat(1001), label: 'x'.repeat(501) }),
		row({ label: '', options: 'Yes\nNo' })
	]);
	expect(Object.fromEntries(Object.entries(wrong).map(([index, errors]) => [index, Object.keys(errors)]))).toEqual({
		1: ['label'],
		2: ['options'],
		3: ['longest'],
		4: ['kind', 'place'],
		5: ['label', 'hint'],
		6: ['label']
	});
});

test('the usual questions can be saved as they are', () => {
	expect(errorsOf(usualRows())).toEqual({});
	const questions = questionsOf(usualRows(), new Set());
	expect(questions.map(({ kind }) => kind)).toEqual(['long', 'long', 'choice', 'consent']);
	expect(asksTheSame(questions, questionsOf(rowsOf(questions), new Set()))).toBe(true);
	expect(asksTheSame(questions, questions.slice(1))).toBe(false);
});
