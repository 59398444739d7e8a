import { expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import type { Match } from '../desk.server';
import { comingIn, matchInWords, presentIn } from './match-words';

const match = (given: Partial<Match> = {}): Match => ({
	worker: { id: '018f3f0e-5a0b-4c63-8a44-0b5a3f1f6b11', name: 'Sam' },
	proposed_at: '2026-03-04T01:00:00Z',
	worker_said_yes_at: null,
	peer_said_yes_at: null,
	first_met_on: null,
	...given
});
const asked = m.matching_asked_on({ name: 'Sam', day: '3 March 2026' });
const name = 'Sam';
const yes = '2026-03-05T01:00:00Z';

test.each<[given: Partial<Match>, sentence: string]>([
	[{}, m.matching_both_wait({ name })],
	[{ worker_said_yes_at: yes }, m.matching_worker_yes({ name })],
	[{ peer_said_yes_at: yes }, m.matching_peer_yes({ name })],
	[{ worker_said_yes_at: yes, peer_said_yes_at: yes }, m.matching_both_yes({ name })]
])('for whom we wait: %j', (given, sentence) => {
	expect(matchInWords(match(given), 'America/Vancouver')).toBe(`${asked} ${sentence}`);
});

test('who supports, and who was asked beside', () => {
	const both = [match({ first_met_on: '2026-03-09' }), match()];
	expect(matchInWords(both[0]!, 'America/Vancouver')).toBe(m.matching_with({ name, day: '9 March 2026' }));
	expect([presentIn(both), comingIn(both)]).toEqual(both);
	expect(comingIn([both[0]!])).toBeUndefined();
});
