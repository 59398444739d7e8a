/** The ground of the still map: water, land, parks, streets, rail. */
import { clipLine, clipRing, simplify, type Rect } from '../clip.ts';
import { mapColours, type MapColours, type MapScheme } from '../colours.ts';
import { overlap, SKETCHED, type Frame, type LngLat } from '../geo.ts';
import { sketch, type Area, type Shape } from '../sketch/sketch.ts';
import { element, pathData } from './svg.ts';

/** Further out than any line is thick, so that no cut edge shows. */
const MARGIN = 12;

/** Pixels that nobody misses. */
const TOLERANCE = 0.55;

const inSight = (shape: Shape, frame: Frame) => overlap(shape.bounds, frame.bounds);

/** What of the picture is kept of a line or ring: all of it and a margin. */
export const pictureRect = (frame: Frame, margin = MARGIN): Rect => [
	-margin,
	-margin,
	frame.width + margin,
	frame.height + margin
];

export const projectAll = (points: readonly LngLat[], frame: Frame) => points.map((point) => frame.project(point));

const ringPath = (shape: Shape, frame: Frame) =>
	pathData(simplify(clipRing(projectAll(shape.points, frame), pictureRect(frame)), TOLERANCE), true);

const linePath = (shape: Shape, frame: Frame) =>
	clipLine(projectAll(shape.points, frame), pictureRect(frame))
		.map((part) => pathData(simplify(part, TOLERANCE)))
		.join('');

const rings = (shapes: readonly Shape[], frame: Frame) =>
	shapes
		.filter((shape) => inSight(shape, frame))
		.map((shape) => ringPath(shape, frame))
		.join('');

const lines = (shapes: readonly Shape[], frame: Frame) =>
	shapes
		.filter((shape) => inSight(shape, frame))
		.map((shape) => linePath(shape, frame))
		.join('');

const path = (d: string, attributes: Record<string, string | number | undefined>) =>
	d === '' ? '' : element('path', { d, ...attributes });

/** A street's rank by its length in the city: 6 a main one, 3, or 1. */
export const streetRank = (kilometres: number) => (kilometres >= 5 ? 6 : kilometres >= 2.5 ? 3 : 1);

/** How wide a street is drawn, in pixels: long streets wider, all of them wider as one comes closer. */
export function streetWidth(rank: number, zoom: number): number {
	return { 6: 1, 3: 0.8, 1: 0.6 }[rank]! * Math.min(9, Math.max(1.1, 1.5 * 2 ** ((zoom - 11) * 0.55)));
}

const roundLine = { fill: 'none', 'stroke-linejoin': 'round', 'stroke-linecap': 'round' };

function drawStreets(frame: Frame, colours: MapColours): string {
	const layers = [true, false].flatMap((beyond) =>
		[1, 3, 6].map((rank) => ({
			d: lines(
				sketch().streets.filter((street) => street.beyond === beyond && streetRank(street.kilometres) === rank),
				frame
			),
			width: streetWidth(rank, frame.zoom),
			beyond
		}))
	);
	// Every line once, drawn twice: its edges, then its surface.
	const shown = layers.map((layer, i) => ({ ...layer, id: `s${i}` })).filter(({ d }) => d !== '');
	const defs = shown.map(({ d, id }) => element('path', { id, d }));
	const strokes = ([wider, stroke]: readonly [number, string]) =>
		shown.map(({ id, width, beyond }) =>
			element('use', {
				href: `#${id}`,
				stroke,
				'stroke-width': width + wider,
				'stroke-opacity': beyond ? '.7' : undefined
			})
		);
	const both = (
		[
			[1.2, colours.streetEdge],
			[0, colours.street]
		] as const
	).flatMap(strokes);
	return element('defs', {}, defs.join('')) + element('g', { ...roundLine }, both.join(''));
}

function drawRail(frame: Frame, colours: MapColours): string {
	const { rail, ferries, stations } = sketch();
	const width = Math.min(3.6, Math.max(1.1, 2 + (frame.zoom - 11) * 0.5));
	const track = lines(rail, frame);
	const dots = (frame.zoom < 9.8 ? [] : stations)
		.map((station) => frame.project(station.at))
		.filter(([x, y]) => x > -8 && y > -8 && x < frame.width + 8 && y < frame.height + 8)
		.map((at) => pathData([at, [at[0] + 0.1, at[1]]]))
		.join('');
	return element(
		'g',
		{ ...roundLine },
		path(lines(ferries, frame), { stroke: colours.rail, 'stroke-width': 1.2, 'stroke-dasharray': '1 4' }) +
			path(track, { stroke: colours.halo, 'stroke-width': width + 1.6 }) +
			path(track, { stroke: colours.rail, 'stroke-width': width }) +
			path(dots, { stroke: colours.rail, 'stroke-width': width + 4 }) +
			path(dots, { stroke: colours.halo, 'stroke-width': width + 0.6 })
	);
}

/** The outline of the neighbourhood that the map is about: along its bounds on land, along the shore elsewhere. */
function drawArea(d: string, colours: MapColours): string {
	const line = { fill: 'none', stroke: colours.area, 'stroke-width': 2.2, 'stroke-linejoin': 'round' };
	return (
		element('clipPath', { id: 'inside' }, path(d, {})) +
		path(d, { ...line, 'clip-path': 'url(#ashore)' }) +
		element('g', { 'clip-path': 'url(#inside)' }, element('use', { href: '#city', ...line }))
	);
}

/** Everything under the words and pins. */
export function drawGround(frame: Frame, scheme: MapScheme, area: Area | undefined): string {
	const colours = mapColours[scheme];
	const { land, parks, neighbourhoods } = sketch();
	const [west, south, east, north] = SKETCHED;
	const sea: Shape = {
		name: 'sea',
		bounds: SKETCHED,
		points: [
			[west, north],
			[east, north],
			[east, south],
			[west, south]
		]
	};
	const kind = (wanted: (typeof land)[number]['kind']) => land.filter((shape) => shape.kind === wanted);
	const shore = { stroke: colours.shore, 'stroke-width': 1, 'stroke-linejoin': 'round' };
	// A park is worth its bytes from about four pixels on a side.
	const smallest = 16 * (78271.5 / 2 ** frame.zoom) ** 2 * 0.426 * 1e-4;
	const [woods, greens] = [true, false].map((wild) =>
		parks.filter((park) => park.hectares > smallest && park.hectares > 2000 === wild)
	);
	const own = area ? rings([area], frame) : '';
	return [
		element('rect', { width: frame.width, height: frame.height, fill: colours.beyond }),
		path(rings([sea], frame), { fill: colours.water }),
		path(rings(kind('beyond'), frame), { fill: colours.beyond, ...shore }),
		path(rings(woods!, frame), { fill: colours.wood }),
		element('defs', {}, element('path', { id: 'city', d: rings(kind('city'), frame) })),
		// Neighbourhoods' outlines run a little out to sea.
		element('clipPath', { id: 'ashore' }, element('use', { href: '#city' })),
		element('use', { href: '#city', fill: area ? colours.aside : colours.land, ...shore }),
		path(own, { fill: colours.land, 'clip-path': 'url(#ashore)' }),
		path(rings(greens!, frame), { fill: colours.park }),
		path(rings(kind('lake'), frame), { fill: colours.water }),
		path(rings(neighbourhoods, frame), {
			fill: 'none',
			stroke: colours.boundary,
			'stroke-width': 0.8,
			'stroke-dasharray': '2 3',
			'clip-path': 'url(#ashore)'
		}),
		drawStreets(frame, colours),
		drawRail(frame, colours),
		own === '' ? '' : drawArea(own, colours)
	].join('');
}
