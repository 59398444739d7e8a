/** Why the database refused to move a referral, in words: for those who asked, staff or referrer. */
import { m } from '$lib/paraglide/messages';

const refusals = {
	not_found: m.referral_refused_not_found,
	stale: m.referral_refused_stale,
	not_possible: m.referral_refused_not_possible,
	not_allowed: m.referral_refused_not_allowed,
	words: m.referral_refused_words,
	reason: m.referral_refused_reason,
	next_word_on: m.referral_refused_next_word_on,
	first_met_on: m.referral_refused_first_met_on,
	end_on: m.referral_refused_end_on,
	past: m.referral_refused_past,
	too_far: m.referral_refused_too_far,
	worker: m.referral_refused_worker,
	worker_full: m.referral_refused_worker_full,
	same_worker: m.referral_refused_same_worker,
	knows_them: m.referral_refused_knows_them,
	plan: m.referral_refused_plan,
	steps_open: m.referral_refused_steps_open,
	too_late: m.referral_refused_too_late,
	same_person: m.referral_refused_same_person,
	not_asked: m.referral_refused_not_asked,
	no_coordinator: m.referral_refused_no_coordinator,
	still_open: m.referral_refused_still_open
} as const;

/** What `move_referral` and its like answer (supabase/migrations/…_referral_moves.sql, …_referral_coordination.sql). */
export type MoveRefusal = keyof typeof refusals;

export const MOVE_REFUSALS = Object.keys(refusals) as [MoveRefusal, ...MoveRefusal[]];

export const moveRefusalInWords = (refusal: MoveRefusal): string => refusals[refusal]();

/** Whether it was refused because the referral has moved on since the page was opened. */
export const hasMovedOn = (refusal: MoveRefusal): boolean => refusal === 'stale' || refusal === 'not_possible';
