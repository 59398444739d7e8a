import { expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import { NO_REASONS, type No } from './desk-schemas';
import { dayThere, doneInWords, eventInWords, momentInWords, reasonInWords } from './desk-words';
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

test('an event of the support itself is told by where it leads', () => {
	expect(eventInWords({ ...event, event: 'pause', to: 'paused' })).toBe(
		m.referral_event_other({ who: 'Asha', state: stateName('paused') })
	);
});

test('every reason has its words, and no other', () => {
	for (const no of Object.keys(NO_REASONS) as No[])
		for (const reason of NO_REASONS[no]) expect(reasonInWords(no, reason), reason).not.toBe('');
	expect(reasonInWords('decline', 'constructor')).toBe('');
	expect(reasonInWords('end_early', 'other')).toBe('');
});

test('an instant is told as the clocks of the program show it', () => {
	expect(momentInWords('2026-07-23T02:05:00+00:00', 'America/Vancouver')).toBe('22 July 2026, 7:05 pm');
	expect(dayThere('2026-07-23T02:05:00+00:00', 'America/Vancouver')).toBe('22 July 2026');
});

test('an address can’t make a page say that something was done', () => {
	for (const what of [null, '', 'constructor', 'propose']) expect(doneInWords(what)).toBeUndefined();
});
