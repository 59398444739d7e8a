/** What one looks back on: the days of a support in order, drawn from its entries and events. Pure. */
import { dateIn } from '$lib/directory/local-time';
import type { GoalMark, PlaceMark } from '../support/contents';
import type { Entry, Meeting, Support } from '../support/support.server';

export type Moment = { day: string } & (
	| { kind: 'first_met' | 'new_worker' | 'pause' | 'resume' | 'begin_ending' | 'extend' }
	| { kind: 'goal_set'; text: string }
	| { kind: 'goal_mark'; text: string; mark: GoalMark }
	| { kind: 'place'; name: string; isLiked: boolean }
);

export interface Story {
	moments: Moment[];
	/** How often they met: meetings that somebody checked in to. */
	meetings: number;
	/** How many places they have been to. */
	places: number;
}

type Told = Pick<Support, 'entries' | 'timeline' | 'first_met_on'> & {
	meetings: Pick<Meeting, 'checked_in_at'>[];
};

/** What does not open is left out, and what was taken away. */
const contentsOf = <Kind extends 'goal' | 'place'>(entries: readonly Entry[], kind: Kind) =>
	entries.flatMap((entry) => {
		const { contents } = entry as Entry<Kind>;
		return entry.kind === kind && !entry.removed && contents && typeof contents === 'object'
			? [{ entry, contents }]
			: [];
	});

function momentsOfGoal(marks: Entry['marks'], text: string): Moment[] {
	return marks.map(({ mark, on_day }, index) =>
		index === 0 && mark === 'not_yet'
			? { kind: 'goal_set', day: on_day, text }
			: { kind: 'goal_mark', day: on_day, text, mark: mark as GoalMark }
	);
}

const HAS_BEEN: readonly (PlaceMark | GoalMark)[] = ['been', 'liked', 'not_for_me'];

/** The first day on which they had been there. */
function momentOfPlace({ marks, mark, on_day }: Entry, name: string): Moment[] {
	const first = marks.find((stood) => HAS_BEEN.includes(stood.mark));
	if (!first || !mark || !HAS_BEEN.includes(mark)) return [];
	// The day of the visit may have been put right since.
	return [{ kind: 'place', day: on_day ?? first.on_day, name, isLiked: mark === 'liked' }];
}

const EVENTS = ['pause', 'resume', 'begin_ending', 'extend'] as const;
const isTold = (event: string): event is (typeof EVENTS)[number] => (EVENTS as readonly string[]).includes(event);

function momentsOfEvents({ timeline }: Told, zone: string): Moment[] {
	let begins = 0;
	return timeline.flatMap(({ event, at, day }): Moment[] => {
		const on = dateIn(zone, new Date(at));
		if (event === 'begin') return [{ kind: begins++ === 0 ? 'first_met' : 'new_worker', day: day ?? on }];
		return isTold(event) ? [{ kind: event, day: on }] : [];
	});
}

/** In the order in which things of one day are told. */
const ORDER: Moment['kind'][] = [
	'first_met',
	'new_worker',
	'resume',
	'goal_set',
	'place',
	'goal_mark',
	'extend',
	'pause',
	'begin_ending'
];

export function storyOf(support: Told, zone: string): Story {
	const goals = contentsOf(support.entries, 'goal').flatMap(({ entry, contents }) =>
		momentsOfGoal(entry.marks, contents.text)
	);
	const places = contentsOf(support.entries, 'place').flatMap(({ entry, contents }) =>
		momentOfPlace(entry, contents.place.name)
	);
	const events = momentsOfEvents(support, zone);
	const isMetTold = events.some(({ kind }) => kind === 'first_met');
	const met: Moment[] = support.first_met_on && !isMetTold ? [{ kind: 'first_met', day: support.first_met_on }] : [];
	return {
		moments: [...met, ...events, ...goals, ...places].sort(
			(a, b) => a.day.localeCompare(b.day) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)
		),
		meetings: support.meetings.filter(({ checked_in_at }) => checked_in_at !== null).length,
		places: places.length
	};
}
