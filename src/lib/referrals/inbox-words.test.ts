import { expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import { ageInWords, countInWords, nearDay, placeInWords, takenCode, takenInWords } from './inbox-words';

test.each([
	[0, m.inbox_age_today()],
	[1, m.inbox_age_day()],
	[13, m.inbox_age_days({ count: 13 })],
	[14, m.inbox_age_weeks({ count: 2 })],
	[60, m.inbox_age_weeks({ count: 8 })],
	[61, m.inbox_age_months({ count: 2 })],
	[729, m.inbox_age_months({ count: 23 })],
	[731, m.inbox_age_years({ count: 2 })]
])('%i days are %j', (days, words) => {
	expect(ageInWords(days)).toBe(words);
});

test('what is counted to 100 says so, and a place in line is told to 500', () => {
	expect([0, 99, 100].map(countInWords)).toEqual(['0', '99', '100+']);
	expect([1, 500, 501].map(placeInWords)).toEqual(['1', '500', m.inbox_far({ count: 500 })]);
});

test('a day has its year where that is another', () => {
	expect(nearDay('2026-12-03', '2026-11-22')).toBe('3 December');
	expect(nearDay('2027-01-03', '2026-11-22')).toBe('3 January 2027');
});

test('what became of the ticked ones is a code in the address, and a sentence on the page', () => {
	expect(takenInWords(takenCode(12, 1))).toBe(`${m.inbox_taken_some({ count: 12 })} ${m.inbox_gone_one()}`);
	expect(takenInWords(takenCode(1, 0))).toBe(m.inbox_taken_one());
	expect(takenInWords(takenCode(0, 2))).toBe(m.inbox_gone_some({ count: 2 }));
	for (const code of [null, '', 'taken', takenCode(0, 0), 'taken-1-<b>', 'taken-1234-0'])
		expect(takenInWords(code)).toBeNull();
});
