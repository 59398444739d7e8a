/** A request as one line of the list: nothing that is sealed. */
import { dateIn } from '$lib/directory/local-time';
import { CLOSED, type State } from './states';

/** A row as the database has it. */
export interface InboxRow {
	id: string;
	reference: string;
	state: State;
	submitted_at: string;
	state_since: string;
	/** The day on which a coordinator should look at it again, `YYYY-MM-DD`. */
	attention_on: string | null;
	next_word_on: string | null;
	waiting_since: string | null;
	is_overdue: boolean;
	needs_home: boolean;
	has_listed_domain: boolean;
	source: 'web' | 'phone';
	has_correction: boolean;
	asked_for: readonly ('handover' | 'call')[];
	is_answered: boolean;
	is_erased: boolean;
	coordinator_id: string | null;
	team: string | null;
	area: string | null;
	/** In the program's line; 501 where it is further back. */
	place?: number;
}

/** Why somebody should look at it, and what to know before. */
export type Reason =
	| 'overdue'
	| 'new'
	| 'needs_home'
	| 'not_listed'
	| 'correction'
	| 'answered'
	| 'next_step'
	| 'no_answer'
	| 'next_word'
	| 'next_word_late'
	| 'no_yes'
	| 'not_met'
	| 'asked_handover'
	| 'asked_call'
	| 'last_day'
	| 'look_again';

/** Reasons that say that something is late. */
export const LATE: readonly Reason[] = ['overdue', 'next_word_late'];

/** `nobody` yet; `none` where it was closed without one. */
export type Coordinator =
	{ kind: 'none' | 'nobody' | 'left' } | { kind: 'here'; name: string; away_until: string | null };

/** Whether somebody has it who isn't here to see to it. */
export const isAbsent = (coordinator: Coordinator): boolean =>
	coordinator.kind === 'left' || (coordinator.kind === 'here' && coordinator.away_until !== null);

export interface InboxLine extends Pick<
	InboxRow,
	'id' | 'reference' | 'state' | 'team' | 'area' | 'next_word_on' | 'is_erased'
> {
	/** Since it was sent, whole days of the program's calendar. */
	days: number;
	/** The day it was sent, `YYYY-MM-DD`. */
	sent_on: string;
	place: number | null;
	reasons: Reason[];
	coordinator: Coordinator;
}

interface Looked {
	/** `YYYY-MM-DD`, where the program is. */
	today: string;
	/** Of the program. */
	zone: string;
	colleagues: readonly { id: string; name: string; away_until: string | null }[];
}

export function inboxLine(row: InboxRow, { today, zone, colleagues }: Looked): InboxLine {
	const { id, reference, state, team, area, next_word_on, is_erased, place = null } = row;
	const sent_on = dateIn(zone, new Date(row.submitted_at));
	const days = Math.max(0, Math.round((Date.parse(today) - Date.parse(sent_on)) / 86_400_000));
	const coordinator = coordinatorOf(row, colleagues);
	return {
		id,
		reference,
		state,
		team,
		area,
		next_word_on,
		is_erased,
		place,
		sent_on,
		days,
		coordinator,
		reasons: reasonsFor(row, today)
	};
}

function coordinatorOf({ coordinator_id: id, state }: InboxRow, colleagues: Looked['colleagues']): Coordinator {
	if (id === null) return { kind: CLOSED.includes(state) ? 'none' : 'nobody' };
	const found = colleagues.find((colleague) => colleague.id === id);
	return found ? { kind: 'here', name: found.name, away_until: found.away_until } : { kind: 'left' };
}

/** The most urgent first; where nothing is due, only what to know. */
export function reasonsFor(row: InboxRow, today: string): Reason[] {
	const isBefore = row.state === 'submitted' || row.state === 'triage';
	return [
		dueFor(row, today),
		row.asked_for.includes('handover') && 'asked_handover',
		row.asked_for.includes('call') && 'asked_call',
		row.has_correction && 'correction',
		row.needs_home && 'needs_home',
		isBefore && row.source === 'web' && !row.has_listed_domain && 'not_listed'
	].filter((reason): reason is Reason => Boolean(reason));
}

/** Whether no other reason tells why it is due. */
const isUntold = ({ asked_for, has_correction }: InboxRow): boolean => asked_for.length === 0 && !has_correction;

function dueFor(row: InboxRow, today: string): Reason | false {
	if (row.state === 'submitted') return row.is_overdue ? 'overdue' : 'new';
	if (row.state === 'triage') return row.is_answered ? 'answered' : 'next_step';
	if (row.attention_on === null || row.attention_on > today) return false;
	switch (row.state) {
		case 'info_needed':
			return 'no_answer';
		case 'waitlisted':
			// Due for something else, it may have its next word later.
			if (row.next_word_on === null || row.next_word_on > today) return isUntold(row) && 'look_again';
			return row.next_word_on < today ? 'next_word_late' : 'next_word';
		case 'match_proposed':
			return 'no_yes';
		case 'matched':
			return 'not_met';
		case 'ending':
			// Due for a wish alone, it may have weeks left.
			return isUntold(row) && 'last_day';
		case 'active':
		case 'paused':
			// A worker said no to a handover, or something else has happened that only its own page tells.
			return isUntold(row) && 'look_again';
		default:
			return false;
	}
}
