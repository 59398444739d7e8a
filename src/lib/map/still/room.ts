/** What on the map is taken: words give way to pins, and to words that matter more. */
import type { Rect } from '../clip.ts';
import type { Point } from '../geo.ts';

export class Room {
	readonly #taken: Rect[] = [];
	readonly #edge: Rect;

	/** @param margin how far from the picture's edge anything must stay, in pixels */
	constructor(width: number, height: number, margin = 4) {
		this.#edge = [margin, margin, width - margin, height - margin];
	}

	take(...rects: readonly Rect[]): void {
		this.#taken.push(...rects);
	}

	/** Whether all the rectangles are inside the picture and free. */
	isFree(rects: readonly Rect[]): boolean {
		const [left, top, right, bottom] = this.#edge;
		return rects.every(
			([l, t, r, b]) =>
				l >= left &&
				t >= top &&
				r <= right &&
				b <= bottom &&
				!this.#taken.some((other) => l < other[2] && r > other[0] && t < other[3] && b > other[1])
		);
	}

	/** Takes the rectangles if they are free. */
	claim(rects: readonly Rect[]): boolean {
		const free = this.isFree(rects);
		if (free) this.take(...rects);
		return free;
	}
}

/** A rectangle around a centre. */
export const around = ([x, y]: Point, width: number, height: number): Rect => [
	x - width / 2,
	y - height / 2,
	x + width / 2,
	y + height / 2
];

/** Small squares along a line through a centre: what a slanted word covers. */
export function alongLine([x, y]: Point, angle: number, length: number, thickness: number): Rect[] {
	const steps = Math.max(1, Math.ceil(length / thickness));
	return Array.from({ length: steps }, (_, i) => {
		const offset = ((i + 0.5) / steps - 0.5) * length;
		return around([x + Math.cos(angle) * offset, y + Math.sin(angle) * offset], thickness, thickness);
	});
}
