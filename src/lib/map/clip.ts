/** Cutting lines and rings to a rectangle of pixels, and leaving out the points nobody would see. Pure; no imports. */
import type { Point } from './geo.ts';

/** Left, top, right, bottom. */
export type Rect = readonly [left: number, top: number, right: number, bottom: number];

/** Leaves out points that come within `tolerance` of the line between their neighbours (Douglas and Peucker). */
export function simplify(points: readonly Point[], tolerance: number): Point[] {
	if (points.length < 3) return [...points];
	const keep = new Uint8Array(points.length);
	keep[0] = keep[points.length - 1] = 1;
	const spans: [number, number][] = [[0, points.length - 1]];
	for (let span = spans.pop(); span; span = spans.pop()) {
		const [first, last] = span;
		const [ax, ay] = points[first]!;
		const [dx, dy] = [points[last]![0] - ax, points[last]![1] - ay];
		const length = Math.hypot(dx, dy);
		let [worst, index] = [tolerance, -1];
		for (let i = first + 1; i < last; i++) {
			const [px, py] = [points[i]![0] - ax, points[i]![1] - ay];
			const distance = length > 0 ? Math.abs(px * dy - py * dx) / length : Math.hypot(px, py);
			if (distance > worst) [worst, index] = [distance, i];
		}
		if (index > 0) {
			keep[index] = 1;
			spans.push([first, index], [index, last]);
		}
	}
	return points.filter((_, i) => keep[i]);
}

/** The part of a ring inside the rectangle (Sutherland and Hodgman), as one ring; empty if nothing is. */
export function clipRing(ring: readonly Point[], rect: Rect): Point[] {
	let points: readonly Point[] = ring;
	for (const [axis, limit, sign] of [
		[0, rect[0], 1],
		[0, rect[2], -1],
		[1, rect[1], 1],
		[1, rect[3], -1]
	] as const) {
		const out: Point[] = [];
		for (let i = 0; i < points.length; i++) {
			const a = points[i]!;
			const b = points[(i + 1) % points.length]!;
			const [da, db] = [(a[axis] - limit) * sign, (b[axis] - limit) * sign];
			if (da >= 0) out.push(a);
			if (da >= 0 !== db >= 0) {
				const t = da / (da - db);
				out.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
			}
		}
		points = out;
	}
	return points.length > 2 ? [...points] : [];
}

/** The parts of a line inside the rectangle (Liang and Barsky, piece by piece). */
export function clipLine(line: readonly Point[], [left, top, right, bottom]: Rect): Point[][] {
	const parts: Point[][] = [];
	let current: Point[] = [];
	for (let i = 1; i < line.length; i++) {
		const [[ax, ay], [bx, by]] = [line[i - 1]!, line[i]!];
		const [dx, dy] = [bx - ax, by - ay];
		let [t0, t1] = [0, 1];
		for (const [p, q] of [
			[-dx, ax - left],
			[dx, right - ax],
			[-dy, ay - top],
			[dy, bottom - ay]
		] as const) {
			if (p === 0 ? q < 0 : false) t1 = -1;
			else if (p < 0) t0 = Math.max(t0, q / p);
			else if (p > 0) t1 = Math.min(t1, q / p);
		}
		if (t0 > t1) continue;
		const start: Point = [ax + dx * t0, ay + dy * t0];
		if (current.length === 0 || t0 > 0) parts.push((current = [start]));
		current.push([ax + dx * t1, ay + dy * t1]);
		if (t1 < 1) current = [];
	}
	return parts;
}
