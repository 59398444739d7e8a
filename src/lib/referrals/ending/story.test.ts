import { expect, test } from 'vitest';
import type { Entry, Support } from '../support/support.server';
import { storyOf } from './story';
import { countsInWords, momentInWords } from './story-words';

const zone = 'America/Vancouver';

type Marks = Entry['marks'];
const entry = (kind: Entry['kind'], contents: Entry['contents'], marks: Marks, rest: Partial<Entry> = {}) =>
	({
		id: crypto.randomUUID(),
		kind,
		contents,
		marks,
		mark: marks.at(-1)?.mark ?? null,
		on_day: null,
		removed: false,
		...rest
	}) as Entry;
const goal = (text: string, ...marks: Marks) => entry('goal', { text }, marks);
const place = (name: string, ...marks: Marks) =>
	entry('place', { place: { slug: '', name, address: '' }, note: '' }, marks);
const event = (event: string, at: string, day: string | null = null) =>
	({ event, at, day }) as Support['timeline'][number];

const told = (
	entries: Entry[],
	timeline: Support['timeline'] = [],
	meetings: { checked_in_at: string | null }[] = []
) => storyOf({ entries, timeline, meetings, first_met_on: '2026-06-01' }, zone);

test('it is told from the first meeting on, in order', () => {
	const story = told(
		[
			goal('Find my way by bus', { mark: 'not_yet', on_day: '2026-06-08' }, { mark: 'yes', on_day: '2026-09-01' }),
			place('Library', { mark: 'want_to_go', on_day: '2026-06-10' }, { mark: 'liked', on_day: '2026-07-02' })
		],
		[
			event('begin', '2026-06-02T18:00:00Z', '2026-06-01'),
			event('pause', '2026-07-20T18:00:00Z'),
			event('resume', '2026-08-10T18:00:00Z'),
			event('ask_call', '2026-08-11T18:00:00Z'),
			event('begin_ending', '2026-11-01T18:00:00Z')
		]
	);
	expect(story.moments.map((moment) => `${moment.day} ${momentInWords(moment)}`)).toEqual([
		'2026-06-01 We met for the first time.',
		'2026-06-08 A goal: “Find my way by bus”',
		'2026-07-02 Went to Library, and liked it.',
		'2026-07-20 We took a break.',
		'2026-08-10 We went on.',
		'2026-09-01 “Find my way by bus”: yes, reached!',
		'2026-11-01 We chose a day to end on.'
	]);
});

test('a place that one wishes to see is not one that was seen', () => {
	const story = told([
		place('Pool', { mark: 'want_to_go', on_day: '2026-06-10' }),
		place('Gym', { mark: 'been', on_day: '2026-06-10' }, { mark: 'want_to_go', on_day: '2026-06-11' })
	]);
	expect(story.places).toBe(0);
	expect(story.moments.map(({ kind }) => kind)).toEqual(['first_met']);
});

test('the day of a visit is the one that was written down with it', () => {
	const seen = entry(
		'place',
		{ place: { slug: '', name: 'Park', address: '' }, note: '' },
		[{ mark: 'been', on_day: '2026-06-12' }],
		{ on_day: '2026-06-11' }
	);
	expect(told([seen]).moments.at(-1)).toEqual({ kind: 'place', day: '2026-06-11', name: 'Park', isLiked: false });
});

test('a goal that was reached when it was written down is told once', () => {
	const story = told([goal('Cook soup', { mark: 'yes', on_day: '2026-06-08' })]);
	expect(story.moments.slice(1)).toEqual([{ kind: 'goal_mark', day: '2026-06-08', text: 'Cook soup', mark: 'yes' }]);
});

test('a second beginning is another worker', () => {
	const begins = [
		event('begin', '2026-06-02T18:00:00Z', '2026-06-01'),
		event('begin', '2026-08-02T18:00:00Z', '2026-08-01')
	];
	expect(told([], begins).moments.map(({ kind }) => kind)).toEqual(['first_met', 'new_worker']);
});

test('what was taken away or does not open is left out', () => {
	const gone = { ...goal('Gone', { mark: 'yes', on_day: '2026-06-08' }), removed: true };
	const broken = { ...goal('Broken', { mark: 'yes', on_day: '2026-06-08' }), contents: 'broken' as const };
	expect(told([gone, broken]).moments).toHaveLength(1);
});

test('an event of late evening is of that day where the program is', () => {
	expect(told([], [event('pause', '2026-07-21T05:00:00Z')]).moments.at(-1)?.day).toBe('2026-07-20');
});

test('meetings count when somebody was there', () => {
	const story = told([], [], [{ checked_in_at: '2026-06-01T18:00:00Z' }, { checked_in_at: null }]);
	expect(countsInWords(story)).toBe('We met once.');
	expect(countsInWords({ moments: [], meetings: 12, places: 5 })).toBe('We met 12 times. We saw 5 places.');
	expect(countsInWords({ moments: [], meetings: 0, places: 0 })).toBeNull();
});
