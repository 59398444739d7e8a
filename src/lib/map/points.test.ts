import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodePoints, encodePoints, type MapPoint } from './points.ts';

function cityPoints(count: number, seed = 11): MapPoint[] {
	const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
	return Array.from({ length: count }, () => ({
		n: Math.floor(random() * 10 * count),
		lat: Number((49.2 + random() * 0.11).toFixed(5)),
		lng: Number((-123.225 + random() * 0.2).toFixed(5)),
		category: Math.floor(random() * 18)
	}));
}

const inOrder = (points: readonly MapPoint[]) => points.map((p) => [p.n, p.lat, p.lng, p.category].join()).toSorted();

describe('points for the live map', () => {
	it('come back as they went, whatever their order', () => {
		const points = cityPoints(500);
		expect(inOrder(decodePoints(encodePoints(points)))).toEqual(inOrder(points));
	});

	it('come back from the ends of the world', () => {
		const points = [
			{ n: 0, lat: 90, lng: -180, category: 0 },
			{ n: 2 ** 32 - 1, lat: -90, lng: 180, category: 255 },
			{ n: 7, lat: 0, lng: 0, category: 3 },
			{ n: 8, lat: 0, lng: 0, category: 3 }
		];
		expect(inOrder(decodePoints(encodePoints(points)))).toEqual(inOrder(points));
	});

	it('may be none, and leave out what is nowhere', () => {
		expect(decodePoints(encodePoints([]))).toEqual([]);
		expect(decodePoints(encodePoints([{ n: 1, lat: NaN, lng: 0, category: 0 }]))).toEqual([]);
	});

	it('take at most 10 bytes each, gzipped or not', () => {
		const bytes = encodePoints(cityPoints(10_000));
		expect(bytes.length / 10_000).toBeLessThanOrEqual(10);
		expect(gzipSync(bytes).length / 10_000).toBeLessThanOrEqual(7);
	});

	it('that are cut short, or something else, are refused', () => {
		const bytes = encodePoints(cityPoints(20));
		for (let length = 0; length < bytes.length; length++) {
			expect(() => decodePoints(bytes.slice(0, length))).toThrow(RangeError);
		}
		expect(() => decodePoints(new TextEncoder().encode('<!doctype html>'))).toThrow(RangeError);
		expect(() => decodePoints(new Uint8Array([1, 255, 255, 255, 255, 255, 255, 255]))).toThrow(RangeError);
	});
});
