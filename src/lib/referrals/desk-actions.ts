/**
 * What a coordinator does with a referral on a page of its own, but for a no, which has a preview: the event, what its form asks, and
 * how the page speaks of it.
 */
import { m } from '$lib/paraglide/messages';

/** What a form asks beside a button. */
interface Asks {
	/** `asker`: whoever sent the request reads them. */
	words?: { readBy: 'asker' | 'coordinators'; isOptional?: true; label: () => string; hint?: () => string };
	/** The day by which the referrer hears of us again. */
	day?: true;
	/** Whether it is the peer's wish or the referrer's. */
	whose?: true;
}

export interface DeskAction extends Asks {
	/** The event of the state machine; `note` is none, and always possible. */
	event: string;
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
		whose: true,
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
