import { describe, expect, it } from 'vitest';
import { clipLine, clipRing, simplify, type Rect } from './clip.ts';
import type { Point } from './geo.ts';

const box: Rect = [0, 0, 10, 10];

describe('clipping', () => {
	it('keeps a ring that is inside and drops one that is outside', () => {
		const inside: Point[] = [
			[1, 1],
			[9, 1],
			[5, 9]
		];
		expect(clipRing(inside, box)).toEqual(inside);
		expect(
			clipRing(
				inside.map(([x, y]) => [x + 20, y] as const),
				box
			)
		).toEqual([]);
	});

	it('turns a ring around the box into the box', () => {
		const around: Point[] = [
			[-5, -5],
			[15, -5],
			[15, 15],
			[-5, 15]
		];
		expect(new Set(clipRing(around, box).map(String))).toEqual(new Set(['0,0', '10,0', '10,10', '0,10']));
	});

	it('cuts a line that leaves and comes back into two', () => {
		const parts = clipLine(
			[
				[5, 5],
				[15, 5],
				[15, 6],
				[5, 6]
			],
			box
		);
		expect(parts).toEqual([
			[
				[5, 5],
				[10, 5]
			],
			[
				[10, 6],
				[5, 6]
			]
		]);
	});

	it('drops a line that runs beside the box', () => {
		expect(
			clipLine(
				[
					[-1, 0],
					[-1, 10]
				],
				box
			)
		).toEqual([]);
	});
});

describe('simplifying', () => {
	it('drops what lies on the line and keeps corners', () => {
		const line: Point[] = [
			[0, 0],
			[5, 0.1],
			[10, 0],
			[10, 10]
		];
		expect(simplify(line, 0.5)).toEqual([line[0], line[2], line[3]]);
	});

	it('keeps the ends, also of a line that comes back to its start', () => {
		const loop: Point[] = [
			[0, 0],
			[5, 5],
			[0, 0]
		];
		expect(simplify(loop, 1)).toEqual(loop);
	});
});
