import { describe, expect, it } from 'vitest';
import { boundsOf, CITY, overlap, REGION } from '../geo.ts';
import { areaBySlug, decodeLine, sketch } from './sketch.ts';

describe('the sketch', () => {
	it('reads its lines as differences in ten-thousandths of a degree', () => {
		expect(decodeLine('492564,-1232665 13,7')).toEqual([
			[-123.2665, 49.2564],
			[-123.2658, 49.2577]
		]);
		expect(() => decodeLine('492564,west')).toThrow('Not a pair');
	});

	it('has the 22 neighbourhoods, each with its name inside its outline', () => {
		const { neighbourhoods } = sketch();
		expect(neighbourhoods).toHaveLength(22);
		for (const { at, bounds } of neighbourhoods) expect(overlap([...at, ...at], bounds)).toBe(true);
		expect(areaBySlug('west-end')?.name).toBe('West End');
		expect(areaBySlug('atlantis')).toBeUndefined();
	});

	it('has the streets and stations inside the region, and land under the whole city', () => {
		const { land, streets, stations, parks, rail } = sketch();
		for (const { bounds } of [...streets, ...parks, ...rail].filter((s) => !('beyond' in s && s.beyond))) {
			expect(overlap(bounds, REGION)).toBe(true);
		}
		for (const { at } of stations) expect(overlap([...at, ...at], REGION)).toBe(true);
		const city = land.find(({ kind }) => kind === 'city')!;
		expect(overlap(city.bounds, CITY)).toBe(true);
		expect(boundsOf(city.points)).toEqual(city.bounds);
	});
});
