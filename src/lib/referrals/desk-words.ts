/** A referral's events, reasons and days in words, as its coordinators read them. */
import { m } from '$lib/paraglide/messages';
import { dateIn, timeIn } from '$lib/directory/local-time';
import { dayInWords } from '$lib/ui/day';
import type { Duplicate, TimelineEvent } from './desk.server';
import type { EndEarlyReason } from './desk-actions';
import type { No, NoReason } from './desk-schemas';
import type { ENDING_REASONS } from './states';
import { stateName } from './words';

/** An instant where the program is: "22 November 2026, 4:30 pm". */
export function momentInWords(instant: string, zone: string): string {
	const at = new Date(instant);
	return m.desk_referral_moment({ day: dayInWords(dateIn(zone, at)), time: timeIn(zone, at) });
}

const reasons: { [N in No]: Record<NoReason<N>, () => string> } = {
	decline: {
		no_worker_free: m.referral_reason_no_worker_free,
		outside_area: m.referral_reason_outside_area,
		other_support_fits: m.referral_reason_other_support_fits,
		not_wanted: m.referral_reason_not_wanted,
		no_answer: m.referral_reason_no_answer,
		other: m.referral_reason_other
	},
	redirect: {
		other_program: m.referral_reason_other_program,
		other_service: m.referral_reason_other_service,
		crisis_service: m.referral_reason_crisis_service,
		other: m.referral_reason_other
	}
};

const endingReasons: Record<(typeof ENDING_REASONS)[number], () => string> = {
	goal_reached: m.matching_reason_goal_reached,
	worker_needed_elsewhere: m.matching_reason_worker_needed_elsewhere
};

const endEarlyReasons: Record<EndEarlyReason, () => string> = {
	peer_wish: m.matching_reason_peer_wish,
	worker_left: m.matching_reason_worker_left,
	moved_away: m.matching_reason_moved_away,
	lost_touch: m.matching_reason_lost_touch,
	not_safe: m.matching_reason_not_safe,
	other: m.matching_reason_other
};

const reasonsOf: Record<string, Record<string, () => string>> = {
	...reasons,
	begin_ending: endingReasons,
	end_early: endEarlyReasons
};

/** A coded reason in words; nothing for one that belongs to another event. */
export function reasonInWords(event: string, reason: string): string {
	const ofEvent = Object.hasOwn(reasonsOf, event) ? reasonsOf[event]! : {};
	return Object.hasOwn(ofEvent, reason) ? (ofEvent[reason]?.() ?? '') : '';
}

type Said = Pick<TimelineEvent, 'event' | 'to' | 'actor' | 'actor_name' | 'for_peer' | 'reason' | 'day'>;

/** Who did it, at the beginning of a sentence. */
function who({ actor, actor_name }: Said): string {
	if (actor === 'system') return m.referral_event_by_system();
	return actor_name ?? (actor === 'referrer' ? m.referral_event_by_asker() : m.referral_event_by_staff());
}

type Sentence = (said: { who: string; day: string; reason: string }) => string;

const sentences: Record<string, Sentence> = {
	acknowledge: m.referral_event_acknowledge,
	ask: m.referral_event_ask,
	answer: m.referral_event_answer,
	waitlist: m.referral_event_waitlist,
	keep_waiting: m.referral_event_keep_waiting,
	reconsider: m.referral_event_reconsider,
	decline: m.referral_event_decline,
	redirect: m.referral_event_redirect,
	reopen: m.referral_event_reopen,
	ask_correction: m.referral_event_ask_correction,
	confirm_correction: m.referral_event_confirm_correction,
	drop_correction: m.referral_event_drop_correction,
	assign: m.referral_event_assign,
	rehome: m.referral_event_rehome,
	note: m.referral_event_note,
	propose: m.matching_event_propose,
	worker_yes: m.matching_event_worker_yes,
	worker_no: m.matching_event_worker_no,
	peer_yes: m.matching_event_peer_yes,
	peer_no: m.matching_event_peer_no,
	take_back: m.matching_event_take_back,
	begin: m.matching_event_begin,
	pause: m.matching_event_pause,
	resume: m.matching_event_resume,
	ask_handover: m.matching_event_ask_handover,
	settle_handover: m.matching_event_settle_handover,
	ask_call: m.matching_event_ask_call,
	settle_call: m.matching_event_settle_call,
	begin_ending: m.matching_event_begin_ending,
	extend: m.matching_event_extend,
	complete: m.matching_event_complete,
	end_early: m.matching_event_end_early
};

/** The same where it is the client's wish, which somebody wrote down. */
const peersSentences: Record<string, Sentence> = {
	pause: m.matching_event_pause_peer,
	resume: m.matching_event_resume_peer,
	ask_handover: m.matching_event_ask_handover_peer,
	ask_call: m.matching_event_ask_call_peer,
	begin_ending: m.matching_event_begin_ending_peer
};

/** What happened, as a sentence with who did it. */
export function eventInWords(event: Said): string {
	const said = {
		who: who(event),
		day: event.day ? dayInWords(event.day) : '',
		reason: event.reason ? reasonInWords(event.event, event.reason) : ''
	};
	if (event.event === 'submit')
		return event.actor === 'referrer' ? m.referral_event_submit() : m.referral_event_submit_phone(said);
	if (event.event === 'withdraw') {
		if (event.actor === 'referrer') return m.referral_event_withdraw(said);
		return event.for_peer ? m.referral_event_withdraw_peer(said) : m.referral_event_withdraw_asker(said);
	}
	if (event.event === 'worker_no' && event.reason === 'knows_them') return m.matching_event_worker_knows(said);
	if (event.event === 'ask_handover' && event.actor === 'worker' && !event.for_peer)
		return m.matching_event_ask_handover_worker(said);
	const sentence = (event.for_peer ? peersSentences[event.event] : undefined) ?? sentences[event.event];
	// What there are no words for is told by where it led.
	return sentence?.(said) ?? m.referral_event_other({ who: said.who, state: stateName(event.to) });
}

const shared: Record<Duplicate['shares'][number], () => string> = {
	name: m.desk_referral_shares_name,
	phone: m.desk_referral_shares_phone,
	email: m.desk_referral_shares_email
};

/** What a likely duplicate has in common with the referral: "the same name, the same phone number". */
export const sharesInWords = (shares: Duplicate['shares']): string => shares.map((kind) => shared[kind]()).join(', ');

const done: Record<string, () => string> = {
	entered: m.phone_done,
	acknowledge: m.desk_referral_done_acknowledge,
	ask: m.desk_referral_done_ask,
	waitlist: m.desk_referral_done_waitlist,
	keep_waiting: m.desk_referral_done_keep_waiting,
	reconsider: m.desk_referral_done_reconsider,
	decline: m.desk_referral_done_no,
	redirect: m.desk_referral_done_no,
	withdraw: m.desk_referral_done_withdraw,
	reopen: m.desk_referral_done_reopen,
	ask_correction: m.desk_referral_done_ask_correction,
	confirm_correction: m.desk_referral_done_confirm_correction,
	drop_correction: m.desk_referral_done_drop_correction,
	assign: m.desk_referral_done_assign,
	note: m.desk_referral_done_note,
	erase: m.desk_referral_done_erase,
	propose: m.matching_done_propose,
	peer_yes: m.matching_done_peer_yes,
	peer_no: m.matching_done_peer_no,
	take_back: m.matching_done_take_back,
	begin: m.matching_done_begin,
	pause: m.matching_done_pause,
	resume: m.matching_done_resume,
	ask_handover: m.matching_done_ask_handover,
	settle_handover: m.matching_done_settle_handover,
	ask_call: m.matching_done_ask_call,
	settle_call: m.matching_done_settle_call,
	begin_ending: m.matching_done_begin_ending,
	extend: m.matching_done_extend,
	complete: m.matching_done_complete,
	end_early: m.matching_done_end_early
};

/** Events of which the referrer hears by mail, as the transitions have it. */
const TOLD: readonly string[] = [
	'acknowledge',
	'ask',
	'waitlist',
	'keep_waiting',
	'decline',
	'redirect',
	'withdraw',
	'reopen',
	'begin',
	'begin_ending',
	'extend',
	'complete',
	'end_early'
];

/** Whether the referrer hears of what has just been done: of the answer to a match, where it made one or undid it. */
export function isTold(done: string | null, latest: Pick<TimelineEvent, 'event' | 'from' | 'to'> | undefined): boolean {
	if (done === 'peer_yes') return latest?.event === done && latest.to === 'matched';
	if (done === 'peer_no' || done === 'take_back') return latest?.event === done && latest.from === 'matched';
	return TOLD.includes(done ?? '');
}

/** What has just been done; undefined for anything else that an address may say. */
export const doneInWords = (what: string | null): string | undefined =>
	what !== null && Object.hasOwn(done, what) ? done[what]?.() : undefined;
