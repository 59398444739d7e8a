/**
 * All the places of a search as points for the live map, in a few bytes each. Binary, version 1:
 *
 *     1 byte   version
 *     varint   how many points
 *     then four columns, a value for each point:
 *     varint   latitude in hundred-thousandths of a degree, as the difference from the point before, zigzag
 *     varint   longitude, the same
 *     varint   n
 *     1 byte   category
 *
 * Points are sorted along a Z-order curve, so that differences are small. A varint is little-endian, seven bits a byte.
 */
export interface MapPoint {
	/** The number by which the server knows the place: a whole number from 0 to 2³²−1. */
	n: number;
	/** WGS 84 degrees; kept to 1e-5, about a metre. */
	lat: number;
	lng: number;
	/** `categoryNumber` of the place's top category: 0 to 255. */
	category: number;
}

export const POINTS_MIME = 'application/vnd.bearings.points';

const VERSION = 1;
const DEGREE = 1e5;

const zigzag = (value: number) => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number) => (value % 2 ? -(value + 1) / 2 : value / 2);

/** Spreads the low 16 bits over the even bits. */
function spread(value: number): number {
	let v = value & 0xffff;
	v = (v | (v << 8)) & 0x00ff00ff;
	v = (v | (v << 4)) & 0x0f0f0f0f;
	v = (v | (v << 2)) & 0x33333333;
	return (v | (v << 1)) & 0x55555555;
}

/** Where a position is along a Z-order curve over the box of all positions. */
function curve(positions: readonly (readonly [number, number])[]): (position: readonly [number, number]) => number {
	const [low, high] = [
		[Infinity, Infinity],
		[-Infinity, -Infinity]
	] as [[number, number], [number, number]];
	for (const position of positions) {
		for (const axis of [0, 1] as const) {
			low[axis] = Math.min(low[axis], position[axis]);
			high[axis] = Math.max(high[axis], position[axis]);
		}
	}
	const cell = (position: readonly [number, number], axis: 0 | 1) =>
		Math.floor(((position[axis] - low[axis]) / Math.max(1, high[axis] - low[axis])) * 0xffff);
	return (position) => (spread(cell(position, 0)) | (spread(cell(position, 1)) << 1)) >>> 0;
}

/** Packs points. Those without a finite position are left out. The order of points is not kept. */
export function encodePoints(points: readonly MapPoint[]): Uint8Array<ArrayBuffer> {
	const rows = points
		.filter(({ lat, lng }) => Number.isFinite(lat) && Number.isFinite(lng))
		.map(({ n, lat, lng, category }) => ({
			n,
			category,
			at: [Math.round(lat * DEGREE), Math.round(lng * DEGREE)] as const
		}));
	const along = curve(rows.map(({ at }) => at));
	const sorted = rows.map((row) => ({ ...row, key: along(row.at) })).sort((a, b) => a.key - b.key || a.n - b.n);
	// Five bytes a varint are the most there can be.
	const bytes = new Uint8Array(6 + sorted.length * 16);
	let length = 0;
	const put = (value: number) => {
		let rest = value;
		for (; rest > 127; rest = Math.floor(rest / 128)) bytes[length++] = (rest % 128) | 128;
		bytes[length++] = rest;
	};
	bytes[length++] = VERSION;
	put(sorted.length);
	for (const axis of [0, 1] as const) {
		let before = 0;
		for (const { at } of sorted) {
			put(zigzag(at[axis] - before));
			before = at[axis];
		}
	}
	for (const { n } of sorted) put(n);
	for (const { category } of sorted) bytes[length++] = category;
	return bytes.slice(0, length);
}

/**
 * Unpacks points.
 * @throws RangeError if these are not the bytes of whole points in a version known here
 */
export function decodePoints(bytes: Uint8Array): MapPoint[] {
	let next = 0;
	const byte = () => {
		if (next >= bytes.length) throw new RangeError('The points end too early');
		return bytes[next++]!;
	};
	const take = () => {
		let value = 0;
		for (let factor = 1, more = true; more; factor *= 128) {
			if (factor > 2 ** 35) throw new RangeError('A number in the points is too long');
			const part = byte();
			value += (part & 127) * factor;
			more = part > 127;
		}
		return value;
	};
	if (byte() !== VERSION) throw new RangeError('Points of another version');
	const count = take();
	// Four bytes a point are the fewest there can be: a wrong count must not reserve memory.
	if (count * 4 > bytes.length - next) throw new RangeError('The points end too early');
	const points = Array.from({ length: count }, (): MapPoint => ({ n: 0, lat: 0, lng: 0, category: 0 }));
	for (const axis of ['lat', 'lng'] as const) {
		let value = 0;
		for (const point of points) {
			value += unzigzag(take());
			point[axis] = value / DEGREE;
		}
	}
	for (const point of points) point.n = take();
	for (const point of points) point.category = byte();
	return points;
}
