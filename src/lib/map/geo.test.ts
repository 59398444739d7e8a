import { describe, expect, it } from 'vitest';
import { boundsOf, CITY, fit, isInside, mercator, tidyBounds } from './geo.ts';

describe('the projection', () => {
	it('puts null island in the middle of the world and the poles at its edges', () => {
		expect(mercator([0, 0])).toEqual([0.5, 0.5]);
		expect(mercator([180, 90])[1]).toBeCloseTo(0, 5);
		expect(mercator([-180, -90])[1]).toBeCloseTo(1, 5);
	});

	it('shows the whole of a box, in the middle', () => {
		const frame = fit(CITY, { width: 640, height: 400 });
		const [left, bottom] = frame.project([CITY[0], CITY[1]]);
		const [right, top] = frame.project([CITY[2], CITY[3]]);
		for (const [value, limit] of [
			[left, 640],
			[right, 640],
			[top, 400],
			[bottom, 400]
		] as const) {
			expect(value).toBeGreaterThanOrEqual(-1e-6);
			expect(value).toBeLessThanOrEqual(limit + 1e-6);
		}
		expect(left + right).toBeCloseTo(640);
		expect(top + bottom).toBeCloseTo(400);
		frame.bounds.forEach((edge, i) => expect(Math.abs(edge - CITY[i]!)).toBeLessThan(0.2));
	});
});

describe('bounds', () => {
	it('are put in order, and across the antimeridian go past 180', () => {
		expect(tidyBounds([-123, 49.3, -122, 49.2])).toEqual([-123, 49.2, -122, 49.3]);
		expect(tidyBounds([170, -10, -170, 10])).toEqual([170, -10, 190, 10]);
	});

	it('are refused when they are not four numbers of this world', () => {
		for (const bad of [[], [1, 2, 3], [1, 2, 3, NaN], [1, 2, 3, Infinity], [0, 0, 0, 91], [-500, 0, 0, 0]]) {
			expect(tidyBounds(bad)).toBeNull();
		}
	});

	it('of nothing are null', () => {
		expect(boundsOf([])).toBeNull();
		expect(boundsOf([[NaN, 1]])).toBeNull();
		expect(boundsOf([[1, 2]])).toEqual([1, 2, 1, 2]);
	});
});

describe('a ring', () => {
	const ring = [
		[0, 0],
		[4, 0],
		[4, 4],
		[2, 1],
		[0, 4]
	] as const;

	it('has an inside and an outside, also where it is hollow', () => {
		expect(isInside([1, 1], ring)).toBe(true);
		expect(isInside([2, 3], ring)).toBe(false);
		expect(isInside([5, 1], ring)).toBe(false);
	});
});
