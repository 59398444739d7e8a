/** The live map: MapLibre, dressed in the house's style, behind a small handle. This folder alone imports maplibre-gl. */
import {
	AttributionControl,
	Map as MapLibreMap,
	Marker,
	type GeoJSONSource,
	type MapLibreEvent,
	type MapMouseEvent,
	type StyleSpecification
} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Scheme } from '../../ui/palette';
import { boundsOf, CITY, intersection, overlap, REGION, type Bounds } from '../geo';
import { decodePoints, type MapPoint } from '../points';
import { archiveBounds, prepare } from './engine';
import { categoryIcons, PIXEL_RATIO } from './icons';
import './live.css';
import { Pins, type NumberedPlace } from './pins';
import { CLUSTERS, DOTS, pointFeatures, POINTS } from './points-style';
import { openPopup, type PointDescription, type PopupWords } from './popup';
import { mapStyle } from './style';

export interface LiveMapWords extends PopupWords {
	/** The map's name, with how to move it by keyboard. */
	title: string;
	close: string;
	twoFingers: string;
	wheel: string;
	wheelMac: string;
	near: string;
	pin(place: NumberedPlace): string;
	/** Markup: licences ask for links. */
	creditSketch: string;
	creditStreets: string;
}

export interface LiveMapOptions {
	/** A PMTiles archive that answers Range, or null for the sketch. */
	basemapUrl: string | null;
	spriteUrl: string;
	bounds: Bounds;
	/** Whether to leave room around the bounds, for pins that stand at their edge. */
	airy: boolean;
	/** Whether one finger and the wheel scroll the page, as where the map stands in its way. */
	cooperative: boolean;
	words: LiveMapWords;
	describe(n: number): Promise<PointDescription | null>;
	pointHref(n: number): string;
	onhover(id: string | null): void;
	onselect(id: string): void;
	/** The person has moved the map. */
	onmove(bounds: Bounds): void;
}

/** Closer than this there is nothing more to see; in the sketch, sooner. */
const MAX_ZOOM = 17.5;
const MAX_SKETCH_ZOOM = 15.5;
const MIN_ZOOM = 8;
const CLOSEST_FIT = 15;
/** Pixels. */
const AIR = 40;

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const prefersStill = matchMedia('(prefers-reduced-motion: reduce)');

type Restyle = (points: readonly MapPoint[]) => StyleSpecification;

const currentScheme = (): Scheme => (prefersDark.matches ? 'dark' : 'light');

export class LiveMap {
	readonly #map: MapLibreMap;
	readonly #options: LiveMapOptions;
	readonly #pins: Pins;
	#points: readonly MapPoint[] = [];
	#near: Marker | undefined;
	#fetching: AbortController | undefined;
	#moved = false;

	/**
	 * Starts a map in an element and resolves when it can be seen.
	 * @throws if there is no WebGL2 or the map can't start
	 */
	static async start(container: HTMLElement, options: LiveMapOptions): Promise<LiveMap> {
		prepare();
		const url = options.basemapUrl && new URL(options.basemapUrl, location.href).href;
		const [icons, extent] = await Promise.all([categoryIcons(options.spriteUrl), url ? archiveBounds(url) : null]);
		const basemap = extent
			? { url, attribution: options.words.creditStreets }
			: { url: null, attribution: options.words.creditSketch };
		const restyle: Restyle = (points) => mapStyle(currentScheme(), basemap, pointFeatures(points));
		// Somebody else's places may lie elsewhere: then the map goes there.
		const region = extent ? (intersection(REGION, extent) ?? extent) : REGION;
		const { words } = options;
		const map = new MapLibreMap({
			container,
			style: restyle([]),
			bounds: [...options.bounds],
			fitBoundsOptions: { padding: options.airy ? AIR : 0, maxZoom: CLOSEST_FIT },
			maxBounds: overlap(options.bounds, region) ? [...region] : undefined,
			minZoom: MIN_ZOOM,
			maxZoom: extent ? MAX_ZOOM : MAX_SKETCH_ZOOM,
			renderWorldCopies: false,
			dragRotate: false,
			pitchWithRotate: false,
			touchPitch: false,
			maxPitch: 0,
			fadeDuration: prefersStill.matches ? 0 : 200,
			cooperativeGestures: options.cooperative,
			attributionControl: false,
			locale: {
				'Map.Title': words.title,
				'Popup.Close': words.close,
				'CooperativeGesturesHandler.MobileHelpText': words.twoFingers,
				'CooperativeGesturesHandler.WindowsHelpText': words.wheel,
				'CooperativeGesturesHandler.MacHelpText': words.wheelMac
			}
		});
		map.touchZoomRotate.disableRotation();
		map.keyboard.disableRotation();
		map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
		map.on('style.load', () => {
			for (const [name, image] of icons) {
				if (!map.hasImage(name)) map.addImage(name, image, { pixelRatio: PIXEL_RATIO });
			}
		});
		try {
			await new Promise<void>((resolve, reject) => {
				map.once('load', () => resolve());
				// A tile that is missing is no reason to give up; a lost start is.
				setTimeout(() => reject(new Error('The map took too long to start')), 20_000);
			});
		} catch (error) {
			map.remove();
			throw error;
		}
		return new LiveMap(map, options, restyle);
	}

	private constructor(map: MapLibreMap, options: LiveMapOptions, restyle: Restyle) {
		this.#map = map;
		this.#options = options;
		this.#pins = new Pins(map, options);
		const follow = () => map.setStyle(restyle(this.#others()), { diff: true });
		prefersDark.addEventListener('change', follow);
		map.on('remove', () => prefersDark.removeEventListener('change', follow));
		map.on('moveend', (event: MapLibreEvent) => {
			if (event.originalEvent || this.#moved) options.onmove(this.bounds());
			this.#moved = false;
		});
		this.#listenToPoints();
	}

	#listenToPoints(): void {
		const map = this.#map;
		for (const layer of [CLUSTERS, DOTS]) {
			map.on('mouseenter', layer, () => (map.getCanvas().style.cursor = 'pointer'));
			map.on('mouseleave', layer, () => (map.getCanvas().style.cursor = ''));
		}
		map.on('click', (event: MapMouseEvent) => {
			// A finger is wider than a dot.
			const { x, y } = event.point;
			const [feature] = map.queryRenderedFeatures(
				[
					[x - 6, y - 6],
					[x + 6, y + 6]
				],
				{ layers: [DOTS, CLUSTERS] }
			);
			if (feature?.geometry.type !== 'Point') return;
			const at = feature.geometry.coordinates as [number, number];
			const { n, cluster_id: cluster } = feature.properties as { n?: number; cluster_id?: number };
			if (cluster !== undefined) void this.#open(cluster, at);
			else if (n !== undefined) {
				openPopup(map, at, this.#options.describe(n), this.#options.pointHref(n), this.#options.words);
			}
		});
	}

	async #open(cluster: number, center: [number, number]): Promise<void> {
		const source = this.#map.getSource<GeoJSONSource>(POINTS);
		const zoom = await source?.getClusterExpansionZoom(cluster);
		if (zoom === undefined) return;
		this.#moved = true;
		this.#map.easeTo({ center, zoom: Math.min(zoom + 0.3, this.#map.getMaxZoom()) });
	}

	/** Shows the list's places as numbered pins. */
	showPlaces(places: readonly NumberedPlace[]): void {
		this.#pins.show(places, this.#options.words.pin);
		this.#drawPoints();
	}

	/** Fetches and shows the other places of the same search. The last call wins; a failure leaves the numbered ones. */
	async showPoints(url: string | null): Promise<void> {
		this.#fetching?.abort();
		this.#fetching = new AbortController();
		const { signal } = this.#fetching;
		try {
			const response = url === null ? null : await fetch(url, { signal });
			if (response && !response.ok) throw new Error(`Points: ${response.status}`);
			const points = response ? decodePoints(new Uint8Array(await response.arrayBuffer())) : [];
			if (signal.aborted) return;
			this.#points = points;
			this.#drawPoints();
		} catch (error) {
			if (!signal.aborted) console.warn('The map shows the list alone:', error);
		}
	}

	/** The points that no numbered pin stands on. */
	#others(): MapPoint[] {
		const key = ({ lat, lng }: { lat: number; lng: number }) => `${lat.toFixed(5)},${lng.toFixed(5)}`;
		const numbered = new Set(this.#pins.places.map(key));
		return this.#points.filter((point) => !numbered.has(key(point)));
	}

	#drawPoints(): void {
		this.#map.getSource<GeoJSONSource>(POINTS)?.setData(pointFeatures(this.#others()));
	}

	/** Marks where the person asked about. */
	showNear(near: { lat: number; lng: number } | null): void {
		this.#near?.remove();
		this.#near = undefined;
		if (!near) return;
		const element = document.createElement('div');
		element.className = 'map-near';
		this.#near = new Marker({ element }).setLngLat([near.lng, near.lat]).addTo(this.#map);
		element.setAttribute('role', 'img');
		element.setAttribute('aria-label', this.#options.words.near);
	}

	hover(id: string | null): void {
		this.#pins.hover(id);
	}

	/** Marks a pin, and brings it into sight if it isn't. */
	select(id: string | null): void {
		this.#pins.select(id);
		const place = this.#pins.find(id);
		if (place && !this.#map.getBounds().contains([place.lng, place.lat])) {
			this.#map.easeTo({ center: [place.lng, place.lat] });
		}
	}

	/** What is in sight, to four decimals. */
	bounds(): Bounds {
		const seen = this.#map.getBounds();
		const [w, s, e, n] = [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()].map((degrees) =>
			Number(degrees.toFixed(4))
		);
		return [w!, s!, e!, n!];
	}

	/** Moves by a part of what is in sight: for people who don't drag. */
	pan(right: number, down: number): void {
		const { clientWidth, clientHeight } = this.#map.getContainer();
		this.#moved = true;
		this.#map.panBy([right * clientWidth * 0.4, down * clientHeight * 0.4], { duration: 250 });
	}

	zoom(steps: number): void {
		this.#moved = true;
		this.#map.zoomTo(this.#map.getZoom() + steps, { duration: 250 });
	}

	stop(): void {
		this.#fetching?.abort();
		this.#map.remove();
	}
}

/** The box to open with: what was asked for, else all of the places, else the city. */
export const openingBounds = (asked: Bounds | null, places: readonly NumberedPlace[]): Bounds =>
	asked ?? boundsOf(places.map(({ lat, lng }) => [lng, lat] as const)) ?? CITY;
