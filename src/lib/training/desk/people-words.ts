/** People of a training in words: what they need, how they stand, what has been done, and why something was not. */
import { m } from '$lib/paraglide/messages';
import type { Need, Reach } from '../details';
import type { EntryRefusal, EnrolmentState, MoveRefusal } from '../enrolments.server';
import { instantInWords } from './desk-words';
import type { MoveEvent } from './moves';
import type { MESSAGE_TO } from './people-schemas';
import type { AttendanceRefusal, CompletionRefusal, MessageRefusal } from './roster.server';
import type { Decision, Group, Outcome, RosterLine, Step } from './roster';

const needs: Record<Need, () => string> = {
	step_free: m.roster_need_step_free,
	transit: m.roster_need_transit,
	food: m.roster_need_food,
	language: m.roster_need_language,
	hearing: m.roster_need_hearing,
	seeing: m.roster_need_seeing,
	quiet: m.roster_need_quiet,
	children: m.roster_need_children,
	device: m.roster_need_device
};
export const needInWords = (need: Need): string => needs[need]();

/** All that somebody needs, in a line; empty where nothing was said. */
export const needsInWords = (given: { needs: readonly Need[]; needs_words: string }): string =>
	[...given.needs.map(needInWords), given.needs_words.trim()].filter((words) => words !== '').join('; ');

const reach: Record<Reach, () => string> = {
	email: m.roster_reach_email,
	phone: m.roster_reach_phone,
	letter: m.roster_reach_letter
};
export const reachInWords = (by: Reach): string => reach[by]();

const groups: Record<Group, () => string> = {
	seat: m.roster_group_seat,
	offered: m.roster_group_offered,
	line: m.roster_group_line,
	applied: m.roster_group_applied,
	over: m.roster_group_over
};
export const groupInWords = (group: Group): string => groups[group]();

const states: Record<EnrolmentState, () => string> = {
	applied: m.roster_state_applied,
	waitlisted: m.roster_state_waitlisted,
	offered: m.roster_state_offered,
	enrolled: m.roster_state_enrolled,
	declined: m.roster_state_declined,
	expired: m.roster_state_expired,
	withdrawn: m.roster_state_withdrawn,
	completed: m.roster_state_completed,
	not_completed: m.roster_state_not_completed
};
export const stateInWords = (state: EnrolmentState): string => states[state]();

/** How somebody stands, with the place in line or until when an offer stands. */
export function standingOf(line: Pick<RosterLine, 'state' | 'place' | 'offered_until'>, zone: string): string {
	if (line.state === 'offered' && line.offered_until)
		return m.roster_standing_offered({ until: instantInWords(line.offered_until, zone) });
	if (line.state === 'waitlisted' && line.place !== null) return m.roster_standing_line({ place: line.place });
	return stateInWords(line.state);
}

const decisions: Record<Decision, () => string> = {
	offer: m.roster_decision_offer,
	waitlist: m.roster_decision_waitlist,
	decline: m.roster_decision_decline
};
export const decisionInWords = (decision: Decision): string => decisions[decision]();

const outcomes: Record<Outcome, () => string> = {
	completed: m.roster_outcome_completed,
	not_completed: m.roster_outcome_not_completed,
	'': m.roster_outcome_not_yet
};
export const outcomeInWords = (outcome: Outcome): string => outcomes[outcome]();

const moves: Record<MoveEvent, () => string> = {
	offer: m.roster_move_offer,
	waitlist: m.roster_move_waitlist,
	accept: m.roster_move_accept,
	withdraw: m.roster_move_withdraw,
	reconsider: m.roster_move_reconsider,
	complete: m.roster_move_complete,
	not_complete: m.roster_move_not_complete
};
/** What a button says that does it. */
export const moveInWords = (event: MoveEvent): string => moves[event]();

const steps: Record<string, () => string> = {
	sign_up: m.roster_step_sign_up,
	apply: m.roster_step_apply,
	enter: m.roster_step_enter,
	offer: m.roster_step_offer,
	waitlist: m.roster_step_waitlist,
	accept: m.roster_step_accept,
	decline: m.roster_step_decline,
	reconsider: m.roster_step_reconsider,
	withdraw: m.roster_step_withdraw,
	expire: m.roster_step_expire,
	complete: m.roster_step_complete,
	not_complete: m.roster_step_not_complete
};
const actors: Record<Step['actor'], () => string> = {
	person: m.roster_actor_person,
	coordinator: m.roster_actor_coordinator,
	system: m.roster_actor_system
};
/** "Offered a seat, by itself". */
export const stepInWords = ({ event, to_state, actor }: Step): string =>
	m.roster_step({ what: (steps[event] ?? states[to_state])(), who: actors[actor]() });

const entryRefusals: Record<EntryRefusal, () => string> = {
	unknown: m.roster_refused_unknown,
	not_open: m.roster_refused_not_open,
	closed: m.roster_refused_closed,
	cancelled: m.roster_refused_cancelled,
	begun: m.roster_refused_begun,
	declined: m.roster_refused_declined,
	not_allowed: m.roster_refused_not_allowed
};
export const entryRefusalInWords = (refused: EntryRefusal): string => entryRefusals[refused]();

const moveRefusals: Record<MoveRefusal, () => string> = {
	not_found: m.roster_refused_not_allowed,
	stale: m.roster_refused_stale,
	not_possible: m.roster_refused_not_possible,
	too_late: m.roster_refused_too_late,
	full: m.roster_refused_full,
	not_begun: m.roster_refused_not_begun,
	unreviewed: m.roster_refused_unreviewed
};
export const moveRefusalInWords = (refused: MoveRefusal): string => moveRefusals[refused]();

const attendanceRefusals: Record<AttendanceRefusal, () => string> = {
	not_allowed: m.roster_refused_not_allowed,
	too_early: m.roster_refused_too_early
};
export const attendanceRefusalInWords = (refused: AttendanceRefusal): string => attendanceRefusals[refused]();

const completionRefusals: Record<CompletionRefusal, () => string> = {
	not_allowed: m.roster_refused_not_allowed,
	not_begun: m.roster_refused_not_begun
};
export const completionRefusalInWords = (refused: CompletionRefusal): string => completionRefusals[refused]();

const messageRefusals: Record<MessageRefusal, () => string> = {
	not_allowed: m.roster_refused_not_allowed,
	empty: m.roster_error_message,
	too_long: m.roster_refused_too_long
};
export const messageRefusalInWords = (refused: MessageRefusal): string => messageRefusals[refused]();

const messageTo: Record<(typeof MESSAGE_TO)[number], () => string> = {
	seat: m.roster_message_to_seat,
	line: m.roster_message_to_line,
	applied: m.roster_message_to_applied
};
export const messageToInWords = (to: (typeof MESSAGE_TO)[number]): string => messageTo[to]();

/** Hours as people say them: "12.5 hours". */
export const hoursInWords = (hours: number): string => (hours === 1 ? m.roster_hours_one() : m.roster_hours({ hours }));
