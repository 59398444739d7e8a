import { expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import { startNo } from './no-samples';
import {
	changedPerson,
	hoursIn,
	HoursForm,
	NewPerson,
	NoForm,
	outcomesIn,
	reviewForm,
	reviewIn
} from './people-schemas';

const form = '8d0f6b3e-0000-4000-8000-000000000001';
const wrong = (given: object) =>
	NewPerson.safeParse({ form, name: 'Robin', ...given }).error?.issues.map(({ path, message }) => [path[0], message]) ??
	[];

test.each<[object, unknown[]]>([
	[{ reach: 'phone', phone: '604-555-0100' }, []],
	[{ reach: 'phone' }, [['phone', m.roster_error_phone_missing()]]],
	[{ reach: 'phone', phone: 'soon' }, [['phone', m.roster_error_phone()]]],
	[{ reach: 'letter', address: '1 Sample Street' }, []],
	[{ reach: 'letter', phone: '604-555-0100' }, [['address', m.roster_error_address_missing()]]],
	[{ reach: 'email', email: ' Robin@People.Example ' }, []],
	[{ reach: 'email', phone: '604-555-0100' }, [['email', m.roster_error_email_missing()]]],
	[{ reach: 'email', email: 'robin' }, [['email', m.roster_error_email()]]],
	[{ reach: 'phone', phone: '604-555-0100', name: '  ' }, [['name', m.roster_error_name()]]]
])('%j', (given, issues) => expect(wrong(given)).toEqual(issues));

test('an answer as long as any question allows can be saved beside what was changed; a no is shorter', () => {
	const said = { name: 'Robin', reach: 'phone', phone: '604-555-0100' };
	const answering = (letters: number) => changedPerson(false).safeParse({ ...said, answers: ['x'.repeat(letters)] });
	expect(answering(10_000).success).toBe(true);
	expect(answering(10_001).success).toBe(false);
	expect(NoForm.safeParse({ words: 'x'.repeat(5000) }).success).toBe(true);
	expect(NoForm.safeParse({ words: 'x'.repeat(5001) }).success).toBe(false);
});

test.each<[string, boolean]>([
	['0', true],
	['12.5', true],
	['12,5', true],
	['2000', true],
	['2000.5', false],
	['-1', false],
	['twelve', false],
	['', false]
])('%j hours: %j', (hours, isGood) => expect(HoursForm.safeParse({ hours }).success).toBe(isGood));

test('hours with a comma are hours', () => expect(hoursIn('12,5')).toBe(12.5));

test('a reading scores each line, and a line that is left out is missed', () => {
	const sent = new FormData();
	for (const [field, value] of [
		['form', form],
		['words', 'Warm.'],
		['score-0', '4']
	] as const)
		sent.append(field, value);
	expect(reviewIn(sent, ['Listens', 'Has time'])).toEqual({ form, words: 'Warm.', scores: [4, 0] });
	expect(reviewForm(2).safeParse(reviewIn(sent, ['Listens', 'Has time'])).success).toBe(false);
	expect(reviewForm(1).safeParse(reviewIn(sent, ['Listens'])).success).toBe(true);
	expect(reviewForm(0).safeParse({ form, words: 'Warm.', scores: [] }).success).toBe(true);
});

test('outcomes are read by person; what is neither is left out', () => {
	const sent = new FormData();
	sent.append(`of-${form}`, 'completed');
	sent.append('of-nobody', 'completed');
	sent.append(`of-8d0f6b3e-0000-4000-8000-000000000002`, 'perhaps');
	expect([...outcomesIn(sent)]).toEqual([[form, 'completed']]);
});

test('a no begins from a sample, which takes the place of another and of nothing else', () => {
	const given = { name: 'Robin', title: 'Winter' };
	const many = m.roster_no_many(given);
	expect(startNo('many', '', given)).toBe(many);
	expect(startNo('next', many, given)).toBe(m.roster_no_next(given));
	expect(startNo('many', 'Dear Robin.', given)).toBe(`Dear Robin.\n\n${many}`);
	expect(startNo('many', `Dear Robin.\n\n${many}`, given)).toBe(`Dear Robin.\n\n${many}`);
});
