import { describe, expect, test } from 'vitest';
import { choiceFrom, choiceOptions, notifyAddress, ofInWords, readChoice, Wish, type Choices } from './wish';

const AREA = '8a3f2b10-0c1d-4e2f-8a3b-4c5d6e7f8091';
const one: Choices = [{ slug: 'here', name: 'Here', areas: [{ id: AREA, name: 'Kitsilano' }] }];
const two: Choices = [...one, { slug: 'there', name: 'There', areas: [] }];

test('one program offers its areas, and any', () => {
	expect(choiceOptions(one)).toEqual([
		{ value: 'here', label: 'Anywhere' },
		{ value: `here/${AREA}`, label: 'Kitsilano' }
	]);
});

test('of several, each choice names its own', () => {
	expect(choiceOptions(two).map(({ label }) => label)).toEqual([
		'Here, anywhere',
		'Here, Kitsilano',
		'There, anywhere'
	]);
});

test('what a form says is read as it was written', () => {
	for (const { value } of choiceOptions(two))
		expect(Wish.safeParse({ email: 'a@b.example', choice: value }).success).toBe(true);
	expect(readChoice('here')).toEqual({ program: 'here', area: null });
	expect(readChoice(`here/${AREA}`)).toEqual({ program: 'here', area: AREA });
});

describe('an address says what is chosen at first', () => {
	test.each([
		['', 'here'],
		['program=there', 'there'],
		[`program=here&area=${AREA}`, `here/${AREA}`],
		[`area=${AREA}`, `here/${AREA}`],
		[`program=there&area=${AREA}`, 'there'],
		['program=nowhere', 'here'],
		['program=here&area=%3Cb%3E', 'here']
	])('%s', (search, expected) => expect(choiceFrom(two, new URLSearchParams(search))).toBe(expected));

	test('nothing where there is nothing', () => expect(choiceFrom([], new URLSearchParams('program=x'))).toBe(''));
});

test.each([
	[{ program_slug: 'there', area_id: null }, 'there'],
	[{ program_slug: 'here', area_id: null }, 'here'],
	[{ program_slug: 'here', area_id: AREA }, `here/${AREA}`]
])('the link of a training, %j, chooses what it is of', (training, expected) => {
	const { pathname, searchParams } = new URL(notifyAddress(training), 'https://bearings.example');
	expect(pathname).toBe('/training/notify');
	expect(choiceFrom(two, searchParams)).toBe(expected);
});

test.each(['', 'nobody', 'a b@c.example', `${'x'.repeat(250)}@c.example`])('%j is no address', (email) => {
	expect(Wish.safeParse({ email, choice: 'here' }).error?.issues[0]?.path).toEqual(['email']);
});

test('an address is kept in small letters, without what stood around it', () => {
	expect(Wish.parse({ email: ' Mei@People.Example ', choice: 'here' }).email).toBe('mei@people.example');
});

test('of what, in words', () => {
	expect(ofInWords({ program: 'Here', area: null })).toBe('Here, anywhere');
	expect(ofInWords({ program: 'Here', area: 'Kitsilano' })).toBe('Here, Kitsilano');
});
