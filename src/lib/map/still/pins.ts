/**
 * Where numbered pins stand. Each pin's tip stays on its place; its head moves around the tip until it is clear of the
 * others, and pins that find no room share a head that lists their numbers.
 */
import type { Rect } from '../clip.ts';
import type { Point } from '../geo.ts';
import { textWidth } from './svg.ts';

export interface PinAt {
	number: number;
	category: string | undefined;
	at: Point;
}

export interface Marker {
	/** Its numbers: "7", "3–5", "2, 9", "1–4, 8 +3". */
	label: string;
	/** The category that all of its places share. */
	category: string | undefined;
	/** The places it stands for. */
	tips: readonly Point[];
	/** The middle of its head. */
	head: Point;
	/** The head's size; as wide as high when it holds one number. */
	width: number;
	height: number;
}

export interface PinLayout {
	width: number;
	height: number;
	/** The head's height in pixels. */
	size: number;
	fontSize: number;
}

interface Group {
	pins: PinAt[];
	tip: Point;
	width: number;
}

const UP = -Math.PI / 2;
const ANGLES = [0, 0.6, -0.6, 1.15, -1.15, 1.7, -1.7, 2.3, -2.3, Math.PI].map((turn) => UP + turn);
/** From the tip to the head's middle, in heads. */
const DISTANCES = [0.85, 1.15, 1.6, 2.2];
/** Places closer than this, in pixels, are one spot to the eye. */
const SAME_SPOT = 5;

/** "1–3, 7": runs are joined, and past three of them the rest is counted. */
export function numbersLabel(numbers: readonly number[]): string {
	const sorted = [...new Set(numbers)].sort((a, b) => a - b);
	const runs: number[][] = [];
	for (const n of sorted) {
		const run = runs.at(-1);
		if (run && n === run.at(-1)! + 1) run.push(n);
		else runs.push([n]);
	}
	const words = runs.map((run) => (run.length > 1 ? `${run[0]}–${run.at(-1)}` : `${run[0]}`));
	if (words.length <= 3) return words.join(', ');
	return `${words.slice(0, 2).join(', ')} +${runs.slice(2).flat().length}`;
}

const headWidth = (pins: readonly PinAt[], { size, fontSize }: PinLayout) =>
	pins.length === 1 && pins[0]!.number < 100
		? size
		: Math.max(size, textWidth(numbersLabel(pins.map((pin) => pin.number)), fontSize) + size * 0.6);

const distance = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]);

function group(pins: PinAt[], layout: PinLayout): Group {
	const middle = (axis: 0 | 1) => pins.reduce((sum, { at }) => sum + at[axis], 0) / pins.length;
	return { pins, tip: [middle(0), middle(1)], width: headWidth(pins, layout) };
}

/** Pins of one spot, when there are more than can fan out around it. */
function groupSameSpots(pins: readonly PinAt[], layout: PinLayout): Group[] {
	const spots: PinAt[][] = [];
	for (const pin of pins) {
		const spot = spots.find(([first]) => distance(first!.at, pin.at) < SAME_SPOT);
		if (spot) spot.push(pin);
		else spots.push([pin]);
	}
	return spots.flatMap((spot) => (spot.length > 2 ? [group(spot, layout)] : spot.map((pin) => group([pin], layout))));
}

const headRect = ([x, y]: Point, width: number, height: number, gap: number): Rect => [
	x - width / 2 - gap,
	y - height / 2 - gap,
	x + width / 2 + gap,
	y + height / 2 + gap
];

const rectsMeet = (a: Rect, b: Rect) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

/** Whether the way from a tip to its head passes over a rectangle. */
function crosses(tip: Point, head: Point, rect: Rect): boolean {
	for (let i = 0; i <= 6; i++) {
		const x = tip[0] + ((head[0] - tip[0]) * i) / 6;
		const y = tip[1] + ((head[1] - tip[1]) * i) / 6;
		if (x > rect[0] && x < rect[2] && y > rect[1] && y < rect[3]) return true;
	}
	return false;
}

/** The best free place for a group's head, or null if there is none near its tip. */
function findHead(own: Group, placed: readonly Marker[], tips: readonly Point[], layout: PinLayout): Point | null {
	const { width, height, size } = layout;
	let best: Point | null = null;
	let least = Infinity;
	const rects = placed.map((marker) => headRect(marker.head, marker.width, marker.height, 1));
	for (const [step, reach] of DISTANCES.entries()) {
		for (const [turn, angle] of ANGLES.entries()) {
			const away = reach * size;
			const stretch = Math.abs(Math.cos(angle)) * (own.width - size) * 0.5;
			const head: Point = [own.tip[0] + Math.cos(angle) * (away + stretch), own.tip[1] + Math.sin(angle) * away];
			const rect = headRect(head, own.width, size, 1);
			if (rect[0] < 1 || rect[1] < 1 || rect[2] > width - 1 || rect[3] > height - 1) continue;
			if (rects.some((other) => rectsMeet(rect, other) || crosses(own.tip, head, other))) continue;
			if (placed.some((marker) => marker.tips.some((tip) => crosses(tip, marker.head, rect)))) continue;
			const covered = tips.filter((tip) => rectsMeet(rect, headRect(tip, 0, 0, 2))).length;
			const cost = step * 5 + turn + covered * 4;
			if (cost < least) [best, least] = [head, cost];
		}
	}
	return best;
}

/** A head held inside the picture whatever happens: for a picture too small for its pins. */
const heldInside = ([x, y]: Point, headW: number, { width, height, size }: PinLayout): Point => [
	Math.min(Math.max(x, headW / 2 + 1), Math.max(headW / 2 + 1, width - headW / 2 - 1)),
	Math.min(Math.max(y - size * 0.85, size / 2 + 1), Math.max(size / 2 + 1, height - size / 2 - 1))
];

/**
 * Places the pins. Heads never overlap, as long as one head fits into the picture; every number is in exactly one head.
 * The lower its number, the closer a pin stands to its place.
 */
export function placePins(pins: readonly PinAt[], layout: PinLayout): Marker[] {
	const groups = groupSameSpots(pins, layout);
	for (;;) {
		const placed: Marker[] = [];
		const tips = groups.flatMap(({ pins: own }) => own.map((pin) => pin.at));
		let homeless: Group | undefined;
		for (const own of groups) {
			const head = findHead(own, placed, tips, layout);
			if (!head && groups.length > 1) {
				homeless = own;
				break;
			}
			const categories = new Set(own.pins.map((pin) => pin.category));
			placed.push({
				label: numbersLabel(own.pins.map((pin) => pin.number)),
				category: categories.size === 1 ? own.pins[0]!.category : undefined,
				tips: own.pins.map((pin) => pin.at),
				head: head ?? heldInside(own.tip, own.width, layout),
				width: own.width,
				height: layout.size
			});
		}
		if (!homeless) return placed;
		// It joins the group nearest to it, and all are placed anew: one group fewer each time, so this ends.
		const rest = groups.filter((other) => other !== homeless);
		const nearest = rest.reduce((a, b) => (distance(b.tip, homeless.tip) < distance(a.tip, homeless.tip) ? b : a));
		groups.splice(groups.indexOf(homeless), 1);
		groups.splice(groups.indexOf(nearest), 1, group([...nearest.pins, ...homeless.pins], layout));
	}
}
