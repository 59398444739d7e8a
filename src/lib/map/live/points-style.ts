/** The places beside the numbered ones: clusters from afar, an icon in the category's colour close by. */
import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { topCategories } from '../categories';
import { mapColours, pinColour } from '../colours';
import type { MapPoint } from '../points';
import type { Scheme } from '../../ui/palette';
import { FONT } from './text';

export const POINTS = 'places';
export const CLUSTERS = 'place-clusters';
export const DOTS = 'place-dots';

/** The name under which a category's icon is known to the map. */
export const iconName = (scheme: Scheme, slug: string) => `${scheme}/${slug}`;

export function pointFeatures(points: readonly MapPoint[]): FeatureCollection {
	return {
		type: 'FeatureCollection',
		features: points.map(({ n, lat, lng, category }) => ({
			type: 'Feature',
			properties: { n, category: topCategories[category]?.slug ?? '' },
			geometry: { type: 'Point', coordinates: [lng, lat] }
		}))
	};
}

export const pointsSource = (data: FeatureCollection): Record<string, SourceSpecification> => ({
	[POINTS]: { type: 'geojson', data, cluster: true, clusterRadius: 54, clusterMaxZoom: 13 }
});

const clustered: ExpressionSpecification = ['has', 'point_count'];
const alone: ExpressionSpecification = ['!', clustered];

export function pointsLayers(scheme: Scheme): LayerSpecification[] {
	const colours = mapColours[scheme];
	const colour = [
		'match',
		['get', 'category'],
		...topCategories.flatMap(({ slug }) => [slug, pinColour(slug, scheme)]),
		colours.pin
	] as unknown as ExpressionSpecification;
	return [
		{
			id: CLUSTERS,
			type: 'circle',
			source: POINTS,
			filter: clustered,
			paint: {
				'circle-color': colours.halo,
				'circle-radius': ['step', ['get', 'point_count'], 11, 10, 13, 50, 16, 200, 20],
				'circle-opacity': 0.9,
				'circle-stroke-color': colours.area,
				'circle-stroke-width': 1.5
			}
		},
		{
			id: 'place-cluster-counts',
			type: 'symbol',
			source: POINTS,
			filter: clustered,
			layout: {
				'text-field': ['get', 'point_count_abbreviated'],
				'text-font': FONT,
				'text-size': 12,
				'text-allow-overlap': true,
				// The basemap's words keep clear of the whole circle.
				'text-padding': 8
			},
			paint: { 'text-color': colours.area }
		},
		{
			id: DOTS,
			type: 'circle',
			source: POINTS,
			filter: alone,
			paint: {
				'circle-color': colour,
				'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 6, 13, 9.5, 16, 12],
				'circle-stroke-color': colours.halo,
				'circle-stroke-width': 1.5
			}
		},
		{
			id: 'place-icons',
			type: 'symbol',
			source: POINTS,
			filter: alone,
			minzoom: 11,
			layout: {
				'icon-image': ['concat', `${scheme}/`, ['get', 'category']],
				'icon-size': ['interpolate', ['linear'], ['zoom'], 11, 0.55, 13, 0.85, 16, 1.1],
				'icon-allow-overlap': true,
				'icon-padding': 5
			}
		}
	];
}
