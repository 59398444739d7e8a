/**
 * Reading the filters of `/places` from an address, on the server. The address is the state: what cannot be read is left
 * out and named, never an error.
 */
import { isSlug } from '$lib/slug';
import { z } from 'zod';
import {
	MAX_QUERY_LENGTH,
	round,
	roundPosition,
	SORTS,
	type Bounds,
	type PlaceFilters,
	type Position
} from './place-filters';

export * from './place-filters';

/** A parameter that was left out, for a sentence that says so. */
export interface IgnoredParameter {
	parameter: string;
	problem: 'unknown' | 'malformed' | 'out_of_range' | 'too_long';
}

export const MAX_PAGE = 10_000;

type Ignored = Pick<IgnoredParameter, 'problem'> & { ignored: true };
type Reading<T> = T | Ignored | undefined;

const ignore = (problem: IgnoredParameter['problem']): Ignored => ({ ignored: true, problem });

const decimal = z
	.string()
	.regex(/^-?\d{1,3}(\.\d{1,12})?$/)
	.transform(Number);

const readers: { [K in Exclude<keyof PlaceFilters, 'page'>]-?: (value: string) => Reading<PlaceFilters[K]> } = {
	q: (value) => readWords(value),
	category: readSlug,
	neighbourhood: readSlug,
	open: readTime,
	near: readNear,
	bbox: readBounds,
	free: readFlag,
	wheelchair: readFlag,
	washroom: readFlag,
	language: (value) => (/^[a-z]{2,3}$/.test(value) ? value : ignore('malformed')),
	sort: (value) => SORTS.find((sort) => sort === value) ?? ignore('unknown')
};

/** Filters of an address, and the parameters that were left out. Parameters of other pages are passed over in silence. */
export function readFilters(params: URLSearchParams): { filters: PlaceFilters; ignored: IgnoredParameter[] } {
	const ignored: IgnoredParameter[] = [];
	const filters: Record<string, unknown> = {};
	for (const [parameter, read] of Object.entries(readers)) {
		// A form sends fields that were left empty: those are no filters.
		const value = params.get(parameter)?.trim();
		if (!value) continue;
		const reading: Reading<object | string | true> = read(value);
		if (typeof reading === 'object' && 'ignored' in reading) {
			ignored.push({ parameter, problem: (reading as Ignored).problem });
		} else if (reading !== undefined) {
			filters[parameter] = reading;
		}
	}
	const q = params.get('q')?.trim() ?? '';
	if ([...q].length > MAX_QUERY_LENGTH) ignored.push({ parameter: 'q', problem: 'too_long' });
	return { filters: { ...filters, page: readPage(params, ignored) }, ignored };
}

function readPage(params: URLSearchParams, ignored: IgnoredParameter[]): number {
	const value = params.get('page')?.trim();
	if (!value) return 1;
	const page = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
	if (page >= 1 && page <= MAX_PAGE) return page;
	ignored.push({ parameter: 'page', problem: Number.isNaN(page) ? 'malformed' : 'out_of_range' });
	return 1;
}

/** The beginning of what was typed; NUL, which Postgres can't hold, is a space. */
function readWords(value: string): string | undefined {
	// eslint-disable-next-line no-control-regex -- that is the point
	const words = [...value.replaceAll(/\u0000/g, ' ')].slice(0, MAX_QUERY_LENGTH).join('').toWellFormed().trim();
	return words === '' ? undefined : words;
}

function readSlug(value: string): Reading<string> {
	return isSlug(value) ? value : ignore('malformed');
}

function readFlag(value: string): Reading<true> {
	if (['1', 'true', 'yes', 'on'].includes(value)) return true;
	return ['0', 'false', 'no'].includes(value) ? undefined : ignore('malformed');
}

/** A time that a calendar can hold: opening hours of other centuries are no question. */
function readTime(value: string): Reading<string> {
	if (value === 'now') return value;
	if (!z.iso.datetime({ local: true }).safeParse(value).success || value.endsWith('Z')) return ignore('malformed');
	return value >= '2000' && value < '2200' ? value : ignore('out_of_range');
}

function readNear(value: string): Reading<Position | string> {
	const numbers = value.split(',').map((part) => decimal.safeParse(part.trim()));
	if (numbers.length === 2 && numbers.every((number) => number.success)) {
		const [lat, lng] = numbers.map((number) => number.data!) as [number, number];
		if (Math.abs(lat) > 90 || Math.abs(lng) > 180) return ignore('out_of_range');
		return roundPosition({ lat, lng });
	}
	// Something like "49.2," or "-200.5,here" is a broken position rather than the name of a street.
	if (/^[-\d.,\s]+$/.test(value)) return ignore('malformed');
	return readWords(value);
}

function readBounds(value: string): Reading<Bounds> {
	const numbers = value.split(',').map((part) => decimal.safeParse(part.trim()));
	if (numbers.length !== 4 || !numbers.every((number) => number.success)) return ignore('malformed');
	// To about 10 m, as addresses say it.
	const [west, south, east, north] = numbers.map((number) => round(number.data!, 10_000)) as unknown as Bounds;
	const inRange = Math.abs(west) <= 180 && Math.abs(east) <= 180 && Math.abs(south) <= 90 && Math.abs(north) <= 90;
	return inRange && west < east && south < north ? [west, south, east, north] : ignore('out_of_range');
}
