/** States, ages and languages in words. */
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import type { AgeBand, SafeWay } from './request';
import type { State } from './states';

const states: Record<State, () => string> = {
	submitted: m.referral_state_submitted,
	triage: m.referral_state_triage,
	info_needed: m.referral_state_info_needed,
	waitlisted: m.referral_state_waitlisted,
	match_proposed: m.referral_state_match_proposed,
	matched: m.referral_state_matched,
	active: m.referral_state_active,
	paused: m.referral_state_paused,
	ending: m.referral_state_ending,
	completed: m.referral_state_completed,
	ended_early: m.referral_state_ended_early,
	declined: m.referral_state_declined,
	redirected: m.referral_state_redirected,
	withdrawn: m.referral_state_withdrawn,
	entered_in_error: m.referral_state_entered_in_error
};

/** A state as a short name, the same for staff and for referrers. */
export const stateName = (state: State): string => states[state]();

const ages: Record<AgeBand, () => string> = {
	under_19: m.referral_age_under_19,
	'19_24': m.referral_age_19_24,
	'25_34': m.referral_age_25_34,
	'35_44': m.referral_age_35_44,
	'45_54': m.referral_age_45_54,
	'55_64': m.referral_age_55_64,
	'65_plus': m.referral_age_65_plus
};

export const ageInWords = (band: AgeBand): string => ages[band]();

const ways: Record<SafeWay, () => string> = {
	call: m.referral_safe_call,
	text: m.referral_safe_text,
	message: m.referral_safe_message
};

/** What is safe to do, as in "call them". */
export const wayInWords = (way: SafeWay): string => ways[way]();

/** A language's name in the reader's language; sign language by its own name, which not all know by its code. */
export function languageName(code: string): string {
	if (code === 'ase') return m.referral_language_ase();
	const name = new Intl.DisplayNames([getLocale()], { type: 'language' }).of(code) ?? code;
	return name.charAt(0).toLocaleUpperCase(getLocale()) + name.slice(1);
}
