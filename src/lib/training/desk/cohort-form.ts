/** The form of a training, as the `check` constraints of the database have it; pure. */
import { z } from 'zod';
import { instantOf } from '$lib/directory/local-time';
import { timesOf } from '$lib/directory/day-times';
import { isDay, isTime } from '$lib/forms/typed';
import { m } from '$lib/paraglide/messages';
import { COHORT_KINDS } from '../training';
import type { DeskCohort } from './cohort.server';
import { day, linesOf, needed, placeSlug, time, trainingSlug, version, whole, words } from './desk-fields';
import { patternFaults, patternFields, type Fault, type Present } from './pattern-form';

/** The most letters of each. */
export const LONGEST = {
	title: 150,
	summary: 300,
	about: 10_000,
	who_for: 2000,
	cost: 500,
	support: 2000,
	joining: 2000,
	place: 300,
	place_name: 200,
	place_address: 300,
	rubric: 2000
} as const;
export const MOST_CRITERIA = 10;

export const CohortForm = z.object({
	id: z.guid().catch(''),
	version,
	/** Whose questions a new one takes over. */
	copy_of: z.guid().or(z.literal('')).catch('').default(''),
	kind: z.enum(COHORT_KINDS).default('open_sign_up'),
	title: needed(LONGEST.title, m.cohort_error_title),
	summary: words(LONGEST.summary),
	about: words(LONGEST.about),
	who_for: words(LONGEST.who_for),
	cost: words(LONGEST.cost),
	support: words(LONGEST.support),
	area: z.guid().or(z.literal('')).catch('').default(''),
	capacity: whole(m.cohort_capacity, { least: 0, most: 1000 }),
	offer_days: whole(m.cohort_offer_days, { least: 1, most: 30, standard: '5' }),
	opens_day: day,
	opens_time: time,
	closes_day: day,
	closes_time: time,
	...patternFields,
	online: z.boolean().default(false),
	place: words(LONGEST.place).refine((typed) => placeSlug(typed) !== null, { error: () => m.cohort_error_place() }),
	place_name: words(LONGEST.place_name),
	place_address: words(LONGEST.place_address),
	joining: words(LONGEST.joining),
	practicum_hours: whole(m.cohort_practicum, { least: 0, most: 2000, standard: '0' }),
	rubric: words(LONGEST.rubric).refine((typed) => linesOf(typed).length <= MOST_CRITERIA, {
		error: () => m.cohort_error_rubric({ most: MOST_CRITERIA })
	}),
	second_reviewer: z.boolean().default(false),
	shortlist: z.boolean().default(false),
	together: z.boolean().default(false)
});
export type CohortForm = z.infer<typeof CohortForm>;

/** The columns that the form has, as `save_cohort` takes them. */
export interface CohortGiven {
	kind: CohortForm['kind'];
	title: string;
	summary: string;
	about: string;
	who_for: string;
	cost: string;
	support: string;
	joining: string;
	area_id: string | null;
	capacity: number;
	offer_days: number;
	opens_at: string | null;
	closes_at: string | null;
	place_slug: string;
	place_name: string;
	place_address: string;
	is_online: boolean;
	practicum_hours: number;
	rubric: string[];
	reviewers: number;
	has_shortlist: boolean;
	decides_together: boolean;
	/** Of a new one. */
	slug?: string;
	copy_of?: string;
}

/** Without a time: from the beginning of a day, or until its end. */
const OPENS = '00:00';
const CLOSES = '23:59';

const instant = (typed: string, at: string, zone: string): string | null =>
	typed === '' ? null : instantOf(`${typed}T${at}`, zone).toISOString();

const opensAt = ({ opens_day, opens_time }: CohortForm, zone: string) => instant(opens_day, opens_time || OPENS, zone);
const closesAt = ({ closes_day, closes_time }: CohortForm, zone: string) =>
	instant(closes_day, closes_time || CLOSES, zone);

/** Whether classes are planned in the form of a new one: its days can be left for later. */
export const plansClasses = ({ first, from, to }: CohortForm): boolean => first !== '' || from !== '' || to !== '';

const sameInstant = (one: string | null, other: string | null) =>
	one === other || (one !== null && other !== null && Date.parse(one) === Date.parse(other));

/**
 * What is wrong with a form's days that no field can know by itself.
 *
 * @param there the training as it stands; null for a new one
 * @param today where the program is, `YYYY-MM-DD`
 */
export function dayFaults(
	typed: CohortForm,
	there: Pick<DeskCohort, 'closes_at'> | null,
	{ zone, now, today }: Present
): Fault<keyof CohortForm>[] {
	const faults: Fault<keyof CohortForm>[] = [];
	for (const part of ['opens', 'closes'] as const) {
		const [on, at] = [typed[`${part}_day`], typed[`${part}_time`]];
		if (on === '' && at !== '') faults.push({ field: `${part}_day`, message: m.cohort_error_day() });
		if (on !== '' && !isDay(on)) faults.push({ field: `${part}_day`, message: m.cohort_error_day() });
		if (at !== '' && !isTime(at)) faults.push({ field: `${part}_time`, message: m.cohort_error_time() });
	}
	if (faults.length === 0) {
		const [opens, closes] = [opensAt(typed, zone), closesAt(typed, zone)];
		const wasThere = there !== null && sameInstant(closes, there.closes_at);
		if (opens && closes && opens >= closes) faults.push({ field: 'closes_day', message: m.cohort_error_closes() });
		else if (closes && !wasThere && Date.parse(closes) <= now.getTime())
			faults.push({ field: 'closes_day', message: m.cohort_error_closes_past() });
	}
	return there === null && typed.version === 0 && plansClasses(typed)
		? [...faults, ...patternFaults(typed, { zone, now, today })]
		: faults;
}

/** @param year the present one, for the address of a new one without a day */
export function cohortGiven(typed: CohortForm, { zone, year }: { zone: string; year: string }): CohortGiven {
	const { kind, title, summary, about, who_for, cost, support, joining, place_name, place_address } = typed;
	const given = {
		...{ kind, title, summary, about, who_for, cost, support, joining, place_name, place_address },
		area_id: typed.area || null,
		capacity: Number(typed.capacity),
		offer_days: Number(typed.offer_days),
		opens_at: opensAt(typed, zone),
		closes_at: closesAt(typed, zone),
		place_slug: placeSlug(typed.place) ?? '',
		is_online: typed.online,
		practicum_hours: Number(typed.practicum_hours),
		rubric: linesOf(typed.rubric),
		reviewers: typed.second_reviewer ? 2 : 1,
		has_shortlist: typed.shortlist,
		decides_together: typed.together
	};
	if (typed.version > 0) return given;
	const slug = trainingSlug(title, typed.first || year);
	return typed.copy_of ? { ...given, slug, copy_of: typed.copy_of } : { ...given, slug };
}

/** A training as its form has it. */
export function typedOf(cohort: DeskCohort): CohortForm {
	const { id, kind, title, summary, about, who_for, cost, support, joining, place_name, place_address } = cohort;
	const of = (at: string | null) => (at === null ? null : timesOf({ starts_at: at, ends_at: at }, cohort.time_zone));
	const [opens, closes] = [of(cohort.opens_at), of(cohort.closes_at)];
	return {
		...{ id, version: cohort.version, copy_of: '' },
		...{ kind, title, summary, about, who_for, cost, support, joining, place_name, place_address },
		area: cohort.area_id ?? '',
		capacity: String(cohort.capacity),
		offer_days: String(cohort.offer_days),
		opens_day: opens?.day ?? '',
		opens_time: opens?.from ?? '',
		closes_day: closes?.day ?? '',
		closes_time: closes?.from ?? '',
		...{ first: '', from: '', to: '', every: 'once', count: '1', without: '' },
		online: cohort.is_online,
		place: cohort.place_slug,
		practicum_hours: String(cohort.practicum_hours),
		rubric: cohort.rubric.join('\n'),
		second_reviewer: cohort.reviewers > 1,
		shortlist: cohort.has_shortlist,
		together: cohort.decides_together
	};
}

/** Whether a training is what was typed already: the same form sent twice. */
export function isSaved(given: CohortGiven, cohort: DeskCohort): boolean {
	const there: Record<string, unknown> = cohort;
	const isThere = ([name, value]: [string, unknown]) => {
		if (name === 'slug' || name === 'copy_of') return true;
		if (name === 'opens_at' || name === 'closes_at')
			return sameInstant(value as string | null, there[name] as string | null);
		return JSON.stringify(value) === JSON.stringify(there[name]);
	};
	return Object.entries(given).every(isThere);
}
