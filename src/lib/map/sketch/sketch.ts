/**
 * The sketch: the city as a few hundred lines, the one source of the still map and of the live map without a basemap.
 * See README.md beside this file for where each line comes from. Load it on the server or with the map chunk only.
 */
import { boundsOf, type Bounds, type LngLat } from '../geo.ts';
import landData from './land.json' with { type: 'json' };
import nameData from './names.json' with { type: 'json' };
import neighbourhoodData from './neighbourhoods.json' with { type: 'json' };
import parkData from './parks.json' with { type: 'json' };
import railData from './rail.json' with { type: 'json' };
import streetData from './streets.json' with { type: 'json' };

/** A line or a ring (not closed: the first point is not repeated). */
export interface Shape {
	name: string;
	points: readonly LngLat[];
	bounds: Bounds;
}

export interface Land extends Shape {
	/** The city itself, what lies around it, or a lake in either. */
	kind: 'city' | 'beyond' | 'lake';
}

export interface Park extends Shape {
	hectares: number;
}

export interface Street extends Shape {
	kilometres: number;
	/** Outside the city, drawn fainter and without its name. */
	beyond: boolean;
}

export interface Area extends Shape {
	slug: string;
	/** Where its name is written. */
	at: LngLat;
}

export interface Name {
	name: string;
	at: LngLat;
}

export interface RegionName extends Name {
	kind: 'water' | 'town';
	/** 1 is written first, 4 only where there is much room. */
	rank: number;
}

export interface Sketch {
	land: readonly Land[];
	parks: readonly Park[];
	streets: readonly Street[];
	rail: readonly Shape[];
	ferries: readonly Shape[];
	stations: readonly Name[];
	neighbourhoods: readonly Area[];
	names: readonly RegionName[];
}

/**
 * Reads `lat,lng` pairs in ten-thousandths of a degree, each after the first as the difference from the one before:
 * `492564,-1232665 13,7` is 49.2564,-123.2665 and 49.2577,-123.2658.
 */
export function decodeLine(line: string): LngLat[] {
	let [lat, lng] = [0, 0];
	return line.split(' ').map((pair) => {
		const [dLat, dLng] = pair.split(',').map(Number);
		if (!Number.isInteger(dLat) || !Number.isInteger(dLng)) throw new Error(`Not a pair of whole numbers: ${pair}`);
		lat += dLat!;
		lng += dLng!;
		return [lng / 1e4, lat / 1e4];
	});
}

function shape<T extends { name: string; line: string }>({ line, ...rest }: T): Omit<T, 'line'> & Shape {
	const points = decodeLine(line);
	return { ...rest, points, bounds: boundsOf(points)! };
}

const at = (line: string): LngLat => decodeLine(line)[0]!;

let decoded: Sketch | undefined;

/** The whole sketch, decoded once. Parks are largest first. */
export function sketch(): Sketch {
	decoded ??= {
		land: landData.map((land) => shape(land as typeof land & { kind: Land['kind'] })),
		parks: parkData.map(({ ha, ...park }) => ({ ...shape(park), hectares: ha })),
		streets: streetData.map(({ km, beyond = false, ...street }) => ({ ...shape(street), kilometres: km, beyond })),
		rail: railData.lines.map(shape),
		ferries: railData.ferries.map(shape),
		stations: railData.stations.map((station) => ({ name: station.name, at: at(station.at) })),
		neighbourhoods: neighbourhoodData.map((area) => ({ ...shape(area), at: at(area.at) })),
		names: nameData.map((name) => ({ ...name, kind: name.kind as RegionName['kind'], at: at(name.at) }))
	};
	return decoded;
}

/** A neighbourhood by its slug. */
export const areaBySlug = (slug: string | undefined): Area | undefined =>
	slug === undefined ? undefined : sketch().neighbourhoods.find((area) => area.slug === slug);
