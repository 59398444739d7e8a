import { describe, expect, test } from 'vitest';
import {
	eventInWords,
	initials,
	linked,
	nearDay,
	opening,
	standing,
	waitInWords,
	whatNext,
	type Standing
} from './mine-words';
import { STATES, type State } from './states';

const NOW = new Date('2026-11-22T20:00:00Z');
const TODAY = '2026-11-22';

const request = (state: State, given: Partial<Standing> = {}): Standing => ({
	state,
	state_since: '2026-11-20T18:00:00Z',
	acknowledge_by: '2026-11-24T18:00:00Z',
	next_word_on: state === 'waitlisted' ? '2027-03-03' : null,
	time_zone: 'America/Vancouver',
	...given
});
const next = (state: State, given: Partial<Standing> = {}, endsOn: string | null = null) =>
	whatNext({ ...request(state, given), wait: { min: 4, max: 8, stated_on: '2026-11-20' }, endsOn }, NOW).join(' ');

describe('how a request stands', () => {
	test.each(STATES)('%s has a sentence, and says what is next, without words for staff', (state) => {
		const said = `${standing(request(state), NOW)} ${next(state)}`;
		expect(said.length).toBeGreaterThan(40);
		expect(said).not.toMatch(/triage|cohort|enrolment|declined|desk|client record|undefined|\{/i);
	});

	test('what was sent is read by a day, where the program is', () => {
		const late = request('submitted', { acknowledge_by: '2026-11-25T05:00:00Z' });
		expect(standing(late, NOW)).toContain('By Tuesday 24 November');
		expect(next('submitted')).toContain('4 to 8 weeks');
	});

	test('who waits is told by when we write', () => {
		expect(standing(request('waitlisted'), NOW)).toBe(
			"On the waiting list. We'll write by 3 March, even if nothing has changed."
		);
		expect(opening(request('waitlisted'), NOW)).toBe(
			"We can't promise a date, but we'll write by 3 March even if nothing has changed."
		);
	});

	test.each([
		['submitted', { acknowledge_by: '2026-11-20T18:00:00Z' }],
		['waitlisted', { next_word_on: '2026-11-21' }]
	] as const)('a promise about what is %s that was not kept is said as one', (state, given) => {
		expect(standing(request(state, given), NOW)).toMatch(/we're sorry/i);
		expect(next(state, given)).toMatch(/call us/);
		expect(standing(request('waitlisted', { next_word_on: TODAY }), NOW)).not.toMatch(/sorry/);
		expect(opening(request(state, given), NOW)).toBe(standing(request(state, given), NOW));
	});

	test.each(['withdrawn', 'declined', 'ended_early'] as const)('%s can be taken up again for 30 days', (state) => {
		expect(next(state)).toContain('by 20 December');
		expect(next(state, { state_since: '2026-10-20T18:00:00Z' })).not.toMatch(/by \d/);
	});

	test('an ending says its day where one was named', () => {
		expect(next('ending', {}, '2026-12-20')).toContain('around 20 December');
		expect(next('ending')).not.toContain('around');
	});
});

test('a day has its year where it could be another one', () => {
	expect(nearDay('2027-03-03', TODAY)).toBe('3 March');
	expect(nearDay('2026-01-05', TODAY)).toBe('5 January 2026');
	expect(nearDay('2027-11-22', TODAY)).toBe('22 November 2027');
});

test.each([
	[null, /can't say yet/],
	[{ min: 4, max: 8 }, /about 4 to 8 weeks.*20 November/],
	[{ min: 3, max: 3 }, /about 3 weeks/],
	[{ min: 0, max: 6 }, /up to 6 weeks/],
	[{ min: 0, max: 1 }, /about a week/]
])('a wait of %j is said as %s', (wait, words) => {
	expect(waitInWords(wait && { ...wait, stated_on: '2026-11-20' }, TODAY)).toMatch(words);
});

test('the timeline tells what has happened, and of nothing among staff', () => {
	const happened = (event: string, given: object = {}) =>
		eventInWords({ event, actor: 'coordinator', for_peer: false, day: null, ...given }, TODAY);
	expect(happened('submit')).toMatch(/phone/);
	expect(happened('submit', { actor: 'referrer' })).not.toMatch(/phone/);
	expect(happened('waitlist', { day: '2026-12-20' })).toContain('20 December');
	expect(happened('withdraw', { for_peer: true })).toContain('client');
	expect([happened('note'), happened('assign'), happened('ask_correction')]).toEqual([null, null, null]);
});

test.each([
	['Bob Sample', 'B. S.'],
	['Anne-Marie de la Cruz', 'A. M. D. L. C.'],
	['B.S.', 'B.S.'],
	['李明', '李明'],
	['محمد علي', 'م. ع.'],
	['<b>Bob</b> Sample', 'B. S.'],
	['', '']
])('of the name %j the page shows %j', (name, shown) => {
	expect(initials(name)).toBe(shown);
});

test('addresses and numbers in what somebody wrote are links, and nothing else is', () => {
	const links = (text: string) => linked(text).flatMap(({ href }) => href ?? []);
	expect(links('Call 604-555-0100 or (604) 555-0199, or 2-1-1.')).toEqual([
		'tel:+16045550100',
		'tel:+16045550199',
		'tel:211'
	]);
	expect(links('See https://bearings.example/neighbourhoods/kitsilano?near=1, and ask.')).toEqual([
		'https://bearings.example/neighbourhoods/kitsilano?near=1'
	]);
	const plain = [
		'javascript:alert(1)',
		'<a href="//evil.example">x</a>',
		'On 2026-11-22, 10-12 o’clock',
		'1234-5-6',
		''
	];
	for (const text of plain) {
		expect(links(text), text).toEqual([]);
		expect(
			linked(text)
				.map((piece) => piece.text)
				.join('')
		).toBe(text);
	}
});
