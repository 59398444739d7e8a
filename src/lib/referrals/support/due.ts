/** What is due with somebody a worker supports, in the order in which it is done; pure. */
import type { State } from '../states';

export const DUE = [
	'first_meeting',
	'met',
	'conversation',
	'goals',
	'next_meeting',
	'end_well',
	'end_passed',
	'can_complete'
] as const;
export type Due = (typeof DUE)[number];

export interface Standing {
	state: State;
	/** Both have said yes; they have not met yet. */
	is_coming: boolean;
	has_conversation: boolean;
	has_goals: boolean;
	/** `YYYY-MM-DD` */
	ends_on: string | null;
	/** Closing steps that nobody has settled. */
	open_steps: number;
	next_meeting: { checked_in_at: string | null } | null;
}

/** `today`: `YYYY-MM-DD` */
export function dueOf(standing: Standing, today: string): Due[] {
	const { state, next_meeting: next } = standing;
	// While they wait for the first meeting there is nothing to do but to meet.
	if (standing.is_coming) {
		if (!next) return ['first_meeting', 'met'];
		return next.checked_in_at ? ['met'] : [];
	}
	const due: Due[] = [];
	if (!standing.has_conversation) due.push('conversation');
	if (!standing.has_goals) due.push('goals');
	if (!next && state !== 'paused') due.push('next_meeting');
	if (state === 'ending') {
		if (standing.open_steps === 0) due.push('can_complete');
		else if (standing.ends_on !== null && standing.ends_on < today) due.push('end_passed');
		else due.push('end_well');
	}
	return due;
}

/** Whole weeks from one day to another, begun ones counted; 0 where it has come. Both `YYYY-MM-DD`. */
export function weeksUntil(day: string, today: string): number {
	const days = (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000;
	return Math.max(0, Math.ceil(days / 7));
}

/** The Sunday after a day: "less this week" lasts until then. Said on a Sunday, it is the week to come that is meant. */
export function endOfWeek(today: string): string {
	const day = new Date(`${today}T00:00:00Z`);
	day.setUTCDate(day.getUTCDate() + 7 - day.getUTCDay());
	return day.toISOString().slice(0, 10);
}
