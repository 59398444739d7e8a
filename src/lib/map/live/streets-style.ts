/** A PMTiles archive in the Protomaps v4 schema as MapLibre sources and layers, in the house's colours. */
import { layers, namedFlavor, type Flavor } from '@protomaps/basemaps';
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { mapColours } from '../colours';
import type { Scheme } from '../../ui/palette';
import { FONT } from './text';

const SOURCE = 'streets';

export const streetsSources = (url: string, attribution: string): Record<string, SourceSpecification> => ({
	[SOURCE]: { type: 'vector', url: `pmtiles://${url}`, attribution }
});

function flavor(scheme: Scheme): Flavor {
	const c = mapColours[scheme];
	const built = scheme === 'dark' ? '#222f29' : '#ece4d3';
	const all = (names: string, colour: string) => Object.fromEntries(names.split(' ').map((name) => [name, colour]));
	return {
		...namedFlavor(scheme),
		...all('background earth', c.land),
		...all('park_a park_b wood_a wood_b scrub_a scrub_b zoo glacier', c.park),
		...all('hospital industrial school military aerodrome pedestrian pier buildings', built),
		...all('sand beach', scheme === 'dark' ? '#2e3527' : '#efe6c8'),
		water: c.water,
		runway: c.street,
		...all('other minor_service minor_a minor_b link major highway', c.street),
		...all('tunnel_other tunnel_minor tunnel_link tunnel_major tunnel_highway', c.land),
		...all('bridges_other bridges_minor bridges_link bridges_major bridges_highway', c.street),
		...all('minor_service_casing minor_casing link_casing major_casing_late highway_casing_late', c.streetEdge),
		...all('major_casing_early highway_casing_early', c.streetEdge),
		...all('tunnel_other_casing tunnel_minor_casing tunnel_link_casing', c.streetEdge),
		...all('tunnel_major_casing tunnel_highway_casing', c.streetEdge),
		...all('bridges_other_casing bridges_minor_casing bridges_link_casing', c.streetEdge),
		...all('bridges_major_casing bridges_highway_casing', c.streetEdge),
		railway: c.rail,
		boundaries: c.boundary,
		ocean_label: c.waterLabel,
		...all('roads_label_minor roads_label_major subplace_label city_label state_label', c.label),
		...all('country_label address_label', c.label),
		...all('roads_label_minor_halo roads_label_major_halo', scheme === 'dark' ? c.land : c.street),
		...all('subplace_label_halo city_label_halo state_label_halo address_label_halo', c.land)
	};
}

/** Shields, arrows and points of interest need a sprite, and our own places are the points of interest here. */
const wanted = ({ id }: LayerSpecification) => !/^(pois|roads_shields|roads_oneway|places_country)/.test(id);

export function streetsLayers(scheme: Scheme): LayerSpecification[] {
	const language = { lang: 'en' };
	return (layers(SOURCE, flavor(scheme), language) as LayerSpecification[]).filter(wanted).map((layer) => {
		if (layer.type !== 'symbol') return layer;
		// eslint-disable-next-line @typescript-eslint/no-unused-vars
		const { 'icon-image': _, ...layout } = layer.layout ?? {};
		return { ...layer, layout: { ...layout, ...(layout['text-field'] ? { 'text-font': FONT } : {}) } };
	});
}
