/** Words for each event of the audit, as the functions of the database write them; audit-words.test.ts keeps the two in step. */
import { m } from '$lib/paraglide/messages';

/** What a sentence may speak of, in words. */
export interface Facts {
	who: string;
	request: string;
	/** Of the person it was done to. */
	name: string;
	role: string;
	program: string;
	team: string;
	area: string;
	day: string;
	count: string;
	hours: string;
	months: string;
}

export type Sentence = (facts: Facts) => string;

interface Told {
	done: Sentence;
	/** Where it was refused. */
	tried: Sentence;
}

export const EVENTS: Record<string, Told & { kind: () => string }> = {
	'referral.submitted': {
		kind: m.audit_kind_referral_submitted,
		done: m.audit_done_referral_submitted,
		tried: m.audit_tried_referral_submitted
	},
	'referral.read': {
		kind: m.audit_kind_referral_read,
		done: m.audit_done_referral_read,
		tried: m.audit_tried_referral_read
	},
	'referral.moved': {
		kind: m.audit_kind_referral_moved,
		done: m.audit_done_referral_moved,
		tried: m.audit_tried_referral_moved
	},
	'referral.assigned': {
		kind: m.audit_kind_referral_assigned,
		done: m.audit_done_referral_assigned,
		tried: m.audit_tried_referral_assigned
	},
	'referral.rehomed': {
		kind: m.audit_kind_referral_rehomed,
		done: m.audit_done_referral_rehomed,
		tried: m.audit_tried_referral_rehomed
	},
	'referral.noted': {
		kind: m.audit_kind_referral_noted,
		done: m.audit_done_referral_noted,
		tried: m.audit_tried_referral_noted
	},
	'referral.searched': {
		kind: m.audit_kind_referral_searched,
		done: m.audit_done_referral_searched,
		tried: m.audit_tried_referral_searched
	},
	'referral.step_settled': {
		kind: m.audit_kind_referral_step_settled,
		done: m.audit_done_referral_step_settled,
		tried: m.audit_tried_referral_step_settled
	},
	'referral.escalated': {
		kind: m.audit_kind_referral_escalated,
		done: m.audit_done_referral_escalated,
		tried: m.audit_tried_referral_escalated
	},
	'referral.exported': {
		kind: m.audit_kind_referral_exported,
		done: m.audit_done_referral_exported,
		tried: m.audit_tried_referral_exported
	},
	'referral.erased': {
		kind: m.audit_kind_referral_erased,
		done: m.audit_done_referral_erased,
		tried: m.audit_tried_referral_erased
	},
	'routing.team_saved': {
		kind: m.audit_kind_routing_team_saved,
		done: m.audit_done_routing_team_saved,
		tried: m.audit_tried_routing_team_saved
	},
	'routing.area_saved': {
		kind: m.audit_kind_routing_area_saved,
		done: m.audit_done_routing_area_saved,
		tried: m.audit_tried_routing_area_saved
	},
	'routing.domains_set': {
		kind: m.audit_kind_routing_domains_set,
		done: m.audit_done_routing_domains_set,
		tried: m.audit_tried_routing_domains_set
	},
	'routing.hours_set': {
		kind: m.audit_kind_routing_hours_set,
		done: m.audit_done_routing_hours_set,
		tried: m.audit_tried_routing_hours_set
	},
	'routing.settings_set': {
		kind: m.audit_kind_routing_settings_set,
		done: m.audit_done_routing_settings_set,
		tried: m.audit_tried_routing_settings_set
	},
	'routing.support_set': {
		kind: m.audit_kind_routing_support_set,
		done: m.audit_done_routing_support_set,
		tried: m.audit_tried_routing_support_set
	},
	'enrolment.moved': {
		kind: m.audit_kind_enrolment_moved,
		done: m.audit_done_enrolment_moved,
		tried: m.audit_tried_enrolment_moved
	},
	'cohort.capacity_set': {
		kind: m.audit_kind_cohort_capacity_set,
		done: m.audit_done_cohort_capacity_set,
		tried: m.audit_tried_cohort_capacity_set
	},
	'enrolment.entered': {
		kind: m.audit_kind_enrolment_entered,
		done: m.audit_done_enrolment_entered,
		tried: m.audit_tried_enrolment_entered
	},
	'enrolment.noted': {
		kind: m.audit_kind_enrolment_noted,
		done: m.audit_done_enrolment_noted,
		tried: m.audit_tried_enrolment_noted
	},
	'enrolment.read': {
		kind: m.audit_kind_enrolment_read,
		done: m.audit_done_enrolment_read,
		tried: m.audit_tried_enrolment_read
	},
	'cohort.saved': {
		kind: m.audit_kind_cohort_saved,
		done: m.audit_done_cohort_saved,
		tried: m.audit_tried_cohort_saved
	},
	'cohort.moved': {
		kind: m.audit_kind_cohort_moved,
		done: m.audit_done_cohort_moved,
		tried: m.audit_tried_cohort_moved
	},
	'cohort.class_saved': {
		kind: m.audit_kind_cohort_class_saved,
		done: m.audit_done_cohort_class_saved,
		tried: m.audit_tried_cohort_class_saved
	},
	'cohort.read': {
		kind: m.audit_kind_cohort_read,
		done: m.audit_done_cohort_read,
		tried: m.audit_tried_cohort_read
	},
	'cohort.exported': {
		kind: m.audit_kind_cohort_exported,
		done: m.audit_done_cohort_exported,
		tried: m.audit_tried_cohort_exported
	},
	'cohort.messaged': {
		kind: m.audit_kind_cohort_messaged,
		done: m.audit_done_cohort_messaged,
		tried: m.audit_tried_cohort_messaged
	},
	'cohort.attended': {
		kind: m.audit_kind_cohort_attended,
		done: m.audit_done_cohort_attended,
		tried: m.audit_tried_cohort_attended
	},
	'cohort.decided': {
		kind: m.audit_kind_cohort_decided,
		done: m.audit_done_cohort_decided,
		tried: m.audit_tried_cohort_decided
	},
	'training.post_saved': {
		kind: m.audit_kind_training_post_saved,
		done: m.audit_done_training_post_saved,
		tried: m.audit_tried_training_post_saved
	},
	'training.link_saved': {
		kind: m.audit_kind_training_link_saved,
		done: m.audit_done_training_link_saved,
		tried: m.audit_tried_training_link_saved
	},
	'worker.saved': {
		kind: m.audit_kind_worker_saved,
		done: m.audit_done_worker_saved,
		tried: m.audit_tried_worker_saved
	},
	'worker.supervisors_set': {
		kind: m.audit_kind_worker_supervisors_set,
		done: m.audit_done_worker_supervisors_set,
		tried: m.audit_tried_worker_supervisors_set
	},
	'work.listed': {
		kind: m.audit_kind_work_listed,
		done: m.audit_done_work_listed,
		tried: m.audit_tried_work_listed
	},
	'work.initials_read': {
		kind: m.audit_kind_work_initials_read,
		done: m.audit_done_work_initials_read,
		tried: m.audit_tried_work_initials_read
	},
	'work.proposal_read': {
		kind: m.audit_kind_work_proposal_read,
		done: m.audit_done_work_proposal_read,
		tried: m.audit_tried_work_proposal_read
	},
	'work.candidates_read': {
		kind: m.audit_kind_work_candidates_read,
		done: m.audit_done_work_candidates_read,
		tried: m.audit_tried_work_candidates_read
	},
	'work.call_sheet_read': {
		kind: m.audit_kind_work_call_sheet_read,
		done: m.audit_done_work_call_sheet_read,
		tried: m.audit_tried_work_call_sheet_read
	},
	'support.read': {
		kind: m.audit_kind_support_read,
		done: m.audit_done_support_read,
		tried: m.audit_tried_support_read
	},
	'support.saved': {
		kind: m.audit_kind_support_saved,
		done: m.audit_done_support_saved,
		tried: m.audit_tried_support_saved
	},
	'support.removed': {
		kind: m.audit_kind_support_removed,
		done: m.audit_done_support_removed,
		tried: m.audit_tried_support_removed
	},
	'support.meeting_planned': {
		kind: m.audit_kind_support_meeting_planned,
		done: m.audit_done_support_meeting_planned,
		tried: m.audit_tried_support_meeting_planned
	},
	'support.meeting_marked': {
		kind: m.audit_kind_support_meeting_marked,
		done: m.audit_done_support_meeting_marked,
		tried: m.audit_tried_support_meeting_marked
	},
	'support.meeting_late': {
		kind: m.audit_kind_support_meeting_late,
		done: m.audit_done_support_meeting_late,
		tried: m.audit_tried_support_meeting_late
	},
	'feedback.link_made': {
		kind: m.audit_kind_feedback_link_made,
		done: m.audit_done_feedback_link_made,
		tried: m.audit_tried_feedback_link_made
	},
	'feedback.entered': {
		kind: m.audit_kind_feedback_entered,
		done: m.audit_done_feedback_entered,
		tried: m.audit_tried_feedback_entered
	},
	'feedback.read': {
		kind: m.audit_kind_feedback_read,
		done: m.audit_done_feedback_read,
		tried: m.audit_tried_feedback_read
	},
	'report.read': {
		kind: m.audit_kind_report_read,
		done: m.audit_done_report_read,
		tried: m.audit_tried_report_read
	},
	'invitation.sent': {
		kind: m.audit_kind_invitation_sent,
		done: m.audit_done_invitation_sent,
		tried: m.audit_tried_invitation_sent
	},
	'invitation.withdrawn': {
		kind: m.audit_kind_invitation_withdrawn,
		done: m.audit_done_invitation_withdrawn,
		tried: m.audit_tried_invitation_withdrawn
	},
	'invitation.accepted': {
		kind: m.audit_kind_invitation_accepted,
		done: m.audit_done_invitation_accepted,
		tried: m.audit_tried_invitation_accepted
	},
	'member.role_changed': {
		kind: m.audit_kind_member_role_changed,
		done: m.audit_done_member_role_changed,
		tried: m.audit_tried_member_role_changed
	},
	'member.deactivated': {
		kind: m.audit_kind_member_deactivated,
		done: m.audit_done_member_deactivated,
		tried: m.audit_tried_member_deactivated
	},
	'member.away': { kind: m.audit_kind_member_away, done: m.audit_done_member_away, tried: m.audit_tried_member_away },
	'mail.retried': {
		kind: m.audit_kind_mail_retried,
		done: m.audit_done_mail_retried,
		tried: m.audit_tried_mail_retried
	}
};

/** What `referral.moved` tells of, by the event in its details. */
export const MOVES: Record<string, Told> = {
	acknowledge: { done: m.audit_done_move_acknowledge, tried: m.audit_tried_move_acknowledge },
	ask: { done: m.audit_done_move_ask, tried: m.audit_tried_move_ask },
	answer: { done: m.audit_done_move_answer, tried: m.audit_tried_move_answer },
	decline: { done: m.audit_done_move_decline, tried: m.audit_tried_move_decline },
	redirect: { done: m.audit_done_move_redirect, tried: m.audit_tried_move_redirect },
	waitlist: { done: m.audit_done_move_waitlist, tried: m.audit_tried_move_waitlist },
	keep_waiting: { done: m.audit_done_move_keep_waiting, tried: m.audit_tried_move_keep_waiting },
	reconsider: { done: m.audit_done_move_reconsider, tried: m.audit_tried_move_reconsider },
	propose: { done: m.audit_done_move_propose, tried: m.audit_tried_move_propose },
	worker_yes: { done: m.audit_done_move_worker_yes, tried: m.audit_tried_move_worker_yes },
	worker_no: { done: m.audit_done_move_worker_no, tried: m.audit_tried_move_worker_no },
	peer_yes: { done: m.audit_done_move_peer_yes, tried: m.audit_tried_move_peer_yes },
	peer_no: { done: m.audit_done_move_peer_no, tried: m.audit_tried_move_peer_no },
	take_back: { done: m.audit_done_move_take_back, tried: m.audit_tried_move_take_back },
	begin: { done: m.audit_done_move_begin, tried: m.audit_tried_move_begin },
	pause: { done: m.audit_done_move_pause, tried: m.audit_tried_move_pause },
	resume: { done: m.audit_done_move_resume, tried: m.audit_tried_move_resume },
	begin_ending: { done: m.audit_done_move_begin_ending, tried: m.audit_tried_move_begin_ending },
	extend: { done: m.audit_done_move_extend, tried: m.audit_tried_move_extend },
	complete: { done: m.audit_done_move_complete, tried: m.audit_tried_move_complete },
	end_early: { done: m.audit_done_move_end_early, tried: m.audit_tried_move_end_early },
	ask_handover: { done: m.audit_done_move_ask_handover, tried: m.audit_tried_move_ask_handover },
	settle_handover: { done: m.audit_done_move_settle_handover, tried: m.audit_tried_move_settle_handover },
	ask_call: { done: m.audit_done_move_ask_call, tried: m.audit_tried_move_ask_call },
	settle_call: { done: m.audit_done_move_settle_call, tried: m.audit_tried_move_settle_call },
	withdraw: { done: m.audit_done_move_withdraw, tried: m.audit_tried_move_withdraw },
	reopen: { done: m.audit_done_move_reopen, tried: m.audit_tried_move_reopen },
	ask_correction: { done: m.audit_done_move_ask_correction, tried: m.audit_tried_move_ask_correction },
	confirm_correction: { done: m.audit_done_move_confirm_correction, tried: m.audit_tried_move_confirm_correction },
	drop_correction: { done: m.audit_done_move_drop_correction, tried: m.audit_tried_move_drop_correction }
};
