/** What is due with somebody, when one meets, and what was done, in words. */
import type { Instants } from '$lib/directory/day-times';
import { m } from '$lib/paraglide/messages';
import { dayInWords } from '$lib/ui/day';
import type { Opened } from '$lib/server/opened';
import type { GoalMark, PlaceMark } from './contents';
import { weeksUntil, type Due } from './due';
import { meetingInWords } from './meeting-times';
import type { Support } from './support.server';
import type { SupportMove } from './work-schemas';

/** As one page after another asks for it. */
export interface Present {
	/** IANA. */
	zone: string;
	/** `YYYY-MM-DD` there. */
	today: string;
}

/** "Tuesday 24 November, 2:00 pm to 3:30 pm" */
export const whenInWords = (meeting: Instants, { zone, today }: Present): string =>
	m.support_when(
		meetingInWords(meeting, { zone, day: today, words: { today: m.support_today(), tomorrow: m.support_tomorrow() } })
	);

const due: Record<Due, () => string> = {
	first_meeting: m.work_due_first_meeting,
	met: m.work_due_met,
	conversation: m.work_due_conversation,
	goals: m.work_due_goals,
	next_meeting: m.work_due_next_meeting,
	end_well: m.work_due_end_well,
	end_passed: m.work_due_end_passed,
	can_complete: m.work_due_can_complete
};
export const dueInWords = (what: Due): string => due[what]();

/** The page on which it is done, below the support's own. */
export const DUE_PAGE: Record<Due, string> = {
	first_meeting: 'meetings',
	met: 'first',
	conversation: 'first',
	goals: 'goals',
	next_meeting: 'meetings',
	end_well: 'ending',
	end_passed: 'ending',
	can_complete: 'ending'
};

/** How long is left: "Ends on 20 December 2026, in 4 weeks." */
export function endInWords(ends_on: string, today: string): string {
	const day = dayInWords(ends_on);
	if (ends_on < today) return m.work_ended_on({ day });
	if (ends_on === today) return m.work_ends_today();
	const weeks = weeksUntil(ends_on, today);
	return weeks === 1 ? m.work_ends_one({ day }) : m.work_ends_some({ day, weeks });
}

const goalMarks: Record<GoalMark, () => string> = {
	not_yet: m.support_mark_not_yet,
	a_bit: m.support_mark_a_bit,
	yes: m.support_mark_yes
};
const placeMarks: Record<PlaceMark, () => string> = {
	want_to_go: m.support_mark_want_to_go,
	been: m.support_mark_been,
	liked: m.support_mark_liked,
	not_for_me: m.support_mark_not_for_me
};
const marks: Record<string, () => string> = { ...goalMarks, ...placeMarks };
export const markInWords = (mark: string | null): string => marks[mark ?? '']?.() ?? '';

const moves: Record<SupportMove, () => string> = {
	pause: m.support_move_pause,
	resume: m.support_move_resume,
	ask_handover: m.support_move_handover,
	ask_call: m.support_move_call,
	worker_no: m.support_move_no
};
const aboutMoves: Record<SupportMove, () => string> = {
	pause: m.support_move_pause_hint,
	resume: m.support_move_resume_hint,
	ask_handover: m.support_move_handover_hint,
	ask_call: m.support_move_call_hint,
	worker_no: m.support_move_no_hint
};
export const moveInWords = (move: SupportMove): string => moves[move]();
export const aboutMove = (move: SupportMove): string => aboutMoves[move]();

const done: Record<string, () => string> = {
	in: m.support_done_in,
	out: m.support_done_out,
	cancel: m.support_done_cancel,
	met: m.support_done_met,
	unmet: m.support_done_unmet,
	planned: m.support_done_planned,
	goal: m.support_done_saved,
	goals: m.support_done_saved,
	place: m.support_done_saved,
	note: m.support_done_saved,
	conversation: m.support_done_saved,
	begin: m.support_done_begin,
	removed: m.support_done_removed,
	restored: m.support_done_restored,
	pause: m.support_done_pause,
	resume: m.support_done_resume,
	ask_handover: m.support_done_asked,
	ask_call: m.support_done_asked,
	worker_no: m.work_done_no,
	no: m.work_done_no,
	knows_them: m.work_done_knows_them,
	yes: m.work_done_yes,
	me: m.work_done_me,
	complete: m.ending_done_complete
};
export const doneInWords = (what: string | null): string | undefined =>
	what !== null && Object.hasOwn(done, what) ? done[what]!() : undefined;

/** What was sealed, or that it can't be read. */
export const readable = (text: Opened<string>): string => (text === 'broken' ? m.support_broken() : (text ?? ''));

/** The name as it was given, else the initials, else the reference. */
export function whoIs({ details, initials, reference }: Pick<Support, 'details' | 'initials' | 'reference'>): string {
	const name = details.client && details.client !== 'broken' ? details.client.name : '';
	return name || (initials && initials !== 'broken' ? initials : reference);
}

/** Whether the reader may write to it now. Supervisors read. */
export const mayWrite = ({ part, is_running }: Pick<Support, 'part' | 'is_running'>): boolean =>
	is_running && part !== 'supervisor';
