/**
 * The still map: the sketch and some numbered pins as one small SVG. It stands wherever there is no JavaScript, and
 * before and instead of the live map. Pure: the same options give the same text.
 */
import { mapColours, type MapScheme } from './colours.ts';
import { boundsOf, CITY, fit, tidyBounds, type Bounds, type Frame, type LngLat } from './geo.ts';
import { areaBySlug, type Area } from './sketch/sketch.ts';
import { drawMarker } from './still/draw-pins.ts';
import { drawGround } from './still/ground.ts';
import { placePins, type Marker } from './still/pins.ts';
import { around, Room } from './still/room.ts';
import { element, escapeXml, textWidth } from './still/svg.ts';
import { drawWords } from './still/words.ts';

export interface StillPin {
	/** As in the list beside the map. */
	number: number;
	lat: number;
	lng: number;
	/** A top category's slug, for the colour. */
	category?: string;
}

export interface StillMapOptions {
	/** CSS pixels. */
	width: number;
	height: number;
	/** What to show. Without it: all the pins, else the neighbourhood, else the city. */
	bounds?: readonly number[];
	pins?: readonly StillPin[];
	scheme?: MapScheme;
	/** What the picture is, for somebody who hears it. */
	title: string;
	description?: string;
	/** The slug of a neighbourhood to bring forward. */
	area?: string;
	/** Whose facts these are, in a corner. */
	credit?: string;
}

/** The closest a map of pins comes, so that streets to go by are in sight; and one whose bounds were asked for. */
const CLOSEST_TO_PINS = 13;
const CLOSEST = 15.5;
const FURTHEST = 9.2;
/** Degrees of longitude from which a box is no place but the whole world or a slip: then the map shows its pins. */
const TOO_WIDE = 3;
/** Places in sight of the world beyond which the sketch says nothing useful. */
const SMALLEST = 40;

const CREDIT = '© City of Vancouver open data, sketch';

function frameOf(
	options: StillMapOptions,
	width: number,
	height: number,
	pins: readonly LngLat[],
	area: Area | undefined
) {
	const asked = options.bounds && tidyBounds(options.bounds);
	const limits = { width, height, minZoom: FURTHEST, maxZoom: CLOSEST };
	if (asked && asked[2] - asked[0] < TOO_WIDE) return fit(asked, { ...limits, padding: { x: 6, top: 6, bottom: 6 } });
	const subject: Bounds = boundsOf([...pins, ...(area?.points ?? [])]) ?? CITY;
	const air = Math.min(width, height) * 0.1;
	// Heads stand above their places, the legend below them.
	const padding = pins.length ? { x: 14 + air, top: 30 + air, bottom: 16 + air } : { x: 12, top: 12, bottom: 20 };
	return fit(subject, { ...limits, maxZoom: area ? 14 : CLOSEST_TO_PINS, padding });
}

/** A length that people can walk, drawn to scale: at most a quarter of the picture. */
function scaleBar(frame: Frame, scheme: MapScheme, room: Room): string {
	const [, south, , north] = frame.bounds;
	const metresPerPixel = (Math.cos((((south + north) / 2) * Math.PI) / 180) * 40_075_016.7) / (512 * 2 ** frame.zoom);
	const metres = [10_000, 5000, 2000, 1000, 500, 200].find((m) => m / metresPerPixel < Math.min(130, frame.width / 4));
	if (metres === undefined || frame.width < 200) return '';
	const length = metres / metresPerPixel;
	const label = metres < 1000 ? `${metres} m` : `${metres / 1000} km`;
	const colours = mapColours[scheme];
	const y = frame.height - 9;
	room.take([0, y - 16, Math.max(length, textWidth(label, 10)) + 16, frame.height]);
	return (
		element('path', {
			d: `M8 ${y - 4}v4h${Math.round(length)}v-4`,
			fill: 'none',
			stroke: colours.halo,
			'stroke-width': 3.5
		}) +
		element('path', {
			d: `M8 ${y - 4}v4h${Math.round(length)}v-4`,
			fill: 'none',
			stroke: colours.label,
			'stroke-width': 1.2
		}) +
		element(
			'text',
			{
				x: 12,
				y: y - 4,
				'font-size': 10,
				fill: colours.label,
				stroke: colours.halo,
				'stroke-width': 2.5,
				'paint-order': 'stroke'
			},
			label
		)
	);
}

function creditLine(text: string, frame: Frame, scheme: MapScheme, room: Room): string {
	const colours = mapColours[scheme];
	const size = 9;
	const width = textWidth(text, size) + 6;
	if (text === '' || width > frame.width) return '';
	room.take([frame.width - width, frame.height - 15, frame.width, frame.height]);
	return element(
		'text',
		{
			x: frame.width - 5,
			y: frame.height - 5,
			'font-size': size,
			'text-anchor': 'end',
			fill: colours.label,
			stroke: colours.halo,
			'stroke-width': 2.5,
			'paint-order': 'stroke'
		},
		escapeXml(text)
	);
}

/** The room a marker needs: its head, and its tips with the way to them. */
const markerRects = ({ head, width, height, tips }: Marker) => [
	around(head, width + 4, height + 4),
	...tips.flatMap((tip) => [around(tip, 8, 8), around([(tip[0] + head[0]) / 2, (tip[1] + head[1]) / 2], 8, 8)])
];

/**
 * Draws the map as an SVG document. Pins out of sight are left out; numbers that are not finite are ignored; any
 * bounds give some picture. About 8 KiB gzipped for the city, at most 12 whatever it shows.
 */
export function drawStillMap(options: StillMapOptions): string {
	const [width, height] = [options.width, options.height].map((pixels) =>
		Math.round(Math.min(4000, Math.max(SMALLEST, Number.isFinite(pixels) ? pixels : 640)))
	) as [number, number];
	const scheme = options.scheme ?? 'light';
	const area = areaBySlug(options.area);
	const positioned = (options.pins ?? []).filter(
		({ lat, lng }) => Number.isFinite(lat) && Number.isFinite(lng) && Math.abs(lat) <= 90 && Math.abs(lng) <= 180
	);
	const frame = frameOf(
		options,
		width,
		height,
		positioned.map(({ lat, lng }) => [lng, lat] as const),
		area
	);
	const size = width < 480 ? 21 : 24;
	const layout = { width, height, size, fontSize: size / 2 + 1 };
	const markers = placePins(
		positioned
			.map((pin) => ({ number: pin.number, category: pin.category, at: frame.project([pin.lng, pin.lat]) }))
			.filter(({ at: [x, y] }) => x >= 0 && y >= 0 && x <= width && y <= height),
		layout
	);
	const room = new Room(width, height);
	for (const marker of markers) room.take(...markerRects(marker));
	const legend = scaleBar(frame, scheme, room) + creditLine(options.credit ?? CREDIT, frame, scheme, room);
	// Southern heads last, so that a drop lies over the one behind it.
	const heads = markers
		.toSorted((a, b) => a.head[1] - b.head[1])
		.map((marker) => drawMarker(marker, scheme, layout.fontSize));
	return element(
		'svg',
		{
			xmlns: 'http://www.w3.org/2000/svg',
			width,
			height,
			viewBox: `0 0 ${width} ${height}`,
			role: 'img',
			'aria-labelledby': options.description ? 't d' : 't',
			'font-family': 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'
		},
		element('title', { id: 't' }, escapeXml(options.title)) +
			(options.description ? element('desc', { id: 'd' }, escapeXml(options.description)) : '') +
			drawGround(frame, scheme, area) +
			drawWords(frame, scheme, room, area) +
			legend +
			heads.join('')
	);
}
