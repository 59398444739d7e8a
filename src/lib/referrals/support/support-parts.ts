/** The pages of a support, what is on each in a few words, and how it stands; from what was read of it. */
import { m } from '$lib/paraglide/messages';
import { dayInWords } from '$lib/ui/day';
import type { Standing } from './due';
import type { Entry, Meeting, Support } from './support.server';
import type { EntryKind } from './contents';

const count = (support: Support, kind: EntryKind) =>
	support.entries.filter((entry) => entry.kind === kind && !entry.removed).length;

/** The meeting under way, or the next that is to come. */
export const nextMeeting = ({ meetings }: Pick<Support, 'meetings'>, now: Date): Meeting | null =>
	meetings.find(
		({ cancelled_at, checked_in_at, checked_out_at, ends_at }) =>
			!cancelled_at && !checked_out_at && (checked_in_at || new Date(ends_at) > now)
	) ?? null;

export const standingOf = (support: Support, now: Date): Standing => ({
	state: support.state,
	is_coming: support.is_coming,
	has_conversation: count(support, 'conversation') > 0,
	has_goals: count(support, 'goal') > 0,
	ends_on: support.ends_on,
	open_steps: support.steps.filter(({ settled }) => settled === null).length,
	next_meeting: nextMeeting(support, now)
});

const some = (number: number, none: string, one: string, more: (given: { count: number }) => string) =>
	number === 0 ? none : number === 1 ? one : more({ count: number });

export interface Part {
	/** Below the support's own. */
	page: string;
	name: string;
	about: string;
}

export function supportParts(support: Support, now: Date): Part[] {
	const conversation = support.entries.find((entry): entry is Entry<'conversation'> => entry.kind === 'conversation');
	const goals = support.entries.filter(({ kind, removed }) => kind === 'goal' && !removed);
	const reached = goals.filter(({ mark }) => mark === 'yes').length;
	const ahead = support.meetings.filter(
		({ starts_at, cancelled_at }) => !cancelled_at && new Date(starts_at) > now
	).length;
	const hasEnding = support.state === 'ending' || support.moves.includes('begin_ending') || support.steps.length > 0;
	return [
		{
			page: 'first',
			name: m.support_first_title(),
			about: conversation?.on_day ? dayInWords(conversation.on_day) : m.support_part_first_none()
		},
		{
			page: 'goals',
			name: m.support_goals_title(),
			about: goals.length === 0 ? m.support_part_goals_none() : m.support_part_goals({ count: goals.length, reached })
		},
		{
			page: 'places',
			name: m.support_places_title(),
			about: some(
				count(support, 'place'),
				m.support_part_places_none(),
				m.support_part_places_one(),
				m.support_part_places
			)
		},
		{
			page: 'meetings',
			name: m.support_meetings_title(),
			about: some(ahead, m.support_part_meetings_none(), m.support_part_meetings_one(), m.support_part_meetings)
		},
		{
			page: 'notes',
			name: m.support_notes_title(),
			about: some(count(support, 'note'), m.support_part_notes_none(), m.support_part_notes_one(), m.support_part_notes)
		},
		...(hasEnding ? [{ page: 'ending', name: m.support_ending_title(), about: m.support_part_ending() }] : [])
	];
}

/** Whether the reader may plan meetings: the worker alone, from the moment both have said yes. */
export const mayMeet = ({ part, is_running, is_coming, state }: Support): boolean =>
	part === 'worker' && (is_running || (is_coming && state === 'matched'));
