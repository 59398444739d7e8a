/** Positions, boxes and the projection that the still map, the live map and their URLs share. No imports. */

/** WGS 84 degrees, in GeoJSON's order. */
export type LngLat = readonly [lng: number, lat: number];

/** West, south, east, north in WGS 84 degrees, in GeoJSON's order. East is greater than west, past 180 if need be. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Pixels, from the top left. */
export type Point = readonly [x: number, y: number];

/** Where Web Mercator ends. */
const MAX_LAT = 85.0511;

/** The city, with a little water around it: what a map shows when it has nothing better to show. */
export const CITY: Bounds = [-123.232, 49.198, -123.018, 49.316];

/** As far as the sketch is drawn. */
export const SKETCHED: Bounds = [-123.8, 48.88, -122.4, 49.56];

/** As far as the live map can be moved: well inside what is drawn. */
export const REGION: Bounds = [-123.55, 49.0, -122.5, 49.48];

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** Web Mercator with the world 0…1 wide. Never infinite: latitudes stop at ±85.05°. */
export function mercator([lng, lat]: LngLat): Point {
	const sin = Math.sin((clamp(lat, -MAX_LAT, MAX_LAT) * Math.PI) / 180);
	return [lng / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
}

/**
 * A box with sense in it: finite, south below north, east beyond west. A box across the antimeridian (west 170, east
 * -170) has 360 added to its east. Null if a number is missing or the box lies outside the world.
 */
export function tidyBounds(bounds: readonly number[]): Bounds | null {
	const [w, s, e, n] = bounds;
	if (bounds.length !== 4 || w === undefined || s === undefined || e === undefined || n === undefined) return null;
	if (
		!bounds.every(Number.isFinite) ||
		Math.abs(w) > 180 ||
		Math.abs(e) > 360 ||
		Math.abs(s) > 90 ||
		Math.abs(n) > 90
	) {
		return null;
	}
	return [w, Math.min(s, n), e < w ? e + 360 : e, Math.max(s, n)];
}

/** The smallest box around some positions, or null if there are none. */
export function boundsOf(positions: Iterable<LngLat>): Bounds | null {
	let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [lng, lat] of positions) {
		if (!Number.isFinite(lng) || !Number.isFinite(lat)) continue;
		[w, s, e, n] = [Math.min(w, lng), Math.min(s, lat), Math.max(e, lng), Math.max(n, lat)];
	}
	return w <= e ? [w, s, e, n] : null;
}

/** Whether a position is inside a ring (not closed). */
export function isInside([x, y]: LngLat, ring: readonly LngLat[]): boolean {
	let inside = false;
	for (const [i, [ax, ay]] of ring.entries()) {
		const [bx, by] = ring[(i + 1) % ring.length]!;
		if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
	}
	return inside;
}

export const overlap = (a: Bounds, b: Bounds) => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

/** What two boxes share, or null if they are apart. */
export const intersection = (a: Bounds, b: Bounds): Bounds | null =>
	overlap(a, b) ? [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])] : null;

/** A view of the world in a rectangle of pixels. */
export interface Frame {
	width: number;
	height: number;
	/** MapLibre's zoom: the world is 512 × 2^zoom pixels wide. */
	zoom: number;
	project(position: LngLat): Point;
	/** What of the world is in sight. */
	bounds: Bounds;
}

export interface Fit {
	width: number;
	height: number;
	/** Pixels kept free around the box. */
	padding?: { x: number; top: number; bottom: number };
	minZoom?: number;
	maxZoom?: number;
}

/** The closest view that shows the whole box. A box without an area is shown at `maxZoom`. */
export function fit(bounds: Bounds, { width, height, padding, minZoom = 7.5, maxZoom = 14.5 }: Fit): Frame {
	const { x: padX, top, bottom } = padding ?? { x: 0, top: 0, bottom: 0 };
	const [left, high] = mercator([bounds[0], bounds[3]]);
	const [right, low] = mercator([bounds[2], bounds[1]]);
	const scale = clamp(
		Math.min(
			Math.max(1, width - 2 * padX) / Math.max(right - left, 1e-12),
			Math.max(1, height - top - bottom) / Math.max(low - high, 1e-12)
		),
		512 * 2 ** minZoom,
		512 * 2 ** maxZoom
	);
	const originX = ((left + right) / 2) * scale - width / 2;
	const originY = ((high + low) / 2) * scale - (height + top - bottom) / 2;
	const unproject = (x: number, y: number): LngLat => [
		((x + originX) / scale - 0.5) * 360,
		(Math.atan(Math.sinh((0.5 - (y + originY) / scale) * 2 * Math.PI)) * 180) / Math.PI
	];
	return {
		width,
		height,
		zoom: Math.log2(scale / 512),
		project(position) {
			const [x, y] = mercator(position);
			return [x * scale - originX, y * scale - originY];
		},
		bounds: [...unproject(0, height), ...unproject(width, 0)]
	};
}
