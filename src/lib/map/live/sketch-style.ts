/** The sketch as MapLibre sources and layers. */
import type { Feature, Position } from 'geojson';
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { mapColours } from '../colours';
import { isInside, SKETCHED, type LngLat } from '../geo';
import { sketch, type Land, type Name, type Shape } from '../sketch/sketch';
import type { Scheme } from '../../ui/palette';
import { FONT } from './text';

const positions = (shape: Shape): Position[] => shape.points.map(([lng, lat]) => [lng, lat]);

function polygon(shape: Shape, properties: Record<string, unknown>): Feature {
	const ring = positions(shape);
	return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]!]] } };
}

const line = (shape: Shape, properties: Record<string, unknown>): Feature => ({
	type: 'Feature',
	properties: { name: shape.name, ...properties },
	geometry: { type: 'LineString', coordinates: positions(shape) }
});

const point = (name: Name, properties: Record<string, unknown>): Feature => ({
	type: 'Feature',
	properties: { name: name.name, ...properties },
	geometry: { type: 'Point', coordinates: [...name.at] }
});

const collection = (features: Feature[], attribution?: string): SourceSpecification => ({
	type: 'geojson',
	data: { type: 'FeatureCollection', features },
	tolerance: 0.2,
	...(attribution && { attribution })
});

/** Beyond the sketch the ground is the quiet tone of land that is not the subject, as on the still map. */
function sea(): Feature {
	const [w, s, e, n] = SKETCHED;
	const points = [
		[w, s],
		[e, s],
		[e, n],
		[w, n]
	] as const;
	return polygon({ name: 'sea', points, bounds: SKETCHED }, { kind: 'sea' });
}

/** An outline's parts on land: neighbourhoods' outlines run a little out to sea. */
function ashore(area: Shape, land: readonly Land[]): LngLat[][] {
	const city = land.find(({ kind }) => kind === 'city')!.points;
	const parts: LngLat[][] = [];
	let part: LngLat[] = [];
	for (const [i, from] of area.points.entries()) {
		const to = area.points[(i + 1) % area.points.length]!;
		const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 0.001));
		const along = (t: number): LngLat => [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
		for (let step = 0; step < steps; step++) {
			if (!isInside(along((step + 0.5) / steps), city)) part = [];
			else {
				if (part.length === 0) parts.push((part = [along(step / steps)]));
				part.push(along((step + 1) / steps));
			}
		}
	}
	return parts;
}

export function sketchSources(attribution: string): Record<string, SourceSpecification> {
	const { land, parks, streets, rail, ferries, stations, neighbourhoods, names } = sketch();
	return {
		ground: collection([sea(), ...land.map((shape) => polygon(shape, { kind: shape.kind }))], attribution),
		parks: collection(parks.map((park) => polygon(park, { wild: park.hectares > 2000 }))),
		// One label for each, at its middle: polygons would be named once in every tile.
		parkNames: collection(
			parks.map((park) => {
				const [w, s, e, n] = park.bounds;
				return point({ name: park.name, at: [(w + e) / 2, (s + n) / 2] }, { hectares: park.hectares });
			})
		),
		streets: collection(streets.map(({ kilometres, beyond, ...street }) => line(street, { kilometres, beyond }))),
		rail: collection([
			...rail.map((track) => line(track, {})),
			...ferries.map((ferry) => line(ferry, { ferry: true }))
		]),
		stations: collection(stations.map((station) => point(station, {}))),
		outlines: collection(
			neighbourhoods.flatMap((area) => ashore(area, land).map((points) => line({ ...area, points }, {})))
		),
		names: collection([
			...neighbourhoods.map((area) => point(area, { kind: 'neighbourhood', rank: 0 })),
			...names.map((name) => point(name, { kind: name.kind, rank: name.rank }))
		])
	};
}

const kindIs = (kind: string): ExpressionSpecification => ['==', ['get', 'kind'], kind];

/** Grows with the zoom as the still map's streets do. */
const width = (extra: number): ExpressionSpecification => {
	const rank: ExpressionSpecification = ['step', ['get', 'kilometres'], 0.6, 2.5, 0.8, 5, 1];
	return [
		'interpolate',
		['exponential', 1.5],
		['zoom'],
		9,
		['+', extra, ['*', 0.9, rank]],
		12,
		['+', extra, ['*', 3, rank]],
		16,
		['+', extra * 1.5, ['*', 13, rank]]
	];
};

export function sketchLayers(scheme: Scheme): LayerSpecification[] {
	const colours = mapColours[scheme];
	const halo = (colour: string) => ({ 'text-halo-color': colour, 'text-halo-width': 1.6 });
	const rounded = { 'line-cap': 'round', 'line-join': 'round' } as const;
	const faint: ExpressionSpecification = ['case', ['get', 'beyond'], 0.7, 1];
	return [
		{ id: 'background', type: 'background', paint: { 'background-color': colours.beyond } },
		{ id: 'sea', type: 'fill', source: 'ground', filter: kindIs('sea'), paint: { 'fill-color': colours.water } },
		{ id: 'beyond', type: 'fill', source: 'ground', filter: kindIs('beyond'), paint: { 'fill-color': colours.beyond } },
		{ id: 'woods', type: 'fill', source: 'parks', filter: ['get', 'wild'], paint: { 'fill-color': colours.wood } },
		{ id: 'city', type: 'fill', source: 'ground', filter: kindIs('city'), paint: { 'fill-color': colours.land } },
		{
			id: 'shore',
			type: 'line',
			source: 'ground',
			filter: ['in', ['get', 'kind'], ['literal', ['beyond', 'city']]],
			paint: { 'line-color': colours.shore, 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.6, 14, 1.6] }
		},
		// The city's eastern edge is no shore: its own ground lies over that line.
		{
			id: 'parks',
			type: 'fill',
			source: 'parks',
			filter: ['!', ['get', 'wild']],
			paint: { 'fill-color': colours.park }
		},
		{ id: 'lakes', type: 'fill', source: 'ground', filter: kindIs('lake'), paint: { 'fill-color': colours.water } },
		{
			id: 'outlines',
			type: 'line',
			source: 'outlines',
			paint: { 'line-color': colours.boundary, 'line-dasharray': [2, 3], 'line-opacity': 0.8 }
		},
		{
			id: 'street-edges',
			type: 'line',
			source: 'streets',
			layout: rounded,
			paint: { 'line-color': colours.streetEdge, 'line-width': width(1.4), 'line-opacity': faint }
		},
		{
			id: 'streets',
			type: 'line',
			source: 'streets',
			layout: rounded,
			paint: { 'line-color': colours.street, 'line-width': width(0), 'line-opacity': faint }
		},
		{
			id: 'ferries',
			type: 'line',
			source: 'rail',
			filter: ['has', 'ferry'],
			paint: { 'line-color': colours.rail, 'line-width': 1.4, 'line-dasharray': [1, 3] }
		},
		{
			id: 'rail-edges',
			type: 'line',
			source: 'rail',
			filter: ['!', ['has', 'ferry']],
			layout: rounded,
			paint: { 'line-color': colours.halo, 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 2, 14, 6.5] }
		},
		{
			id: 'rail',
			type: 'line',
			source: 'rail',
			filter: ['!', ['has', 'ferry']],
			layout: rounded,
			paint: { 'line-color': colours.rail, 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 1.2, 14, 4] }
		},
		{
			id: 'stations',
			type: 'circle',
			source: 'stations',
			minzoom: 9.8,
			paint: {
				'circle-color': colours.halo,
				'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 1.6, 14, 4.5],
				'circle-stroke-color': colours.rail,
				'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 10, 1.2, 14, 2.4]
			}
		},
		{
			id: 'street-names',
			type: 'symbol',
			source: 'streets',
			minzoom: 11,
			filter: ['!', ['get', 'beyond']],
			layout: {
				'text-field': ['get', 'name'],
				'text-font': FONT,
				'text-size': ['interpolate', ['linear'], ['zoom'], 11, 10, 15, 13],
				'symbol-placement': 'line',
				'symbol-spacing': 420,
				'text-max-angle': 20
			},
			paint: { 'text-color': colours.label, ...halo(scheme === 'dark' ? colours.land : colours.street) }
		},
		{
			id: 'park-names',
			type: 'symbol',
			source: 'parkNames',
			// A small park is named once it is large enough on screen.
			filter: ['>', ['*', ['get', 'hectares'], ['^', 4, ['-', ['zoom'], 12]]], 18],
			layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 11, 'text-max-width': 7 },
			paint: { 'text-color': colours.parkLabel, ...halo(colours.park) }
		},
		{
			id: 'station-names',
			type: 'symbol',
			source: 'stations',
			minzoom: 12.2,
			layout: {
				'text-field': ['get', 'name'],
				'text-font': FONT,
				'text-size': 11.5,
				'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
				'text-radial-offset': 0.8,
				'text-justify': 'auto'
			},
			paint: { 'text-color': colours.label, ...halo(colours.halo) }
		},
		{
			id: 'water-names',
			type: 'symbol',
			source: 'names',
			filter: ['all', kindIs('water'), ['any', ['<', ['get', 'rank'], 4], ['>', ['zoom'], 11]]],
			layout: {
				'text-field': ['get', 'name'],
				'text-font': FONT,
				'text-size': 12,
				'text-letter-spacing': 0.06,
				'text-max-width': 7
			},
			paint: { 'text-color': colours.waterLabel, ...halo(colours.water) }
		},
		{
			id: 'town-names',
			type: 'symbol',
			source: 'names',
			filter: ['all', kindIs('town'), ['any', ['<', ['get', 'rank'], 3], ['>', ['zoom'], 9.8]]],
			layout: {
				'text-field': ['get', 'name'],
				'text-font': FONT,
				'text-size': 13,
				'text-letter-spacing': 0.04,
				'text-max-width': 7,
				'symbol-sort-key': ['get', 'rank']
			},
			paint: { 'text-color': colours.label, ...halo(colours.beyond) }
		},
		{
			id: 'neighbourhood-names',
			type: 'symbol',
			source: 'names',
			minzoom: 9.8,
			filter: kindIs('neighbourhood'),
			layout: {
				'text-field': ['get', 'name'],
				'text-font': FONT,
				'text-size': ['interpolate', ['linear'], ['zoom'], 10, 11, 14, 16],
				'text-max-width': 6,
				'text-line-height': 1.1
			},
			paint: { 'text-color': colours.label, ...halo(colours.land) }
		}
	];
}
