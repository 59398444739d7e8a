/** Places for other programs: GeoJSON and CSV. */
import { stringify } from 'csv-stringify/sync';
import type { FeatureCollection, Point } from 'geojson';
import type { PlaceSummary } from './types';

const CSV_COLUMNS: Record<
	string,
	(place: PlaceSummary, origin: string) => string | number | boolean | null | undefined
> = {
	id: (place) => place.id,
	name: (place) => place.name,
	address: (place) => place.address,
	neighbourhood: (place) => place.neighbourhood?.name,
	latitude: (place) => place.lat,
	longitude: (place) => place.lng,
	categories: (place) => place.categories.join(';'),
	phone: (place) => place.phone,
	open: (place) => place.open.state,
	free: (place) => place.free,
	wheelchair: (place) => place.wheelchair,
	washroom: (place) => place.washroom,
	confirmed_on: (place) => place.confirmed_on,
	summary: (place) => place.summary,
	url: (place, origin) => `${origin}/places/${place.slug}`
};

export function toCsv(places: PlaceSummary[], origin: string): string {
	const rows = places.map((place) => Object.values(CSV_COLUMNS).map((read) => read(place, origin)));
	return stringify([Object.keys(CSV_COLUMNS), ...rows], {
		bom: true,
		record_delimiter: 'windows',
		cast: { boolean: (value) => (value ? 'yes' : 'no') },
		// A cell that a spreadsheet would run as a formula is made harmless.
		escape_formulas: true
	});
}

/** Places without a position are left out: a pin for them would be a guess. */
export function toGeoJson(places: PlaceSummary[], origin: string): FeatureCollection<Point> {
	return {
		type: 'FeatureCollection',
		features: places.flatMap(({ lat, lng, id, ...place }) =>
			lat === null || lng === null
				? []
				: [
						{
							type: 'Feature' as const,
							id,
							geometry: { type: 'Point' as const, coordinates: [lng, lat] },
							properties: { ...place, url: `${origin}/places/${place.slug}` }
						}
					]
		)
	};
}
