/** A referral's states, as the database has them (supabase/migrations/…_referrals.sql). */
import type { Enums } from '$lib/server/database.types';

export type State = Enums<'referral_state'>;

/** In the order of a referral's life. */
export const STATES = [
	'submitted',
	'triage',
	'info_needed',
	'waitlisted',
	'match_proposed',
	'matched',
	'active',
	'paused',
	'ending',
	'completed',
	'ended_early',
	'declined',
	'redirected',
	'withdrawn',
	'entered_in_error'
] as const satisfies readonly State[];

/** The states in which nothing more is due. */
export const CLOSED: readonly State[] = [
	'completed',
	'ended_early',
	'declined',
	'redirected',
	'withdrawn',
	'entered_in_error'
];

/** Coded reasons, as `private.referral_reasons` has them. */
export const DECLINE_REASONS = [
	'no_worker_free',
	'outside_area',
	'other_support_fits',
	'not_wanted',
	'no_answer',
	'other'
] as const;
export const REDIRECT_REASONS = ['other_program', 'other_service', 'crisis_service', 'other'] as const;
export const ENDING_REASONS = ['goal_reached', 'worker_needed_elsewhere'] as const;
export const END_EARLY_REASONS = ['peer_wish', 'worker_left', 'moved_away', 'lost_touch', 'not_safe', 'other'] as const;

/** A reference such as `PS-7K3M-2QX`: no look-alike letters, not a sequence. */
export const REFERENCE = /^PS-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{3}$/;
