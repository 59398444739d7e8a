/** What MapLibre needs once before the first map: its worker, and how to read a PMTiles archive. */
import { addProtocol, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { PMTiles, Protocol } from 'pmtiles';
import type { Bounds } from '../geo';

const pmtiles = new Protocol();
let ready = false;

/** May be called often. */
export function prepare(): void {
	if (ready) return;
	setWorkerUrl(workerUrl);
	addProtocol('pmtiles', pmtiles.tile);
	ready = true;
}

/** The archive's own extent, or null if it can't be read: then the sketch takes its place. */
export async function archiveBounds(url: string): Promise<Bounds | null> {
	try {
		const archive = new PMTiles(url);
		const { minLon, minLat, maxLon, maxLat } = await archive.getHeader();
		pmtiles.add(archive);
		return [minLon, minLat, maxLon, maxLat];
	} catch (error) {
		console.warn('The basemap could not be read, so the sketch stands in:', error);
		return null;
	}
}
