/** The whole of the live map's style: a basemap and the places on it. */
import type { FeatureCollection } from 'geojson';
import type { StyleSpecification } from 'maplibre-gl';
import type { Scheme } from '../../ui/palette';
import { pointsLayers, pointsSource } from './points-style';
import { sketchLayers, sketchSources } from './sketch-style';
import { streetsLayers, streetsSources } from './streets-style';

export interface Basemap {
	/** The address of a PMTiles archive, or null for the sketch. */
	url: string | null;
	/** Whose map it is: markup, since the licences ask for links. */
	attribution: string;
}

export function mapStyle(scheme: Scheme, { url, attribution }: Basemap, points: FeatureCollection): StyleSpecification {
	const ground =
		url === null
			? { sources: sketchSources(attribution), layers: sketchLayers(scheme) }
			: { sources: streetsSources(url, attribution), layers: streetsLayers(scheme) };
	return {
		version: 8,
		sources: { ...ground.sources, ...pointsSource(points) },
		layers: [...ground.layers, ...pointsLayers(scheme)]
	};
}
