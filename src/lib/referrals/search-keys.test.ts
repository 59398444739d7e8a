import { describe, expect, test } from 'vitest';
import { emailKey, nameKey, phoneKey, searchKeys } from './search-keys';

describe('one spelling', () => {
	test.each([
		['José  Núñez-Gil', 'jose nunez gil'],
		['jose nunez gil', 'jose nunez gil'],
		['  ROBERT o’Neil ', 'robert o neil'],
		['محمد علي', 'محمد علي']
	])('of the name %j is %j', (typed, value) => {
		expect(nameKey(typed)).toEqual({ kind: 'name', value });
	});

	test.each([
		['B.S.', 'bs'],
		['b s', 'bs'],
		['Bob', 'bob'],
		['李明', '李明']
	])('of the initials %j is %j', (typed, value) => {
		expect(nameKey(typed)).toEqual({ kind: 'initials', value });
	});

	test.each([
		'604 555 0123',
		'(604) 555-0123',
		'+1 604-555-0123',
		'6045550123',
		'1.604.555.0123',
		'604-555-0123 ext 4'
	])('of the number %j', (typed) => {
		expect(phoneKey(typed)).toEqual({ kind: 'phone', value: '+16045550123' });
	});

	test('a number from elsewhere keeps its country; one that is none keeps its digits', () => {
		expect(phoneKey('+44 20 7946 0958')?.value).toBe('+442079460958');
		expect(phoneKey('555 0123')?.value).toMatch(/5550123$/);
		expect([phoneKey(''), phoneKey('12'), nameKey('…'), emailKey('bob')]).toEqual([null, null, null, null]);
	});
});

test('what is typed into the search field is looked for as all that it may be', () => {
	expect(searchKeys('Bob Sample').map(({ kind }) => kind)).toEqual(['name']);
	expect(searchKeys('604 555 0123')[0]).toEqual({ kind: 'phone', value: '+16045550123' });
	expect(searchKeys(' Bob@Home.example ')).toEqual([{ kind: 'email', value: 'bob@home.example' }]);
	expect(searchKeys('   ')).toEqual([]);
});
