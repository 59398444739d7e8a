import { describe, expect, test } from 'vitest';
import { instantOf } from './local-time';
import { distanceWords, openWords } from './open-words';
import type { OpenNow } from './types';

const ZONE = 'America/Vancouver';
const at = (local: string) => instantOf(local, ZONE);
const now = at('2026-07-06T14:00');

const open = (until: string | null): OpenNow => ({
	state: 'open',
	until: until && at(until).toISOString(),
	opens: null
});
const closed = (opens: string | null): OpenNow => ({
	state: 'closed',
	until: null,
	opens: opens && at(opens).toISOString()
});

describe('whether a place is open', () => {
	test.each([
		['until this evening', open('2026-07-06T17:00'), 'Open until 5:00 pm'],
		['past midnight', open('2026-07-07T02:00'), 'Open until 2:00 am'],
		['always', open(null), 'Open all day, every day'],
		['for days on end, so that a time alone would mislead', open('2026-07-11T00:00'), 'Open now'],
		['later today', closed('2026-07-06T18:30'), 'Closed now, opens at 6:30 pm'],
		['tomorrow', closed('2026-07-07T09:00'), 'Closed now, opens tomorrow at 9:00 am'],
		['on a day of this week', closed('2026-07-09T09:00'), 'Closed now, opens Thursday at 9:00 am'],
		['six days from now', closed('2026-07-12T09:00'), 'Closed now, opens Sunday at 9:00 am'],
		['a week from now, when the weekday would be today’s', closed('2026-07-13T09:00'), 'Closed now'],
		['nobody knows when', closed(null), 'Closed now'],
		['by appointment', { state: 'appointment', until: null, opens: null }, 'By appointment'],
		['not confirmed', { state: 'unconfirmed', until: null, opens: null }, 'Hours not confirmed']
	] as [string, OpenNow, string][])('%s', (_when, state, words) => {
		expect(openWords(state, ZONE, now)).toBe(words);
	});

	test('today is the place’s today, not that of UTC', () => {
		expect(openWords(closed('2026-07-06T23:30'), ZONE, at('2026-07-06T23:00'))).toBe('Closed now, opens at 11:30 pm');
		expect(openWords(closed('2026-07-07T00:30'), ZONE, at('2026-07-06T23:00'))).toBe(
			'Closed now, opens tomorrow at 12:30 am'
		);
	});
});

test.each([
	[0, '50 m away'],
	[60, '50 m away'],
	[340, '350 m away'],
	[949, '950 m away'],
	[950, '1.0 km away'],
	[1000, '1.0 km away'],
	[1249, '1.2 km away'],
	[9949, '9.9 km away'],
	[9950, '10 km away'],
	[23_400, '23 km away']
])('%i metres are said as people say them', (metres, words) => {
	expect(distanceWords(metres)).toBe(words);
});
