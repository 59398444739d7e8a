/** The report's rows, columns and outcomes in words. */
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import { reasonInWords } from '../desk-words';
import { stateName } from '../words';
import type { By, Ended, Report } from './report';

const captions: Record<By, (given: { year: number }) => string> = {
	month: m.report_caption_month,
	area: m.report_caption_area,
	team: m.report_caption_team
};
export const captionOf = (by: By, year: number): string => captions[by]({ year });

const heads: Record<By, () => string> = { month: m.report_month, area: m.report_area, team: m.report_team };
export const headOf = (by: By): string => heads[by]();

const chosen: Record<By, () => string> = { month: m.report_by_month, area: m.report_by_area, team: m.report_by_team };
export const byInWords = (by: By): string => chosen[by]();

const endedFew: Record<By, () => string> = {
	month: m.report_ended_few_month,
	area: m.report_ended_few_area,
	team: m.report_ended_few_team
};
/** Which rows' outcomes are told. */
export const endedFewInWords = (by: By): string => endedFew[by]();

const locale = () => (getLocale() === 'en' ? 'en-GB' : getLocale());

/** `2026-03` as "March", or "Mar". */
export const monthName = (month: string, length: 'long' | 'short' = 'long'): string =>
	new Intl.DateTimeFormat(locale(), { month: length, timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`));

/** A row's name. */
export function labelInWords(by: By, label: string): string {
	if (by === 'month') return monthName(label);
	return label || (by === 'area' ? m.report_no_area() : m.report_no_team());
}

/** The event whose reason an outcome has. */
const EVENTS: Partial<Record<NonNullable<Ended['outcome']>, string>> = {
	completed: 'begin_ending',
	ended_early: 'end_early',
	declined: 'decline',
	redirected: 'redirect'
};

/** Why something was closed; empty where no reason is asked. */
export const endedFor = ({ outcome, reason }: Ended): string =>
	reasonInWords((outcome && EVENTS[outcome]) ?? '', reason ?? '');

export const outcomeInWords = ({ outcome }: Ended): string =>
	outcome ? stateName(outcome) : m.report_other_outcomes();

/** The groups of which each outcome is told, and the others together; none where that would be all there are. */
export function endedBy(
	{ groups, ended_by, ended_elsewhere }: Pick<Report, 'groups' | 'ended_by' | 'ended_elsewhere'>,
	by: By
): { name: string; ended: Ended[] }[] {
	if (groups.length < 2) return [];
	const told = ended_by.map(({ label, ended }) => ({ name: labelInWords(by, label), ended }));
	return ended_elsewhere ? [...told, { name: m.report_elsewhere(), ended: ended_elsewhere }] : told;
}

/** A number of people, or that it is not shown. */
export const peopleInWords = (people: number | null): string => people?.toLocaleString(locale()) ?? m.report_few();

/** Days in whole numbers: more would say less. Null where it is not shown. */
export const wholeDays = (days: number | null): number | null => (days === null ? null : Math.round(days));
