/** The words of the still map: neighbourhoods, streets along their lines, parks, water, stations, in that order of need. */
import { clipLine, clipRing } from '../clip.ts';
import { mapColours, type MapScheme } from '../colours.ts';
import type { Frame, LngLat, Point } from '../geo.ts';
import { sketch, type Area, type Shape } from '../sketch/sketch.ts';
import { pictureRect, projectAll, streetWidth, streetRank } from './ground.ts';
import { alongLine, around, type Room } from './room.ts';
import { element, escapeXml, short, textWidth } from './svg.ts';

interface Look {
	size: number;
	fill: string;
	weight?: number;
	italic?: boolean;
	spacing?: number;
	/** The colour around the letters. */
	halo: string;
}

/** Steps away from where a word should stand, nearest first, in line heights. */
const NUDGES: Point[] = [
	[0, 0],
	[0, -1.2],
	[0, 1.2],
	[-1.5, 0],
	[1.5, 0],
	[-1.5, -1.2],
	[1.5, 1.2],
	[0, -2.4],
	[0, 2.4],
	[-3, 0],
	[3, 0],
	[-3, -2.4],
	[3, 2.4]
];

/** A long name on two lines, split where it is most even. */
export function twoLines(name: string, from = 11): string[] {
	if (name.length < from) return [name];
	const breaks = [...name.matchAll(/[- –]/g)].map(({ index, 0: mark }) => (mark === ' ' ? index : index + 1));
	if (breaks.length === 0) return [name];
	const best = breaks.reduce((a, b) => (Math.abs(b - name.length / 2) < Math.abs(a - name.length / 2) ? b : a));
	return [name.slice(0, best), name.slice(best).trimStart()];
}

function word(rows: readonly string[], [x, y]: Point, look: Look, turn?: number): string {
	const top = y - ((rows.length - 1) * look.size * 1.1) / 2 + look.size * 0.35;
	const content =
		rows.length === 1
			? escapeXml(rows[0]!)
			: rows.map((row, i) => element('tspan', { x, dy: i ? look.size * 1.1 : undefined }, escapeXml(row))).join('');
	return element(
		'text',
		{
			x,
			y: top,
			transform: turn === undefined ? undefined : `rotate(${short(turn)} ${short(x)} ${short(y)})`,
			'font-size': look.size,
			'font-weight': look.weight,
			'font-style': look.italic ? 'italic' : undefined,
			'letter-spacing': look.spacing,
			fill: look.fill,
			stroke: look.halo
		},
		content
	);
}

/** A word at or near a position, or nothing if there is no room. */
function place(rows: readonly string[], at: Point, look: Look, room: Room, nudges: readonly Point[] = NUDGES): string {
	const width = Math.max(...rows.map((row) => textWidth(row, look.size, look.spacing))) + 4;
	const height = rows.length * look.size * 1.1 + 3;
	for (const [dx, dy] of nudges) {
		const centre: Point = [at[0] + dx * look.size, at[1] + dy * look.size];
		if (room.claim([around(centre, width, height)])) return word(rows, centre, look);
	}
	return '';
}

/** Where to name a shape: its own place if that is in sight, else the middle of what is; null if that is too little. */
function namePlace(shape: Shape, at: LngLat | undefined, frame: Frame, least: Point): Point | null {
	const seen = clipRing(projectAll(shape.points, frame), pictureRect(frame, 0));
	const xs = seen.map(([x]) => x);
	const ys = seen.map(([, y]) => y);
	const [left, right] = [Math.min(...xs), Math.max(...xs)];
	const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
	if (!(right - left >= least[0] && bottom - top >= least[1])) return null;
	const own = at && frame.project(at);
	if (own && own[0] > left + 20 && own[0] < right - 20 && own[1] > top + 10 && own[1] < bottom - 10) return own;
	return [(left + right) / 2, (top + bottom) / 2];
}

function areaNames(frame: Frame, scheme: MapScheme, room: Room, area: Area | undefined): string {
	const colours = mapColours[scheme];
	const size = Math.min(14, Math.max(10, 10 + (frame.zoom - 10.5) * 1.1));
	const look: Look = { size, weight: 600, fill: colours.label, halo: colours.land };
	const named = sketch().neighbourhoods.map((shape) => {
		const rows = twoLines(shape.name);
		const width = Math.max(...rows.map((row) => textWidth(row, size)));
		const own = shape === area;
		const at = namePlace(shape, shape.at, frame, own ? [20, 10] : [width * 0.75, rows.length * size]);
		return { rows, at, own };
	});
	// The map's own neighbourhood first.
	return named
		.sort((a, b) => Number(b.own) - Number(a.own))
		.map(({ rows, at, own }) =>
			at ? place(rows, at, own ? { ...look, size: size + 1, weight: 700, fill: colours.area } : look, room) : ''
		)
		.join('');
}

function parkNames(frame: Frame, scheme: MapScheme, room: Room): string {
	const colours = mapColours[scheme];
	const look: Look = { size: 10, italic: true, fill: colours.parkLabel, halo: colours.park };
	return sketch()
		.parks.filter((park) => park.hectares > 3)
		.map((park) => {
			const wild = park.hectares > 2000;
			const rows = twoLines(
				wild ? park.name : park.name.replace(/ Park$/, (ending) => (park.name.length > 24 ? '' : ending))
			);
			const width = Math.max(...rows.map((row) => textWidth(row, look.size)));
			const at = namePlace(park, undefined, frame, [width * 0.8, rows.length * 11]);
			return at ? place(rows, at, wild ? { ...look, halo: colours.wood } : look, room, NUDGES.slice(0, 5)) : '';
		})
		.join('');
}

function streetNames(frame: Frame, scheme: MapScheme, room: Room): string {
	const colours = mapColours[scheme];
	if (frame.zoom < 10.4) return '';
	// Light streets are brighter than the land, dark ones too: a dark word wants the brighter halo, a light one the darker.
	const halo = scheme === 'dark' ? colours.land : colours.street;
	return sketch()
		.streets.filter((street) => !street.beyond)
		.map((street) => {
			const width = streetWidth(streetRank(street.kilometres), frame.zoom);
			const look: Look = { size: Math.min(11, Math.max(9, width + 3)), fill: colours.label, halo };
			const length = textWidth(street.name, look.size) + 6;
			// The straight pieces in sight, longest first; along each, the middle and then either side of it.
			const pieces = clipLine(projectAll(street.points, frame), pictureRect(frame, -6))
				.flatMap((part) => part.slice(1).map((to, i) => [part[i]!, to] as const))
				.map(([a, b]) => ({ a, b, long: Math.hypot(b[0] - a[0], b[1] - a[1]) }))
				.filter(({ long }) => long > length * 1.3)
				.sort((a, b) => b.long - a.long);
			for (const { a, b } of pieces.slice(0, 3)) {
				for (const t of [0.5, 0.3, 0.7, 0.2, 0.8]) {
					const at: Point = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
					let angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
					if (angle > Math.PI / 2) angle -= Math.PI;
					if (angle <= -Math.PI / 2) angle += Math.PI;
					if (room.claim(alongLine(at, angle, length, look.size + 3))) {
						return word([street.name], at, look, (angle * 180) / Math.PI);
					}
				}
			}
			return '';
		})
		.join('');
}

function regionNames(frame: Frame, scheme: MapScheme, room: Room, kind: 'water' | 'town'): string {
	const colours = mapColours[scheme];
	const look: Look =
		kind === 'water'
			? { size: 11, italic: true, spacing: 0.4, fill: colours.waterLabel, halo: colours.water }
			: { size: 11.5, spacing: 0.5, fill: colours.label, halo: colours.beyond };
	return (
		sketch()
			.names.filter((name) => name.kind === kind && (name.rank < 4 || frame.zoom > 11))
			.sort((a, b) => a.rank - b.rank)
			// From afar, one "Burrard Inlet" is enough.
			.filter((name, i, all) => frame.zoom > 9.8 || all.findIndex((other) => other.name === name.name) === i)
			.map((name) => {
				const size = name.rank > 2 ? look.size - 1 : look.size;
				const reach = kind === 'water' ? NUDGES : NUDGES.slice(0, 9);
				return place(twoLines(name.name, 14), frame.project(name.at), { ...look, size }, room, reach);
			})
			.join('')
	);
}

function stationNames(frame: Frame, scheme: MapScheme, room: Room): string {
	const colours = mapColours[scheme];
	if (frame.zoom < 12.2) return '';
	const look: Look = { size: 10, weight: 600, fill: colours.label, halo: colours.halo };
	return sketch()
		.stations.map((station) => {
			const half = textWidth(station.name, look.size) / 2 + 9;
			const at = frame.project(station.at);
			const beside: Point[] = [
				[half / look.size, 0],
				[-half / look.size, 0],
				[0, -1.3],
				[0, 1.3]
			];
			return place([station.name], at, look, room, beside);
		})
		.join('');
}

/** All the words there is room for. Pins and the legend must have taken their room before. */
export function drawWords(frame: Frame, scheme: MapScheme, room: Room, area: Area | undefined): string {
	return element(
		'g',
		{ 'text-anchor': 'middle', 'paint-order': 'stroke', 'stroke-width': 3, 'stroke-linejoin': 'round' },
		[
			areaNames(frame, scheme, room, area),
			regionNames(frame, scheme, room, 'water'),
			stationNames(frame, scheme, room),
			parkNames(frame, scheme, room),
			streetNames(frame, scheme, room),
			regionNames(frame, scheme, room, 'town')
		].join('')
	);
}
