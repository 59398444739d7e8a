import { expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import { NO_REASONS, type No } from './desk-schemas';
import { dayThere } from '$lib/ui/day';
import { doneInWords, eventInWords, isTold, momentInWords, reasonInWords } from './desk-words';
import { END_EARLY_REASONS, ENDING_REASONS, type State } from './states';
import { stateName } from './words';

const event = {
	event: 'withdraw',
	to: 'withdrawn',
	actor: 'coordinator',
	actor_name: 'Asha',
	for_peer: false,
	reason: null,
	day: null
} as const;

test('whose wish it was is said', () => {
	expect(eventInWords({ ...event, for_peer: true })).toBe(m.referral_event_withdraw_peer({ who: 'Asha' }));
	expect(eventInWords(event)).toBe(m.referral_event_withdraw_asker({ who: 'Asha' }));
	expect(eventInWords({ ...event, actor: 'referrer', actor_name: null })).toBe(
		m.referral_event_withdraw({ who: m.referral_event_by_asker() })
	);
});

test('a day and a reason are part of the sentence', () => {
	expect(eventInWords({ ...event, event: 'waitlist', to: 'waitlisted', day: '2026-12-06' })).toContain(
		'6 December 2026'
	);
	expect(eventInWords({ ...event, event: 'decline', to: 'declined', reason: 'outside_area' })).toContain(
		m.referral_reason_outside_area()
	);
});

test('an event that has no words of its own is told by where it leads', () => {
	expect(eventInWords({ ...event, event: 'something', to: 'paused' })).toBe(
		m.referral_event_other({ who: 'Asha', state: stateName('paused') })
	);
});

test('every event of a match and a support is a sentence of its own', () => {
	const events = [
		'propose',
		'worker_yes',
		'worker_no',
		'peer_yes',
		'peer_no',
		'begin',
		'pause',
		'resume',
		'extend',
		'take_back'
	];
	const asked = ['ask_handover', 'settle_handover', 'ask_call', 'settle_call', 'begin_ending', 'complete', 'end_early'];
	const told = [...events, ...asked].map((name) => eventInWords({ ...event, event: name, to: 'active' }));
	expect(new Set(told).size).toBe(told.length);
	expect(told).not.toContain(m.referral_event_other({ who: 'Asha', state: stateName('active') }));
});

test('a wish is told as whose it is', () => {
	const wish = { ...event, event: 'ask_handover', to: 'active' } as const;
	expect(eventInWords({ ...wish, for_peer: true })).toBe(m.matching_event_ask_handover_peer({ who: 'Asha' }));
	expect(eventInWords({ ...wish, actor: 'worker' })).toBe(m.matching_event_ask_handover_worker({ who: 'Asha' }));
	expect(eventInWords(wish)).toBe(m.matching_event_ask_handover({ who: 'Asha' }));
	expect(eventInWords({ ...event, event: 'worker_no', to: 'triage', actor: 'worker', reason: 'knows_them' })).toBe(
		m.matching_event_worker_knows({ who: 'Asha' })
	);
});

test('the referrer hears of an answer that made a match or undid it', () => {
	const answer = (name: string, from: State, to: State) => isTold(name, { event: name, from, to });
	expect(answer('peer_yes', 'match_proposed', 'matched')).toBe(true);
	expect(answer('peer_yes', 'match_proposed', 'match_proposed')).toBe(false);
	expect(answer('peer_no', 'matched', 'waitlisted')).toBe(true);
	expect(answer('peer_no', 'match_proposed', 'waitlisted')).toBe(false);
	expect(answer('take_back', 'matched', 'waitlisted')).toBe(true);
	expect(answer('take_back', 'match_proposed', 'waitlisted')).toBe(false);
	expect([answer('begin', 'matched', 'active'), answer('pause', 'active', 'paused')]).toEqual([true, false]);
	expect(isTold('peer_yes', undefined)).toBe(false);
});

test('every reason has its words, and no other', () => {
	for (const no of Object.keys(NO_REASONS) as No[])
		for (const reason of NO_REASONS[no]) expect(reasonInWords(no, reason), reason).not.toBe('');
	expect(reasonInWords('decline', 'constructor')).toBe('');
	for (const reason of END_EARLY_REASONS) expect(reasonInWords('end_early', reason), reason).not.toBe('');
	for (const reason of ENDING_REASONS) expect(reasonInWords('begin_ending', reason), reason).not.toBe('');
	expect(reasonInWords('constructor', 'other')).toBe('');
});

test('an instant is told as the clocks of the program show it', () => {
	expect(momentInWords('2026-07-23T02:05:00+00:00', 'America/Vancouver')).toBe('22 July 2026, 7:05 pm');
	expect(dayThere('2026-07-23T02:05:00+00:00', 'America/Vancouver')).toBe('22 July 2026');
});

test('an address can’t make a page say that something was done', () => {
	for (const what of [null, '', 'constructor', 'worker_yes']) expect(doneInWords(what)).toBeUndefined();
});
