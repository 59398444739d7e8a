import { expect, test } from 'vitest';
import { beginForm, extendForm, letterForm, stepForm } from './ending-forms';

const held = { id: crypto.randomUUID(), version: 3, form: crypto.randomUUID() };
const entry = { id: crypto.randomUUID(), version: 0 };
const today = '2026-11-22';

const begin = (given: object) =>
	beginForm(today).safeParse({ ...held, end_on: '2026-12-20', reason: 'goal_reached', ...given });
const problems = (result: { success: boolean; error?: { issues: { path: PropertyKey[] }[] } }) =>
	result.error?.issues.map(({ path }) => path.join('.')) ?? [];

test('four weeks ahead need no words, a day less does', () => {
	expect(begin({}).success).toBe(true);
	expect(problems(begin({ end_on: '2026-12-19' }))).toEqual(['words']);
	expect(begin({ end_on: '2026-12-19', words: 'Devon moves away.' }).success).toBe(true);
	expect(begin({ end_on: today, words: 'Bob leaves tomorrow.' }).success).toBe(true);
});

test.each(['2026-11-21', '2027-11-24', '', 'soon', '2026-02-30'])('%j is no day to end on', (end_on) => {
	expect(problems(begin({ end_on, words: 'x' }))).toEqual(['end_on']);
});

test.each(['', 'other', 'goal'])('%j is no reason', (reason) => {
	expect(problems(begin({ reason }))).toEqual(['reason']);
});

test('to go on longer takes words', () => {
	expect(problems(extendForm().safeParse({ ...held, words: ' \r\n ' }))).toEqual(['words']);
});

const step = (which: Parameters<typeof stepForm>[0], given: object) =>
	stepForm(which).safeParse({ ...entry, ...given });

test.each(['look_back', 'achievement'] as const)('%s can be done without a word', (which) => {
	expect(step(which, { settled: 'done' }).success).toBe(true);
	expect(problems(step(which, { settled: 'set_aside' }))).toEqual(['text']);
});

test.each(['proud_of', 'can_do_now', 'strengths', 'where_else', 'thanks'] as const)('%s takes words', (which) => {
	expect(problems(step(which, { settled: 'done' }))).toEqual(['text']);
	expect(problems(step(which, { settled: 'set_aside', text: '  ' }))).toEqual(['text']);
	expect(step(which, { settled: 'done', text: 'Yes' }).success).toBe(true);
});

test('feelings are done with somebody else named, or a call; set aside without either', () => {
	expect(problems(step('feelings', { settled: 'done', text: 'Sad' }))).toEqual(['other_support']);
	expect(step('feelings', { settled: 'done', text: 'Sad', other_support: 'My sister' }).success).toBe(true);
	expect(step('feelings', { settled: 'done', text: 'Sad', call: true }).success).toBe(true);
	expect(step('feelings', { settled: 'set_aside', text: 'Not today' }).success).toBe(true);
	expect(step('feelings', { settled: 'open', text: 'Sad' }).success).toBe(true);
});

test('lines are counted as they were typed, in any script; what is too long is told', () => {
	expect(step('thanks', { text: 'a\r\n'.repeat(2000).trim() }).success).toBe(true);
	expect(step('thanks', { text: '謝'.repeat(4000) }).success).toBe(true);
	expect(problems(step('thanks', { text: '謝'.repeat(4001) }))).toEqual(['text']);
	const letter = (text: string, from = 'Devon') => letterForm().safeParse({ ...entry, text, from });
	expect(letter('ਧ'.repeat(10_000)).success).toBe(true);
	expect(problems(letter('ਧ'.repeat(10_001)))).toEqual(['text']);
	expect(problems(letter('', ''))).toEqual(['text', 'from']);
});
