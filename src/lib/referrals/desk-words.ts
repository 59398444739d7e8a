/** A referral's events, reasons and days in words, as its coordinators read them. */
import { m } from '$lib/paraglide/messages';
import { dateIn, timeIn } from '$lib/directory/local-time';
import { dayInWords } from '$lib/ui/day';
import type { Duplicate, TimelineEvent } from './desk.server';
import type { No, NoReason } from './desk-schemas';
import { stateName } from './words';

/** An instant where the program is: "22 November 2026, 4:30 pm". */
export function momentInWords(instant: string, zone: string): string {
	const at = new Date(instant);
	return m.desk_referral_moment({ day: dayInWords(dateIn(zone, at)), time: timeIn(zone, at) });
}

/** The day of an instant where the program is: "22 November 2026". */
export const dayThere = (instant: string, zone: string): string => dayInWords(dateIn(zone, new Date(instant)));

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

/** A coded reason in words; nothing for one that belongs to another event. */
export function reasonInWords(event: string, reason: string): string {
	const ofEvent: Record<string, () => string> = event === 'decline' || event === 'redirect' ? reasons[event] : {};
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
	note: m.referral_event_note
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
	// Events of the support itself are told by where they lead.
	return sentences[event.event]?.(said) ?? m.referral_event_other({ who: said.who, state: stateName(event.to) });
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
	erase: m.desk_referral_done_erase
};

/** Events of which the referrer hears by mail, as the transitions have it. */
export const TOLD: readonly string[] = [
	'acknowledge',
	'ask',
	'waitlist',
	'keep_waiting',
	'decline',
	'redirect',
	'withdraw',
	'reopen'
];

/** What has just been done; undefined for anything else that an address may say. */
export const doneInWords = (what: string | null): string | undefined =>
	what !== null && Object.hasOwn(done, what) ? done[what]?.() : undefined;
