import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { toCsv, toGeoJson } from './export';
import type { PlaceSummary } from './types';

const ORIGIN = 'https://bearings.example';

const aPlace = (given: Partial<PlaceSummary> = {}): PlaceSummary => ({
	id: '00000000-0000-4000-8000-000000000001',
	slug: 'elm-library',
	name: 'Elm Library',
	lat: 49.2757,
	lng: -123.0735,
	address: '1 Elm Street',
	categories: ['libraries', 'indoors'],
	neighbourhood: { slug: 'elmwood', name: 'Elmwood' },
	summary: 'Books.',
	phone: '604-555-0123',
	open: { state: 'closed', until: null, opens: null },
	free: true,
	wheelchair: false,
	washroom: null,
	distance_m: null,
	sample: false,
	confirmed_on: '2026-11-01',
	...given
});

const rows = (...places: PlaceSummary[]) =>
	parse(toCsv(places, ORIGIN), { columns: true, bom: true }) as Record<string, string>[];

describe('CSV', () => {
	test('has a row for each place, yes and no in words, and nothing where nobody knows', () => {
		expect(rows(aPlace())).toEqual([
			{
				id: '00000000-0000-4000-8000-000000000001',
				name: 'Elm Library',
				address: '1 Elm Street',
				neighbourhood: 'Elmwood',
				latitude: '49.2757',
				longitude: '-123.0735',
				categories: 'libraries;indoors',
				phone: '604-555-0123',
				open: 'closed',
				free: 'yes',
				wheelchair: 'no',
				washroom: '',
				confirmed_on: '2026-11-01',
				summary: 'Books.',
				url: 'https://bearings.example/places/elm-library'
			}
		]);
	});

	test('begins with a byte-order mark, so that spreadsheets read it as UTF-8, and ends its lines as RFC 4180 has it', () => {
		const csv = toCsv([aPlace({ name: 'Café' })], ORIGIN);
		expect(csv.startsWith('\uFEFFid,name,')).toBe(true);
		expect(csv.split('\r\n')).toHaveLength(3);
		expect(csv.replaceAll('\r\n', '')).not.toContain('\n');
	});

	test('keeps commas, quotes and line breaks', () => {
		const name = 'The "Elm", north\nside';
		expect(rows(aPlace({ name }))[0]?.name).toBe(name);
	});

	test.each(['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("https://evil.example","x")'])(
		'a spreadsheet runs no formula from %j',
		(summary) => {
			const cell = rows(aPlace({ summary }))[0]!.summary!;
			expect(cell).toBe(`'${summary}`);
		}
	);

	test('a negative longitude stays a number', () => {
		expect(rows(aPlace({ lat: -33.9, lng: -0.5 }))[0]).toMatchObject({ latitude: '-33.9', longitude: '-0.5' });
	});

	test('a place without position, neighbourhood or address has empty cells', () => {
		const row = rows(aPlace({ lat: null, lng: null, neighbourhood: null, address: null, phone: null }))[0];
		expect(row).toMatchObject({ latitude: '', longitude: '', neighbourhood: '', address: '', phone: '' });
	});

	test('without places still names its columns', () => {
		expect(toCsv([], ORIGIN)).toMatch(/^\uFEFFid,name,address,.*,url\r\n$/);
	});
});

describe('GeoJSON', () => {
	test('is a collection of points, longitude first (RFC 7946)', () => {
		const collection = toGeoJson([aPlace()], ORIGIN);
		expect(collection.type).toBe('FeatureCollection');
		expect(collection.features).toHaveLength(1);
		expect(collection.features[0]).toMatchObject({
			type: 'Feature',
			id: '00000000-0000-4000-8000-000000000001',
			geometry: { type: 'Point', coordinates: [-123.0735, 49.2757] },
			properties: { name: 'Elm Library', url: 'https://bearings.example/places/elm-library' }
		});
	});

	test('says a position once: not among the properties', () => {
		const [feature] = toGeoJson([aPlace()], ORIGIN).features;
		expect(Object.keys(feature!.properties!)).not.toEqual(expect.arrayContaining(['lat']));
		expect(Object.keys(feature!.properties!)).not.toEqual(expect.arrayContaining(['lng']));
	});

	test('leaves out places without a position, and keeps those on the equator and the meridian', () => {
		const places = [aPlace({ lat: null, lng: null }), aPlace({ slug: 'zero', lat: 0, lng: 0 })];
		expect(toGeoJson(places, ORIGIN).features.map(({ geometry }) => geometry.coordinates)).toEqual([[0, 0]]);
	});

	test('survives being written and read', () => {
		const collection = toGeoJson([aPlace({ name: '</script>\u2028"' })], ORIGIN);
		expect(JSON.parse(JSON.stringify(collection))).toEqual(collection);
	});
});
