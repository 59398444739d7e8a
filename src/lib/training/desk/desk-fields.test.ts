import { expect, test } from 'vitest';
import { daysIn, linesOf, needed, placeSlug, trainingSlug, whole, words } from './desk-fields';

test('a training is named by its title and its month', () => {
	expect(trainingSlug('Peer support training', '2027-01-12')).toBe('peer-support-training-january-2027');
	expect(trainingSlug('Café, what’s next?', '2027')).toBe('cafe-whats-next-2027');
	expect(trainingSlug('ਸਿਖਲਾਈ', '2027-05-01')).toBe('training-may-2027');
	const long = trainingSlug(`${'x'.repeat(75)} y z`, '2027-09-01');
	expect(long).toBe(`${'x'.repeat(75)}-september-2027`);
	expect(trainingSlug('x'.repeat(150), '2027-09-01')).toHaveLength(90);
});

test('a place is named by its address, or by its name in it', () => {
	expect(placeSlug(' https://site.example/places/Britannia-Library?near=x ')).toBe('britannia-library');
	expect(placeSlug('/places/britannia-library/')).toBe('britannia-library');
	expect(placeSlug('britannia-library')).toBe('britannia-library');
	expect(placeSlug('')).toBe('');
	expect(placeSlug('Britannia Library')).toBeNull();
	expect(placeSlug('https://other.example/page')).toBeNull();
});

test('lines say each thing once, and a day that is none is named', () => {
	expect(linesOf(' one\n\n two \none')).toEqual(['one', 'two']);
	expect(daysIn('2027-02-15\n2027-02-30')).toEqual({ days: ['2027-02-15', '2027-02-30'], wrong: '2027-02-30' });
});

test('words are as long as they may be, and hold nothing that no text of the database holds', () => {
	expect(words(5).parse(' a\0b\r\nc ')).toBe('ab\nc');
	expect(words(5).safeParse('x'.repeat(6)).success).toBe(false);
	expect(words(5).parse(undefined)).toBe('');
	expect(needed(5, () => 'missing').safeParse(' ').error?.issues[0]?.message).toBe('missing');
});

test('numbers are whole and within their bounds', () => {
	const seats = whole(() => 'Seats', { least: 0, most: 1000 });
	expect(seats.safeParse('0').success).toBe(true);
	for (const typed of ['', '-1', '1.5', '1001', '1e2', 'ten']) expect(seats.safeParse(typed).success).toBe(false);
});
