/**
 * What a coordinator does with a referral on a page of its own, but for a no, which has a preview: the event, what its form asks, and
 * how the page speaks of it.
 */
import { m } from '$lib/paraglide/messages';
import { END_EARLY_REASONS } from './states';

/** What a form asks beside a button. */
interface Asks {
	/** `asker`: whoever sent the request reads them. */
	words?: { readBy: 'asker' | 'coordinators'; isOptional?: true; label: () => string; hint?: () => string };
	/** The day by which the referrer hears of us again. */
	day?: true;
	/** Whether it is the client's wish, or whose else it may be. */
	whose?: 'asker' | 'worker';
	/** The day on which client and worker met for the first time. */
	met?: true;
	/** One of these, coded. */
	reasons?: readonly EndEarlyReason[];
}

export type EndEarlyReason = (typeof END_EARLY_REASONS)[number];

export interface DeskAction extends Asks {
	/** The event of the state machine; `note` is none, and always possible. */
	event: string;
	/** The client's own, written down for them. */
	forPeer?: true;
	title: () => string;
	/** How the referral's page leads there. */
	link: () => string;
	lede: () => string;
	button: () => string;
}

const optionalWords = {
	readBy: 'asker',
	isOptional: true,
	label: m.desk_referral_words_optional,
	hint: m.desk_referral_words_read
} as const;

/** What the client said, if it should be kept. */
const peersWords = {
	readBy: 'coordinators',
	isOptional: true,
	label: m.matching_peer_words,
	hint: m.matching_peer_words_hint
} as const;

const staffsWords = { readBy: 'coordinators', isOptional: true, label: m.matching_words_why } as const;

export const ACTIONS = {
	ask: {
		event: 'ask',
		words: { readBy: 'asker', label: m.desk_referral_ask_words, hint: m.desk_referral_ask_hint },
		title: m.desk_referral_ask_title,
		link: m.desk_referral_ask_title,
		lede: m.desk_referral_ask_lede,
		button: m.desk_referral_ask_button
	},
	waitlist: {
		event: 'waitlist',
		day: true,
		words: optionalWords,
		title: m.desk_referral_waitlist_title,
		link: m.desk_referral_waitlist_title,
		lede: m.desk_referral_waitlist_lede,
		button: m.desk_referral_waitlist_button
	},
	'keep-waiting': {
		event: 'keep_waiting',
		day: true,
		words: optionalWords,
		title: m.desk_referral_keep_title,
		link: m.desk_referral_keep_title,
		lede: m.desk_referral_keep_lede,
		button: m.desk_referral_keep_button
	},
	withdraw: {
		event: 'withdraw',
		whose: 'asker',
		words: optionalWords,
		title: m.desk_referral_withdraw_title,
		link: m.desk_referral_withdraw_link,
		lede: m.desk_referral_withdraw_lede,
		button: m.desk_referral_withdraw_button
	},
	reopen: {
		event: 'reopen',
		words: { readBy: 'coordinators', label: m.desk_referral_reopen_words },
		title: m.desk_referral_reopen_title,
		link: m.desk_referral_reopen_title,
		lede: m.desk_referral_reopen_lede,
		button: m.desk_referral_reopen_title
	},
	correct: {
		event: 'ask_correction',
		words: { readBy: 'coordinators', label: m.desk_referral_correct_words },
		title: m.desk_referral_correct_title,
		link: m.desk_referral_correct_link,
		lede: m.desk_referral_correct_lede,
		button: m.desk_referral_correct_button
	},
	'confirm-correction': {
		event: 'confirm_correction',
		title: m.desk_referral_confirm_title,
		link: m.desk_referral_confirm_link,
		lede: m.desk_referral_confirm_lede,
		button: m.desk_referral_confirm_button
	},
	'peer-yes': {
		event: 'peer_yes',
		forPeer: true,
		words: peersWords,
		title: m.matching_peer_yes_title,
		link: m.matching_peer_yes_title,
		lede: m.matching_peer_yes_lede,
		button: m.matching_save
	},
	'peer-no': {
		event: 'peer_no',
		forPeer: true,
		words: peersWords,
		title: m.matching_peer_no_title,
		link: m.matching_peer_no_title,
		lede: m.matching_peer_no_lede,
		button: m.matching_save
	},
	'take-back': {
		event: 'take_back',
		title: m.matching_take_back_title,
		link: m.matching_take_back_title,
		lede: m.matching_take_back_lede,
		button: m.matching_take_back_title
	},
	begin: {
		event: 'begin',
		met: true,
		title: m.matching_begin_title,
		link: m.matching_begin_title,
		lede: m.matching_begin_lede,
		button: m.matching_begin_button
	},
	pause: {
		event: 'pause',
		whose: 'worker',
		words: staffsWords,
		title: m.matching_pause_title,
		link: m.matching_pause_title,
		lede: m.matching_pause_lede,
		button: m.matching_pause_button
	},
	resume: {
		event: 'resume',
		whose: 'worker',
		words: staffsWords,
		title: m.matching_resume_title,
		link: m.matching_resume_title,
		lede: m.matching_resume_lede,
		button: m.matching_resume_button
	},
	handover: {
		event: 'ask_handover',
		whose: 'worker',
		words: staffsWords,
		title: m.matching_handover_title,
		link: m.matching_handover_title,
		lede: m.matching_handover_lede,
		button: m.matching_handover_button
	},
	call: {
		event: 'ask_call',
		whose: 'worker',
		words: staffsWords,
		title: m.matching_call_title,
		link: m.matching_call_title,
		lede: m.matching_call_lede,
		button: m.matching_call_button
	},
	'end-early': {
		event: 'end_early',
		reasons: END_EARLY_REASONS,
		words: staffsWords,
		title: m.matching_early_title,
		link: m.matching_early_link,
		lede: m.matching_early_lede,
		button: m.matching_early_button
	},
	note: {
		event: 'note',
		words: { readBy: 'coordinators', label: m.desk_referral_note_words },
		title: m.desk_referral_note_title,
		link: m.desk_referral_note_title,
		lede: m.desk_referral_note_lede,
		button: m.desk_referral_note_button
	}
} as const satisfies Record<string, DeskAction>;

export type ActionName = keyof typeof ACTIONS;

export const isActionName = (name: string): name is ActionName => Object.hasOwn(ACTIONS, name);
