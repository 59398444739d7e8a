/**
 * The filters of `/places` and the addresses that carry them (DESIGN §10). Pages need it in the browser too: no imports.
 */
export const SORTS = ['best', 'distance', 'name'] as const;
export type Sort = (typeof SORTS)[number];

export interface Position {
	lat: number;
	lng: number;
}

/** West, south, east, north in degrees. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

export interface PlaceFilters {
	q?: string;
	category?: string;
	/** `now`, or a local date and time such as `2026-12-24T09:30` in the program's time zone. */
	open?: string;
	/** A position, or the words of a street, crossing, place or neighbourhood. */
	near?: Position | string;
	bbox?: Bounds;
	neighbourhood?: string;
	free?: true;
	wheelchair?: true;
	washroom?: true;
	/** ISO 639 code. */
	language?: string;
	sort?: Sort;
	page: number;
}

/** Whether an address with these filters may say where somebody is: also in words, as in “library near Main Street”. */
export const saysWhere = ({ q, near, bbox }: Partial<PlaceFilters>): boolean =>
	near !== undefined || bbox !== undefined || /\s(near|around|close to|by|in|at)\s/i.test(q ?? '');

export const MAX_QUERY_LENGTH = 200;

/** `+ 0` makes -0 the 0 that an address can say. */
export const round = (degrees: number, steps: number) => Math.round(degrees * steps) / steps + 0;

/** About 100 m (in Vancouver 110 m north to south, 70 m east to west): as near as anybody needs to be known. */
export const roundPosition = ({ lat, lng }: Position): Position => ({ lat: round(lat, 1000), lng: round(lng, 1000) });

/** The parameters of filters, in one order, so that one search has one address. */
export function writeFilters(filters: Partial<PlaceFilters>): URLSearchParams {
	const params = new URLSearchParams();
	const put = (name: string, value: string | undefined) => value && params.set(name, value);
	put('q', filters.q);
	put('category', filters.category);
	put('open', filters.open);
	put('near', typeof filters.near === 'object' ? `${filters.near.lat},${filters.near.lng}` : filters.near);
	put('bbox', filters.bbox?.map((degrees) => degrees.toFixed(4)).join(','));
	put('neighbourhood', filters.neighbourhood);
	put('free', filters.free && '1');
	put('wheelchair', filters.wheelchair && '1');
	put('washroom', filters.washroom && '1');
	put('language', filters.language);
	put('sort', filters.sort === 'best' ? undefined : filters.sort);
	put('page', filters.page && filters.page > 1 ? String(filters.page) : undefined);
	return params;
}

/** The address of these filters at `path`. A change of filter starts again at the first page. */
export function placesUrl(
	filters: Partial<PlaceFilters>,
	changes: Partial<PlaceFilters> = {},
	path = '/places'
): string {
	const params = writeFilters({ ...filters, page: 1, ...changes }).toString();
	// Commas may stand in a query: the address stays readable.
	return params === '' ? path : `${path}?${params.replaceAll('%2C', ',')}`;
}
