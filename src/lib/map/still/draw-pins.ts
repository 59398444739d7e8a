/** Drawing the pins: a drop whose tip stays on the place; further off, or for several places, a hair to each place. */
import { mapColours, pinColour, type MapScheme } from '../colours.ts';
import type { Point } from '../geo.ts';
import type { Marker } from './pins.ts';
import { element, escapeXml, short } from './svg.ts';

const pair = ([x, y]: Point) => `${short(x)} ${short(y)}`;

/** A circle drawn out to a tip. */
function drop(head: Point, radius: number, tip: Point): string {
	const angle = Math.atan2(tip[1] - head[1], tip[0] - head[0]);
	const length = Math.hypot(tip[0] - head[0], tip[1] - head[1]);
	const spread = Math.min(0.95, Math.acos(Math.min(1, radius / Math.max(length, radius + 1))) * 0.9);
	const on = (turn: number): Point => [
		head[0] + Math.cos(angle + turn) * radius,
		head[1] + Math.sin(angle + turn) * radius
	];
	return `M${pair(tip)}L${pair(on(spread))}A${short(radius)} ${short(radius)} 0 1 1 ${pair(on(-spread))}Z`;
}

export function drawMarker(marker: Marker, scheme: MapScheme, fontSize: number): string {
	const colours = mapColours[scheme];
	const fill = pinColour(marker.category, scheme);
	const outline = { stroke: colours.halo, 'stroke-width': 1.5, 'stroke-linejoin': 'round' };
	const { head, width, height } = marker;
	const reach = Math.hypot(marker.tips[0]![0] - head[0], marker.tips[0]![1] - head[1]);
	const single = marker.tips.length === 1 && width === height && reach < height * 1.3;
	const hairs = single
		? ''
		: marker.tips
				.map((tip) => {
					const d = `M${pair(tip)}L${pair(head)}`;
					return (
						element('path', { d, stroke: colours.halo, 'stroke-width': 3 }) +
						element('path', { d, stroke: fill, 'stroke-width': 1.5 })
					);
				})
				.join('');
	const dots = single
		? ''
		: element('path', {
				d: marker.tips.map((tip) => `M${pair(tip)}h0`).join(''),
				stroke: fill,
				'stroke-width': 5,
				'stroke-linecap': 'round'
			});
	const body = single
		? element('path', { d: drop(head, height / 2, marker.tips[0]!), fill, ...outline })
		: element('rect', {
				x: head[0] - width / 2,
				y: head[1] - height / 2,
				width,
				height,
				rx: height / 2,
				fill,
				...outline
			});
	const text = element(
		'text',
		{
			x: head[0],
			y: head[1] + fontSize * 0.36,
			fill: colours.pinText,
			'font-size': fontSize,
			'font-weight': 700,
			'text-anchor': 'middle'
		},
		escapeXml(marker.label)
	);
	return hairs + dots + body + text;
}
