import { describe, expect, it } from 'vitest';
import { readStillMapQuery } from './still-query.ts';
import { stillMapUrl } from './still-url.ts';

const read = (address: string) => readStillMapQuery(new URL(address, 'https://bearings.example').searchParams);

describe("a still map's address", () => {
	it('is short and says the same to the reader as to the writer', () => {
		const address = stillMapUrl({
			width: 640,
			height: 400,
			scheme: 'dark',
			area: 'west-end',
			bounds: [-123.2, 49.2, -123, 49.3],
			from: 26,
			pins: [
				{ lat: 49.27561234, lng: -123.0738, category: 'indoors' },
				{ lat: null, lng: null, category: 'food' },
				{ lat: 49.28, lng: -123.1 }
			]
		});
		expect(address).toBe(
			'/map/still.svg?bbox=-123.2,49.2,-123,49.3&w=640&h=400&scheme=dark&area=west-end&from=26&pins=49.27561,-123.0738,indoors;;49.28,-123.1'
		);
		expect(read(address)).toEqual({
			bounds: [-123.2, 49.2, -123, 49.3],
			width: 640,
			height: 400,
			scheme: 'dark',
			area: 'west-end',
			pins: [
				{ number: 26, lat: 49.27561, lng: -123.0738, category: 'indoors' },
				{ number: 28, lat: 49.28, lng: -123.1, category: undefined }
			]
		});
	});

	it('cuts positions shorter when there are many', () => {
		const pins = Array.from({ length: 80 }, () => ({ lat: 49.123456, lng: -123.123456 }));
		const address = stillMapUrl({ width: 360, height: 300, pins });
		expect(address).toContain('49.1235,-123.1235;');
		expect(read(address).pins).toHaveLength(60);
	});

	it('without anything is the city', () => {
		expect(read('/map/still.svg')).toEqual({
			bounds: undefined,
			width: 640,
			height: 400,
			scheme: 'light',
			area: undefined,
			pins: []
		});
	});

	it('with nonsense in it is read as if the nonsense were not there', () => {
		const nonsense = ['', '0', '-1', '1e9', 'NaN', '<svg>', "' or 1=1", '1', '999,999,999,999', ';;;', '\u0000', '𝒳'];
		for (const word of nonsense) {
			for (const key of ['bbox', 'w', 'h', 'scheme', 'area', 'from', 'pins']) {
				const map = read(`/map/still.svg?${key}=${encodeURIComponent(word)}`);
				expect(map.width).toBeGreaterThanOrEqual(40);
				expect(map.height).toBeLessThanOrEqual(1600);
				expect(map.pins).toEqual([]);
				expect(map.bounds).toBeUndefined();
			}
		}
		expect(read('/map/still.svg?w=640&w=abc').width).toBe(640);
	});
});
