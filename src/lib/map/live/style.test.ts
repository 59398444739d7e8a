import { describe, expect, it } from 'vitest';
import { pointFeatures } from './points-style';
import { mapStyle, type Basemap } from './style';

const basemaps: Record<string, Basemap> = {
	sketch: { url: null, attribution: 'sketch' },
	streets: { url: 'https://bearings.example/basemap/city.pmtiles', attribution: 'streets' }
};

const points = pointFeatures([{ n: 7, lat: 49.28, lng: -123.1, category: 2 }]);

describe.each(Object.entries(basemaps))('the style with the %s', (_, basemap) => {
	describe.each(['light', 'dark'] as const)('in the %s scheme', (scheme) => {
		const style = mapStyle(scheme, basemap, points);

		it('asks nothing of anybody else: no glyphs, no sprite, local letters', () => {
			expect(style.glyphs).toBeUndefined();
			expect(style.sprite).toBeUndefined();
			for (const layer of style.layers) {
				if (layer.type !== 'symbol') continue;
				if (layer.layout?.['text-field']) expect(layer.layout['text-font'], layer.id).toEqual(['sans-serif']);
				if (layer.id !== 'place-icons') expect(layer.layout?.['icon-image'], layer.id).toBeUndefined();
			}
		});

		it('has a source for each layer, and each layer once', () => {
			const ids = style.layers.map(({ id }) => id);
			expect(new Set(ids).size).toBe(ids.length);
			for (const layer of style.layers) {
				if ('source' in layer) expect(Object.keys(style.sources), layer.id).toContain(layer.source);
			}
		});

		it('has the places on top of the ground', () => {
			expect(style.layers.slice(-4).map(({ id }) => id)).toEqual([
				'place-clusters',
				'place-cluster-counts',
				'place-dots',
				'place-icons'
			]);
		});
	});
});

describe('points', () => {
	it('become features with their number and category', () => {
		expect(points.features[0]).toEqual({
			type: 'Feature',
			properties: { n: 7, category: 'indoors' },
			geometry: { type: 'Point', coordinates: [-123.1, 49.28] }
		});
	});
});
