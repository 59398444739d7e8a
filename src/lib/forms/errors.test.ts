import { expect, test } from 'vitest';
import { listErrors } from './errors';

test('a field’s error leads to the field, a form’s error to nothing', () => {
	expect(listErrors({ email: ['Enter an address.'], _errors: ['Not now.'] })).toEqual([
		{ id: 'email', message: 'Enter an address.' },
		{ id: null, message: 'Not now.' }
	]);
});

test('errors of a list and of what is in it lead to their own fields', () => {
	expect(listErrors({ goals: { _errors: ['Choose one.'], 1: { words: ['Too long.'] } } })).toEqual([
		{ id: 'goals-1-words', message: 'Too long.' },
		{ id: 'goals', message: 'Choose one.' }
	]);
});

test('a form without errors has none', () => {
	expect(listErrors({})).toEqual([]);
	expect(listErrors({ email: undefined })).toEqual([]);
});
