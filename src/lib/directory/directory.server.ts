/** The directory as the routes ask for it; every call is one round trip to the database, as the person who asks. */
import type { Json } from '$lib/server/database.types';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { instantOf } from './local-time';
import { readFilters, type IgnoredParameter, type PlaceFilters, type Position } from './search-params';
import type { Overview, PlaceDetail, PlaceSummary, SearchResult, Suggestion } from './types';

/** The zone of what a person sees; programs of other cities bring their own with their places. */
export const TIME_ZONE = 'America/Vancouver';

export const PAGE_SIZE = 20;

/** How many days ahead opening hours are worked out for certain (`private.opening_horizon` less a day or two). */
const KNOWN_DAYS = 40;

export interface Present {
	/** The present instant. */
	now: Date;
}

export interface SearchOptions extends Present {
	pageSize?: number;
	/** What is invented or confidential stays on our own pages. */
	forMachines?: boolean;
}

export interface SearchOutcome extends SearchResult {
	/** Parameters that could not be used, such as words that are no position we know. */
	ignored: IgnoredParameter[];
}

/**
 * The filters of an address, read alike for the list, the map and machines. A kind or a neighbourhood that does not exist
 * is left out, as anything else that can't be used.
 */
export async function readSearch(db: Supabase, params: URLSearchParams, present: Present) {
	const { filters, ignored } = readFilters(params);
	const { categories, neighbourhoods } = await overview(db, present);
	for (const [parameter, list] of [
		['category', categories],
		['neighbourhood', neighbourhoods]
	] as const) {
		if (filters[parameter] && !list.some(({ slug }) => slug === filters[parameter])) {
			ignored.push({ parameter, problem: 'unknown' });
			delete filters[parameter];
		}
	}
	// Hours are known from yesterday to six weeks ahead; at another time everything would seem closed.
	if (filters.open && filters.open !== 'now') {
		const days = (instantOf(filters.open, TIME_ZONE).getTime() - present.now.getTime()) / 86_400_000;
		if (days < -1 || days > KNOWN_DAYS) {
			ignored.push({ parameter: 'open', problem: 'out_of_range' });
			delete filters.open;
		}
	}
	return { filters, ignored, categories, neighbourhoods };
}

export async function search(db: Supabase, filters: PlaceFilters, options: SearchOptions): Promise<SearchOutcome> {
	const { position, ignored } = await resolvePosition(db, filters.near);
	const asked = databaseFilters({ ...filters, near: position ?? undefined }, options);
	const result = available(await db.rpc('search_places', { filters: asked })) as unknown as SearchResult;
	return { ...result, ignored };
}

/** Every matching place as columns of numbers, for the map (see `$lib/map/points`). */
export async function points(db: Supabase, filters: PlaceFilters, options: SearchOptions) {
	const { position } = await resolvePosition(db, filters.near);
	const asked = databaseFilters({ ...filters, near: position ?? undefined }, options);
	return available(await db.rpc('place_points', { filters: asked })) as unknown as {
		n: number[];
		lat: number[];
		lng: number[];
		category: (string | null)[];
	};
}

export async function place(db: Supabase, slug: string, { now }: Present): Promise<PlaceDetail | null> {
	return available(
		await db.rpc('get_place', { place_slug: slug, at: now.toISOString() })
	) as unknown as PlaceDetail | null;
}

/** The place with this number on the map, or null. */
export async function placeByNumber(db: Supabase, number: number, { now }: Present): Promise<PlaceSummary | null> {
	return available(
		await db.rpc('place_by_number', { place_number: number, at: now.toISOString() })
	) as unknown as PlaceSummary | null;
}

export async function suggest(db: Supabase, q: string): Promise<Suggestion[]> {
	return available(await db.rpc('suggest', { q })) as unknown as Suggestion[];
}

/** The nearest places of each category, in the order of the categories; those with none are left out. */
export async function nearest(
	db: Supabase,
	position: Position,
	categories: readonly string[],
	each: number,
	{ now }: Present
): Promise<Record<string, PlaceSummary[]>> {
	return available(
		await db.rpc('nearest_places', {
			lat: position.lat,
			lng: position.lng,
			categories: [...categories],
			each_category: each,
			at: now.toISOString()
		})
	) as unknown as Record<string, PlaceSummary[]>;
}

export async function nearestCategories(db: Supabase, q: string): Promise<string[]> {
	return available(await db.rpc('nearest_categories', { q })) as unknown as string[];
}

/** Counts a search that found nothing: where and on which day, nothing else. A failure is no reason to fail the page. */
export async function countEmptySearch(db: Supabase, neighbourhood: string | undefined): Promise<void> {
	await db.rpc('count_empty_search', { neighbourhood });
}

const OVERVIEW_MS = 60_000;
let overviewKept: { at: number; value: Overview } | undefined;

/** Categories and neighbourhoods with their counts. Public and slow to change: a Worker keeps it for a minute. */
export async function overview(db: Supabase, { now }: Present): Promise<Overview> {
	if (overviewKept && Math.abs(now.getTime() - overviewKept.at) < OVERVIEW_MS) return overviewKept.value;
	const value = available(await db.rpc('directory_overview')) as unknown as Overview;
	overviewKept = { at: now.getTime(), value };
	return value;
}

async function resolvePosition(
	db: Supabase,
	near: PlaceFilters['near']
): Promise<{ position: (Position & { name?: string }) | null; ignored: IgnoredParameter[] }> {
	if (typeof near !== 'string') return { position: near ?? null, ignored: [] };
	const position = available(await db.rpc('find_position', { words: near })) as unknown as
		(Position & { name: string }) | null;
	return { position, ignored: position ? [] : [{ parameter: 'near', problem: 'unknown' }] };
}

/** Filters in the words of the SQL function `search_places`. */
function databaseFilters(
	filters: PlaceFilters,
	{ now, pageSize = PAGE_SIZE, forMachines = false }: SearchOptions
): Json {
	const { open, ...rest } = filters;
	const at = now.toISOString();
	return JSON.parse(
		JSON.stringify({
			...rest,
			at,
			for_machines: forMachines,
			page_size: pageSize,
			...(open && { open: open === 'now' ? at : instantOf(open, TIME_ZONE).toISOString() })
		})
	) as Json;
}
