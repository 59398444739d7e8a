import { describe, expect, it } from 'vitest';
import { numbersLabel, placePins, type Marker, type PinAt } from './pins.ts';

const layout = { width: 360, height: 300, size: 21, fontSize: 11 };

/** The same numbers every time: 0…1. */
function dice(seed: number) {
	return () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
}

function pins(count: number, at: (i: number) => readonly [number, number]): PinAt[] {
	return Array.from({ length: count }, (_, i) => ({ number: i + 1, category: i % 2 ? 'food' : 'talk', at: at(i) }));
}

const numbersOf = (marker: Marker) => marker.tips.length;

function overlaps(a: Marker, b: Marker): boolean {
	const [dx, dy] = [Math.abs(a.head[0] - b.head[0]), Math.abs(a.head[1] - b.head[1])];
	return dx < (a.width + b.width) / 2 && dy < (a.height + b.height) / 2;
}

describe('pins', () => {
	it('name their numbers briefly', () => {
		expect(numbersLabel([7])).toBe('7');
		expect(numbersLabel([5, 3, 4])).toBe('3–5');
		expect(numbersLabel([2, 9])).toBe('2, 9');
		expect(numbersLabel([1, 2, 3, 8])).toBe('1–3, 8');
		expect(numbersLabel([1, 3, 5, 7, 9])).toBe('1, 3 +3');
	});

	it('stand above their places where there is room', () => {
		const [marker] = placePins(
			pins(1, () => [180, 150]),
			layout
		);
		expect(marker!.head[0]).toBeCloseTo(180);
		expect(marker!.head[1]).toBeLessThan(150);
		expect(marker!.category).toBe('talk');
	});

	it('two of one spot fan out, many of one spot share a head', () => {
		expect(
			placePins(
				pins(2, () => [180, 150]),
				layout
			)
		).toHaveLength(2);
		const [shared, ...rest] = placePins(
			pins(25, () => [180, 150]),
			layout
		);
		expect(rest).toEqual([]);
		expect(shared!.label).toBe('1–25');
		expect(shared!.category).toBeUndefined();
	});

	it('never overlap, stay inside and lose no place, however crowded', () => {
		for (let seed = 1; seed <= 60; seed++) {
			const random = dice(seed * 7919);
			const spread = 10 + random() * 300;
			const count = 1 + Math.floor(random() * 60);
			const markers = placePins(
				pins(count, () => [Math.min(359, 20 + random() * spread), Math.min(299, 20 + random() * spread)]),
				layout
			);
			expect(markers.reduce((sum, marker) => sum + numbersOf(marker), 0)).toBe(count);
			for (const [i, marker] of markers.entries()) {
				expect(marker.head[0] - marker.width / 2).toBeGreaterThanOrEqual(0);
				expect(marker.head[1] - marker.height / 2).toBeGreaterThanOrEqual(0);
				expect(marker.head[0] + marker.width / 2).toBeLessThanOrEqual(layout.width);
				expect(marker.head[1] + marker.height / 2).toBeLessThanOrEqual(layout.height);
				for (const other of markers.slice(i + 1)) expect(overlaps(marker, other)).toBe(false);
			}
		}
	});
});
