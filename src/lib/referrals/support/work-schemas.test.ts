import { describe, expect, it } from 'vitest';
import { entryForm, meetingForm, workerForm } from './work-schemas';

const today = '2026-11-22';
const entry = { id: '00000000-0000-4000-8000-000000000001', version: 0 };
const wrong = (result: { success: boolean; error?: { issues: { path: PropertyKey[] }[] } }) =>
	result.error?.issues.map(({ path }) => path.join('.')) ?? [];

describe("a note's form", () => {
	const note = (given: object) => entryForm('note', today).safeParse({ ...entry, on_day: today, ...given });

	it('takes 10,000 letters in any script and not one more', () => {
		expect(wrong(note({ text: '谢'.repeat(10_000) }))).toEqual([]);
		expect(wrong(note({ text: '谢'.repeat(10_001) }))).toEqual(['text']);
	});
	it('counts a new line once, as it was typed', () => {
		expect(wrong(note({ text: `${'a\r\n'.repeat(4999)}ab` }))).toEqual([]);
		expect(note({ text: 'a\r\nb' }).data?.text).toBe('a\nb');
	});
	it('asks for words and for a day that has come', () => {
		expect(wrong(note({ text: '  ' }))).toEqual(['text']);
		expect(wrong(note({ text: 'x', on_day: '2026-11-23' }))).toEqual(['on_day']);
		expect(wrong(note({ text: 'x', on_day: '2025-01-01' }))).toEqual(['on_day']);
		expect(wrong(note({ text: 'x', on_day: '' }))).toEqual(['on_day']);
	});
});

it('asks of a goal and of a place what is theirs', () => {
	expect(wrong(entryForm('goal', today).safeParse({ ...entry, text: 'x'.repeat(301) }))).toEqual(['text']);
	expect(entryForm('goal', today).parse({ ...entry, text: 'To read' })).toMatchObject({ mark: 'not_yet' });
	expect(wrong(entryForm('place', today).safeParse({ ...entry, name: '' }))).toEqual(['name']);
	expect(entryForm('place', today).parse({ ...entry, name: 'The pier' })).toMatchObject({
		mark: 'want_to_go',
		on_day: ''
	});
});

it('asks of a meeting when and where', () => {
	expect(wrong(meetingForm().safeParse({ ...entry }))).toEqual(expect.arrayContaining(['day', 'from', 'to']));
	const typed = { ...entry, day: '2026-11-24', from: '14:00', to: '15:00' };
	expect(wrong(meetingForm().safeParse(typed))).toEqual(['name']);
	expect(wrong(meetingForm().safeParse({ ...typed, name: 'The pier' }))).toEqual([]);
	expect(wrong(meetingForm().safeParse({ ...typed, from: '25:00', place: 'plan' }))).toEqual(['from']);
});

describe('what a worker says', () => {
	const says = (given: object) => wrong(workerForm(today).safeParse(given));

	it('has a cap from none to fifty', () => {
		expect(says({ cap: 0 })).toEqual([]);
		expect(says({ cap: 50 })).toEqual([]);
		for (const cap of [-1, 51, 1.5, NaN]) expect(says({ cap }), `${cap}`).toEqual(['cap']);
	});
	it('asks for the day only where one is chosen', () => {
		expect(says({ less: 'week', less_until: 'x' })).toEqual([]);
		expect(says({ less: 'day', less_until: '' })).toEqual(['less_until']);
		expect(says({ less: 'day', less_until: '2026-11-21' })).toEqual(['less_until']);
		expect(says({ less: 'day', less_until: '2027-03-01' })).toEqual(['less_until']);
		expect(says({ less: 'day', less_until: today })).toEqual([]);
	});
});
