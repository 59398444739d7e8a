import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { mapSchemes } from './colours.ts';
import { sketch } from './sketch/sketch.ts';
import { drawStillMap, type StillMapOptions, type StillPin } from './still.ts';

const size = { width: 640, height: 400, title: 'Map' };

function dice(seed: number) {
	return () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
}

function somePins(count: number, random = dice(42), spread = 1): StillPin[] {
	return Array.from({ length: count }, (_, i) => ({
		number: i + 1,
		lat: 49.245 + (random() - 0.5) * 0.08 * spread,
		lng: -123.11 + (random() - 0.5) * 0.16 * spread,
		category: ['food', 'indoors', 'health', 'outdoors'][i % 4]!
	}));
}

/** The heads' words, in the order of drawing. */
const heads = (svg: string) =>
	[...svg.matchAll(/font-weight="700" text-anchor="middle">([^<]+)</g)].map((match) => match[1]!);

function expectSound(svg: string) {
	// Not the whole picture in a failure's message.
	expect(svg.startsWith('<svg ') && svg.endsWith('</svg>')).toBe(true);
	expect(svg.match(/NaN|Infinity|undefined|null| style=|\de-\d/)?.[0]).toBeUndefined();
	expect(gzipSync(svg, { level: 6 }).length).toBeLessThanOrEqual(12 * 1024);
}

describe('the still map', () => {
	it('is the same text for the same options', () => {
		const options = { ...size, pins: somePins(12) };
		expect(drawStillMap(options)).toBe(drawStillMap(options));
	});

	it('says what it shows, as plain text', () => {
		const svg = drawStillMap({ ...size, title: 'Map <of> "one" & all\u0000', description: 'No pins.' });
		expect(svg).toContain('role="img" aria-labelledby="t d"');
		expect(svg).toContain('<title id="t">Map &lt;of&gt; &quot;one&quot; &amp; all</title><desc id="d">No pins.</desc>');
	});

	it('names neighbourhoods, water and whose facts these are', () => {
		const svg = drawStillMap({ ...size, width: 1280, height: 720 });
		for (const name of ['Kitsilano', 'Strathcona', 'English Bay', 'City of Vancouver open data', 'Burnaby']) {
			expect(svg).toContain(name);
		}
	});

	it('draws a pin for each place, numbered as the list is', () => {
		const labels = heads(drawStillMap({ ...size, width: 1280, height: 720, pins: somePins(9) }));
		expect(labels.map(Number).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
	});

	it('groups 25 places of one spot', () => {
		expect(heads(drawStillMap({ ...size, pins: somePins(25, dice(1), 0) }))).toEqual(['1–25']);
	});

	it('leaves out pins that are out of sight or nowhere', () => {
		const pins: StillPin[] = [
			{ number: 1, lat: 49.25, lng: -123.1 },
			{ number: 2, lat: 48, lng: -123.1 },
			{ number: 3, lat: NaN, lng: -123.1 },
			{ number: 4, lat: 49.25, lng: Infinity }
		];
		expect(heads(drawStillMap({ ...size, pins, bounds: [-123.2, 49.2, -123, 49.3] }))).toEqual(['1']);
	});

	it('brings a neighbourhood forward, and ignores one it does not know', () => {
		expect(drawStillMap({ ...size, area: 'west-end' })).toContain('id="inside"');
		expect(drawStillMap({ ...size, area: 'atlantis' })).not.toContain('id="inside"');
	});

	it('shows its pins when asked for the world', () => {
		const pins = somePins(3);
		expect(drawStillMap({ ...size, pins, bounds: [-180, -90, 180, 90] })).toBe(drawStillMap({ ...size, pins }));
	});

	it('survives any bounds', () => {
		for (const bounds of [
			[-123.1, 49.25, -123.1, 49.25],
			[-180, -90, 180, 90],
			[170, -10, -170, 10],
			[-123.1, 89.9, -123, 90],
			[0, -90, 0, -90],
			[-123, 49.3, -123.2, 49.2],
			[NaN, 1, 2, 3],
			[1, 2],
			[]
		]) {
			for (const pins of [[], somePins(3)]) expectSound(drawStillMap({ ...size, bounds, pins }));
		}
	});

	it('survives any size', () => {
		for (const [width, height] of [
			[0, 0],
			[-5, 1e9],
			[NaN, Infinity],
			[40, 1600],
			[1600, 40]
		] as const) {
			expectSound(drawStillMap({ ...size, width, height, pins: somePins(25) }));
		}
	});

	it('is at most 12 KiB gzipped, whatever it shows', () => {
		const random = dice(7);
		const { neighbourhoods } = sketch();
		for (let round = 0; round < 150; round++) {
			const options: StillMapOptions = {
				title: 'Map',
				width: 200 + random() * 1400,
				height: 200 + random() * 1400,
				scheme: mapSchemes[round % 3]!,
				pins: somePins(Math.floor(random() * 61), random, random() * 1.5)
			};
			if (round % 4 === 1) options.area = neighbourhoods[round % 22]!.slug;
			if (round % 4 === 2) {
				const [west, south] = [-123.4 + random() * 0.6, 49.1 + random() * 0.2];
				options.bounds = [west, south, west + random() * 0.5, south + random() * 0.3];
			}
			expectSound(drawStillMap(options));
		}
	});
});
