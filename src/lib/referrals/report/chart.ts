/** Bars of how many asked and how many began, month by month: where each is drawn. */
import type { Group } from './report';

/** Pixels. */
const BAR = 14;
const GAP = 3;
const ROW = 2 * BAR + GAP + 12;
/** In percent of the width: where bars begin, and how long the longest is; the rest is for its number. */
const START = 14;
const LONGEST = 70;

export interface Bar {
	/** Null where the number is not shown: an empty stub stands there. */
	people: number | null;
	/** Pixels from the top; percent of the width. */
	y: number;
	width: number;
}

export interface Row {
	label: string;
	/** The middle of both bars. */
	middle: number;
	asked: Bar;
	began: Bar;
}

export interface Chart {
	/** Pixels. */
	height: number;
	bar: number;
	/** Percent. */
	start: number;
	rows: Row[];
}

/** Of what is not shown: long enough to be seen, and the same for all, so that it says nothing. */
const STUB = 2;

export function chartOf(groups: readonly Pick<Group, 'label' | 'asked' | 'began'>[]): Chart {
	const most = Math.max(1, ...groups.flatMap(({ asked, began }) => [asked ?? 0, began ?? 0]));
	const bar = (people: number | null, y: number): Bar => ({
		people,
		y,
		width: people === null ? STUB : (LONGEST * people) / most
	});
	const rows = groups.map(({ label, asked, began }, n) => {
		const top = n * ROW;
		return {
			label,
			middle: top + BAR + GAP / 2,
			asked: bar(asked, top),
			began: bar(began, top + BAR + GAP)
		};
	});
	return { height: groups.length * ROW, bar: BAR, start: START, rows };
}
