/** Everybody in a cohort, in the groups and sums in which coordinators work with them. */
import type { Enums } from '$lib/server/database.types';
import type { Opened } from '$lib/server/opened';
import { NEEDS, type Answer, type Details, type Need } from '../details';
import type { Meeting } from '../training';

type EnrolmentState = Enums<'enrolment_state'>;

/** What may be decided of an application. */
export const DECISIONS = ['offer', 'waitlist', 'decline'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What somebody without an address is still to be told; `kind` is the mail that others get. */
export interface Call {
	id: string;
	kind: string;
	data: { until?: string; starts_at?: string; moved_to?: string; called_off?: string; words?: string };
	created_at: string;
}

export interface RosterLine {
	id: string;
	state: EnrolmentState;
	version: number;
	/** In line, from 1 on. */
	place: number | null;
	offered_until: string | null;
	missed_offers: number;
	email: string | null;
	/** Then the address is their own to change. */
	has_account: boolean;
	created_at: string;
	is_shortlisted: boolean;
	/** Decided, and not sent yet. */
	decision: Decision | null;
	practicum_hours: number;
	details: Opened<Details>;
	/** By class, of those of which it is written down. */
	attendance: Record<string, boolean>;
	/** How many have read it, and how they scored it. */
	reviews: number;
	scores: number[][];
	calls: Call[];
	/** A mail to them came back. */
	mail_failed: boolean;
	certificate: string | null;
}

export interface Step {
	event: string;
	to_state: EnrolmentState;
	actor: Enums<'enrolment_actor'>;
	at: string;
}

export interface Note {
	id: string;
	at: string;
	author: string | null;
	mine: boolean;
	words: Opened<string>;
	is_review: boolean;
	scores: number[] | null;
}

export interface PersonOfCohort extends RosterLine {
	cohort_id: string;
	/** The program's words with a no. */
	answer: Opened<string>;
	/** The oldest first. */
	steps: Step[];
	notes: Note[];
}

/** Null where it can't be opened. */
export const detailsOf = ({ details }: Pick<RosterLine, 'details'>): Details | null =>
	details === 'broken' ? null : details;

const SEATED: readonly EnrolmentState[] = ['enrolled', 'completed', 'not_completed'];
/** Takes part, or took part; of a training that was called off, would have. */
export const takesPart = ({ state }: Pick<RosterLine, 'state'>): boolean => SEATED.includes(state);

export const GROUPS = ['seat', 'offered', 'line', 'applied', 'over'] as const;
export type Group = (typeof GROUPS)[number];

function groupOf({ state }: RosterLine): Group {
	switch (state) {
		case 'offered':
			return 'offered';
		case 'waitlisted':
			return 'line';
		case 'applied':
			return 'applied';
		case 'enrolled':
		case 'completed':
		case 'not_completed':
			return 'seat';
		default:
			return 'over';
	}
}

/** Names in their order; those that can't be read come last. */
export function byName(a: RosterLine, b: RosterLine): number {
	const [one, other] = [detailsOf(a)?.name, detailsOf(b)?.name];
	if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
	return one.localeCompare(other);
}

/** Those with a seat by name, the shortlisted first of those who have applied, the rest as they stand in line; no empty group. */
export function inGroups(lines: readonly RosterLine[]): { group: Group; lines: RosterLine[] }[] {
	const groups = new Map<Group, RosterLine[]>(GROUPS.map((group) => [group, []]));
	for (const line of lines) groups.get(groupOf(line))!.push(line);
	groups.get('seat')!.sort(byName);
	groups.get('applied')!.sort((a, b) => Number(b.is_shortlisted) - Number(a.is_shortlisted));
	return [...groups].flatMap(([group, of]) => (of.length > 0 ? [{ group, lines: of }] : []));
}

/** Who is to be rung or written to: something is to be told, or a mail came back. */
export const toCall = (lines: readonly RosterLine[]): RosterLine[] =>
	lines.filter(({ calls, mail_failed }) => calls.length > 0 || mail_failed);

export interface NeedsSummary {
	/** How many have a seat. */
	people: number;
	/** The needs that anybody has, in their order. */
	needs: { need: Need; people: number }[];
	/** In their own words, with no name: it goes to the kitchen. */
	words: string[];
	/** Of how many nothing can be read. */
	unreadable: number;
}

/** What those who have a seat need. */
export function needsOf(lines: readonly RosterLine[]): NeedsSummary {
	const seated = lines.filter(takesPart);
	const known = seated.flatMap((line) => detailsOf(line) ?? []);
	const needs = NEEDS.map((need) => ({ need, people: known.filter((of) => of.needs.includes(need)).length }));
	return {
		people: seated.length,
		needs: needs.filter(({ people }) => people > 0),
		words: known.map(({ needs_words }) => needs_words.trim()).filter((words) => words !== ''),
		unreadable: seated.length - known.length
	};
}

/** In how many classes somebody was, of how many of which it is written down. */
export function attended({ attendance }: Pick<RosterLine, 'attendance'>): { was: number; of: number } {
	const written = Object.values(attendance);
	return { was: written.filter(Boolean).length, of: written.length };
}

/** Those with a seat who were at neither of the last two classes before this one of which it is written down. */
export function missedLastTwo(
	lines: readonly RosterLine[],
	meetings: readonly Meeting[],
	{ starts_at }: Pick<Meeting, 'starts_at'>
): RosterLine[] {
	const seated = lines.filter(({ state }) => state === 'enrolled');
	const before = meetings
		.filter((meeting) => !meeting.is_cancelled && Date.parse(meeting.starts_at) < Date.parse(starts_at))
		.filter(({ id }) => seated.some(({ attendance }) => id in attendance))
		.sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
	const two = before.slice(-2);
	if (two.length < 2) return [];
	return seated.filter(({ attendance }) => two.every(({ id }) => attendance[id] === false));
}

export const OUTCOMES = ['completed', 'not_completed', ''] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** So much of the classes is enough to be taken as having been there. */
const ENOUGH = 0.8;

/**
 * What is ticked beside somebody before anything is said: as it stands; once the last class is over, completed for those who were at
 * four of every five classes and have their hours, not completed for those who were at none. Else not yet.
 */
export function outcomeOf(line: RosterLine, { isOver, hours }: { isOver: boolean; hours: number }): Outcome {
	if (line.state === 'completed' || line.state === 'not_completed') return line.state;
	const { was, of } = attended(line);
	if (!isOver || of === 0) return '';
	if (was === 0) return 'not_completed';
	return was >= of * ENOUGH && line.practicum_hours >= hours ? 'completed' : '';
}

/** Today's class first, then those that have been, the latest first, then those to come. */
export function forAttendance<M extends Pick<Meeting, 'starts_at' | 'is_cancelled'>>(
	meetings: readonly M[],
	today: string,
	dayOf: (instant: string) => string
): { today: M[]; before: M[]; ahead: M[] } {
	const held = meetings.filter(({ is_cancelled }) => !is_cancelled);
	return {
		today: held.filter(({ starts_at }) => dayOf(starts_at) === today),
		before: held.filter(({ starts_at }) => dayOf(starts_at) < today).reverse(),
		ahead: held.filter(({ starts_at }) => dayOf(starts_at) > today)
	};
}

/** The mean of all that was scored; null where nothing was. */
export function meanScore({ scores }: Pick<RosterLine, 'scores'>): number | null {
	const all = scores.flat();
	return all.length === 0 ? null : all.reduce((sum, score) => sum + score, 0) / all.length;
}

/** Answers to what a cohort asks that are still to be talked about: for somebody who is entered by staff. */
export const toTalkAbout = (questions: readonly { id: string; kind: Answer['kind']; label: string }[]): Answer[] =>
	questions.map(({ id, kind, label }) => ({ question: id, kind, label, text: '', by_talk: true }));
