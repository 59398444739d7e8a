/** Trainings in the words of those who make them. */
import { dateIn, timeIn } from '$lib/directory/local-time';
import { m } from '$lib/paraglide/messages';
import { dayInWords } from '$lib/ui/day';
import { QUESTION_KINDS, type CohortState } from '../training';
import type { Rhythm } from './class-pattern';
import type { CohortLine } from './cohort.server';
import type { CohortEvent } from './plan.server';

const RHYTHM: Record<Rhythm, () => string> = {
	once: m.cohort_every_once,
	week: m.cohort_every_week,
	two_weeks: m.cohort_every_two_weeks,
	month: m.cohort_every_month
};
export const rhythmName = (rhythm: Rhythm): string => RHYTHM[rhythm]();

const STATE: Record<CohortState, () => string> = {
	draft: m.cohort_state_draft,
	announced: m.cohort_state_announced,
	open: m.cohort_state_open,
	closed: m.cohort_state_closed,
	running: m.cohort_state_running,
	finished: m.cohort_state_finished,
	cancelled: m.cohort_state_cancelled
};
export const stateName = (state: CohortState): string => STATE[state]();

const QUESTION: Record<(typeof QUESTION_KINDS)[number], () => string> = {
	short: m.cohort_question_short,
	long: m.cohort_question_long,
	choice: m.cohort_question_choice,
	consent: m.cohort_question_consent
};
export const questionKindName = (kind: (typeof QUESTION_KINDS)[number]): string => QUESTION[kind]();

/** "12 of 14 seats are taken. 2 are offered one. 3 are in line." */
export function seatsInWords(cohort: CohortLine): string {
	const { capacity, enrolled, completed, not_completed, offered, waitlisted, applied, state } = cohort;
	if (state === 'finished') {
		const people = completed + not_completed + enrolled;
		return people === 0 ? m.cohort_seats_over_none() : m.cohort_seats_over({ completed, people });
	}
	const parts = [
		capacity === 0 ? m.cohort_seats_zero() : m.cohort_seats({ enrolled, capacity }),
		offered > 0 && m.cohort_seats_offered({ people: offered }),
		waitlisted > 0 && m.cohort_seats_line({ people: waitlisted }),
		applied > 0 && m.cohort_seats_applied({ people: applied })
	];
	return parts.filter(Boolean).join(' ');
}

/** Who is told of a change: those who have a seat, or are offered one. */
export function toldInWords({ enrolled, offered }: Pick<CohortLine, 'enrolled' | 'offered'>): string {
	const people = enrolled + offered;
	if (people === 0) return m.cohort_told_none();
	return people === 1 ? m.cohort_told_one() : m.cohort_told({ people });
}

/** "5 January 2027, 6:00 pm", in the program's zone. */
export const instantInWords = (instant: string, zone: string): string =>
	m.cohort_instant({ day: dayInWords(dateIn(zone, new Date(instant))), time: timeIn(zone, new Date(instant)) });

/** What can be done to a training as it stands. */
const EVENTS: Record<CohortState, readonly CohortEvent[]> = {
	draft: ['publish', 'remove'],
	announced: ['open', 'close', 'cancel'],
	open: ['close', 'cancel'],
	closed: ['open', 'cancel'],
	running: ['cancel'],
	finished: [],
	cancelled: []
};
export const eventsOf = (state: CohortState): readonly CohortEvent[] => EVENTS[state];
