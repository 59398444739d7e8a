import { expect, test } from 'vitest';
import type { PlaceDetail, PlaceSchedule } from '$lib/directory/types';
import { outs } from '../slip';
import type { Entry } from '../support/support.server';
import { chosenParts, KEEP_PARTS, keepPaper, keepParts, keptSlugs, type KeepSources } from './keep';
import { textsOf } from './paper';

const entry = (kind: Entry['kind'], contents: unknown, rest: Partial<Entry> = {}) =>
	({ id: crypto.randomUUID(), kind, contents, removed: false, mark: null, step: null, ...rest }) as Entry;
const goal = (text: string, mark: Entry['mark']) => entry('goal', { text }, { mark });
const place = (name: string, mark: Entry['mark'], slug = '', address = '') =>
	entry('place', { place: { slug, name, address }, note: 'Ours alone' }, { mark });
const step = (which: Entry['step'], text: string, other_support = '') =>
	entry('step', { text, other_support }, { step: which });

const weekdays: PlaceSchedule & { valid_to?: string } = {
	freq: 'WEEKLY',
	byday: 'MO,TU,WE,TH,FR',
	opens_at: '09:00',
	closes_at: '17:00',
	holidays: null,
	by_appointment: false
};
const detail = (rest: Partial<PlaceDetail>) =>
	({
		name: 'Britannia Library',
		address: '1661 Napier St',
		phone: '604-555-0100',
		confidential: false,
		sample: false,
		hours: 'scheduled',
		hours_note: null,
		schedules: [weekdays],
		...rest
	}) as PlaceDetail;

const sources = (entries: Entry[], directory: [string, PlaceDetail | null][] = []): KeepSources => ({
	support: { entries },
	directory: new Map(directory),
	today: '2026-11-22',
	wayBack: {
		program: 'The programme',
		contact: { name: 'Noor', phone: '604-555-0111', email: null, hours: null, sample: false },
		site: 'bearings.example'
	}
});
const part = (given: KeepSources, key: string) => keepParts(given).find((candidate) => candidate.key === key);
const linesOf = (given: KeepSources, key: string) =>
	part(given, key)?.blocks.flatMap((block) =>
		block.kind === 'items' ? block.items.map(({ name, lines }) => [name, ...lines]) : [[block.text]]
	);

test('goals stand with how they stand', () => {
	const given = sources([goal('Take the bus', 'yes'), goal('Cook', 'a_bit'), goal('Swim', 'not_yet')]);
	expect(linesOf(given, 'goals')).toEqual([
		['Take the bus', 'Reached.'],
		['Cook', 'I’ve begun.'.replace('’', "'")],
		['Swim', 'Still to come.']
	]);
});

test('a place of the directory stands as it is there now', () => {
	const given = sources([place('Old name', 'liked', 'britannia', 'Old address')], [['britannia', detail({})]]);
	expect(linesOf(given, 'places')).toEqual([
		['Britannia Library', '1661 Napier St', '604-555-0100', 'Monday to Friday, 9:00 am to 5:00 pm']
	]);
});

test.each([
	[{ hours: 'always' as const }, 'Open all day'],
	[{ hours: 'appointment' as const }, 'By appointment: call first.'],
	[{ hours: 'unconfirmed' as const }, "We don't know the hours: call first."],
	[{ hours: 'unconfirmed' as const, phone: null }, "We don't know the hours. 2-1-1 may."],
	[{ schedules: [{ ...weekdays, valid_to: '2026-09-01' }] }, "We don't know the hours: call first."],
	[{ sample: true }, 'Sample, not a real place']
])('hours are never guessed: %j', (rest, words) => {
	const given = sources([place('P', 'been', 'p')], [['p', detail(rest as Partial<PlaceDetail>)]]);
	expect(linesOf(given, 'places')![0]!.at(-1)).toBe(words);
});

test('a place that keeps its address to itself has none here', () => {
	const given = sources([place('House', 'been', 'house', 'Secret St')], [['house', detail({ confidential: true })]]);
	expect(JSON.stringify(linesOf(given, 'places'))).not.toMatch(/Napier|Secret/);
});

test('places come in the order of liking; what is not for them stays away; others stand by name', () => {
	const given = sources(
		[
			place('Pool', 'want_to_go'),
			place('Casino', 'not_for_me'),
			place('Sam’s café', 'been', '', '12 Main St'),
			place('Garden', 'liked'),
			place('Shut shop', 'been', 'shut')
		],
		[['shut', null]]
	);
	expect(linesOf(given, 'places')).toEqual([
		['Garden'],
		['Sam’s café', '12 Main St'],
		['Shut shop', "It's not in our directory any more: ask before you go."],
		['Pool']
	]);
	expect(keptSlugs(given.support)).toEqual(['shut']);
});

test('words stand as they were written; feelings stay where they were said, but for who else there is', () => {
	const given = sources([
		step('can_do_now', 'I phone.\nI ask.'),
		step('feelings', 'I am sad.', 'My sister'),
		step('where_else', 'Garden group'),
		entry('note', { text: 'A note' })
	]);
	expect(linesOf(given, 'can_do_now')).toEqual([['I phone.\nI ask.']]);
	expect(linesOf(given, 'where_else')).toEqual([['Garden group'], ['My sister', 'Somebody I can talk to.']]);
	const all = textsOf(keepPaper(keepParts(given), KEEP_PARTS)).join('\n');
	for (const kept of ['sad', 'A note', 'Ours alone']) expect(all).not.toContain(kept);
});

test('a part with nothing in it is not there; the way back and a line to call always are', () => {
	expect(keepParts(sources([])).map(({ key }) => key)).toEqual(['help', 'way_back']);
	expect(linesOf(sources([]), 'way_back')!.flat()).toEqual(
		expect.arrayContaining(['The programme', '604-555-0111', 'bearings.example/peer-support'])
	);
	expect(linesOf(sources([]), 'help')!.flat().join()).toContain('9-8-8');
});

test('all is on the page until somebody ticks; what does not exist is not', () => {
	const parts = keepParts(sources([goal('Swim', 'yes')]));
	expect(chosenParts(new URLSearchParams(), parts)).toEqual(['goals', 'help']);
	expect(chosenParts(new URLSearchParams('chosen=&part=way_back'), parts)).toEqual(['way_back']);
	expect(chosenParts(new URLSearchParams('chosen=&part=help&part=thanks&part=x'), parts)).toEqual(['help']);
	expect(chosenParts(new URLSearchParams('chosen='), parts)).toEqual([]);
});

test('its title, its headings and the lines to call out nobody', () => {
	const whole = [...KEEP_PARTS].map((key) => step(key as Entry['step'], 'x'));
	const parts = keepParts(sources([...whole, goal('g', 'yes'), place('p', 'liked')]));
	const paper = keepPaper(parts, KEEP_PARTS);
	const ours = [paper.title, ...paper.parts.map(({ heading }) => heading!), ...linesOf(sources([]), 'help')!.flat()];
	expect(ours.filter(outs)).toEqual([]);
});
