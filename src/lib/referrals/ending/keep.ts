/** The page to keep: what of a support somebody takes home. Pure. */
import { scheduleWords } from '$lib/directory/schedule-words';
import type { PlaceDetail, PlaceSchedule } from '$lib/directory/types';
import { helpLines, type HelpLine } from '$lib/help/lines';
import { m } from '$lib/paraglide/messages';
import { outs, type SlipContact } from '../slip';
import type { ClosingStep, GoalMark } from '../support/contents';
import type { Support } from '../support/support.server';
import { opened } from './letter';
import type { Paper, PaperBlock, PaperItem, PaperPart } from './paper';

export const KEEP_PARTS = [
	'goals',
	'can_do_now',
	'proud_of',
	'strengths',
	'places',
	'where_else',
	'thanks',
	'help',
	'way_back'
] as const;
export type KeepPart = (typeof KEEP_PARTS)[number];

export const keepTitles: Record<KeepPart, () => string> = {
	goals: m.keep_goals,
	can_do_now: m.keep_can_do_now,
	proud_of: m.keep_proud_of,
	strengths: m.keep_strengths,
	places: m.keep_places,
	where_else: m.keep_where_else,
	thanks: m.keep_thanks,
	help: m.keep_help,
	way_back: m.keep_way_back
};

export interface KeepSources {
	support: Pick<Support, 'entries'>;
	/** Places of the directory by their slugs; null where it has them no more. */
	directory: ReadonlyMap<string, PlaceDetail | null>;
	/** `YYYY-MM-DD` */
	today: string;
	wayBack: { program: string; contact: SlipContact; site: string };
}

const goalMarks: Record<GoalMark, () => string> = {
	not_yet: m.keep_goal_not_yet,
	a_bit: m.keep_goal_a_bit,
	yes: m.keep_goal_yes
};

const words = (text: string | undefined): PaperBlock[] => (text ? [{ kind: 'words', text }] : []);
const items = (list: PaperItem[]): PaperBlock[] => (list.length > 0 ? [{ kind: 'items', items: list }] : []);

/** Schedules come with the days between which they hold. */
type Season = PlaceSchedule & { valid_from?: string | null; valid_to?: string | null };

function hoursInWords(place: PlaceDetail, today: string): string[] {
	const holding = (place.schedules as Season[]).filter(
		({ valid_from, valid_to }) => (valid_to ?? today) >= today && (valid_from ?? today) <= today
	);
	const schedule = holding.map(scheduleWords).join('; ');
	const note = place.hours_note ? [place.hours_note] : [];
	if (place.sample) return [m.place_sample_short()];
	if (place.hours === 'always') return [m.place_hours_all_day(), ...note];
	if (place.hours === 'appointment') return [m.place_hours_by_appointment(), ...note];
	if (place.hours === 'scheduled' && schedule) return [schedule, ...note];
	return [...note, place.phone ? m.keep_hours_call() : m.keep_hours_unknown()];
}

function placeItem(place: { slug: string; name: string; address: string }, sources: KeepSources): PaperItem {
	const found = sources.directory.get(place.slug);
	if (found)
		return {
			name: found.name,
			lines: [found.confidential ? null : found.address, found.phone, ...hoursInWords(found, sources.today)].filter(
				(line) => line !== null
			)
		};
	const gone = place.slug !== '' && found === null ? [m.keep_place_gone()] : [];
	return { name: place.name, lines: [place.address, ...gone].filter((line) => line !== '') };
}

/** What is asked of the directory: the places that go onto the page, each once. */
export const keptSlugs = (support: KeepSources['support']): string[] => [
	...new Set(keptPlaces(support).flatMap(({ contents: { place } }) => (place.slug ? [place.slug] : [])))
];

const RANK = ['liked', 'been', 'want_to_go'];
/** What they liked comes first; what is not for them stays away. */
const keptPlaces = (support: KeepSources['support']) =>
	opened(support, 'place')
		.filter(({ mark }) => mark !== null && RANK.includes(mark))
		.sort((a, b) => RANK.indexOf(a.mark!) - RANK.indexOf(b.mark!));

/** Lines to talk to at any hour: a name only where it gives nothing away. */
const helpItem = ({ name, number, text, hours }: HelpLine): PaperItem => ({
	name: callInWords(number, text?.number),
	lines: [...(outs(name) ? [] : [name]), hours()]
});

function callInWords(number: string, text: string | undefined): string {
	if (!text) return m.keep_help_call({ number });
	return text === number ? m.keep_help_call_or_text({ number }) : m.keep_help_call_text({ number, text });
}

function wayBackBlocks({ program, contact, site }: KeepSources['wayBack']): PaperBlock[] {
	const way = contact.phone ?? contact.email;
	const reach = [way, contact.name, contact.hours, contact.sample ? m.keep_way_back_sample() : null];
	return [
		{ kind: 'words', text: m.keep_way_back_words() },
		{
			kind: 'items',
			items: [
				{ name: program, lines: reach.filter((line) => line !== null) },
				{ name: `${site}/peer-support`, lines: [m.keep_way_back_site()] }
			]
		}
	];
}

function blocksOf(part: KeepPart, sources: KeepSources): PaperBlock[] {
	const { support } = sources;
	const step = (which: ClosingStep) => opened(support, 'step').find((entry) => entry.step === which)?.contents;
	switch (part) {
		case 'goals':
			return items(
				opened(support, 'goal').map(({ contents, mark }) => ({
					name: contents.text,
					lines: [goalMarks[mark as GoalMark]()]
				}))
			);
		case 'places':
			return items(keptPlaces(support).map(({ contents }) => placeItem(contents.place, sources)));
		case 'where_else': {
			const other = step('feelings')?.other_support;
			return [
				...words(step('where_else')?.text),
				...(other ? items([{ name: other, lines: [m.keep_other_support()] }]) : [])
			];
		}
		case 'help':
			return items(helpLines.filter(({ need }) => need === 'talk').map(helpItem));
		case 'way_back':
			return wayBackBlocks(sources.wayBack);
		default:
			return words(step(part)?.text);
	}
}

/** The parts there is something to say in, in order. */
export function keepParts(sources: KeepSources): (PaperPart & { key: KeepPart })[] {
	return KEEP_PARTS.map((key) => ({ key, heading: keepTitles[key](), blocks: blocksOf(key, sources) })).filter(
		({ blocks }) => blocks.length > 0
	);
}

/** What of it was chosen. Unless somebody has ticked, all but the way back, which names the programme. */
export function chosenParts(params: URLSearchParams, parts: readonly { key: KeepPart }[]): KeepPart[] {
	const keys = parts.map(({ key }) => key);
	return params.has('chosen')
		? keys.filter((key) => params.getAll('part').includes(key))
		: keys.filter((key) => key !== 'way_back');
}

export const keepPaper = (parts: readonly (PaperPart & { key: KeepPart })[], chosen: readonly KeepPart[]): Paper => ({
	title: m.keep_paper_title(),
	isTitled: true,
	parts: parts.filter(({ key }) => chosen.includes(key))
});
