/** The address of a still map. Small and free of imports that weigh: pages need it in the browser too. */
import type { MapScheme } from './colours.ts';

/** A place on a still map; its number is its position in the list. */
export interface PinPlace {
	/** Null for a place without a public position: it keeps its number and has no pin. */
	lat: number | null;
	lng: number | null;
	/** A top category's slug. */
	category?: string;
}

export interface StillMapAddress {
	/** CSS pixels, at most 1600. */
	width: number;
	height: number;
	/** At most 60; the rest is left out. */
	pins?: readonly PinPlace[];
	/** The first pin's number, on the second page of a list; 1 unless said. */
	from?: number;
	/** West, south, east, north. Without it the map shows all of its pins. */
	bounds?: readonly number[] | null;
	/** A neighbourhood's slug. */
	area?: string | null;
	scheme?: MapScheme;
}

/** As many pins as one map takes. */
export const MOST_PINS = 60;

/**
 * The canonical address: the same map always has the same one, so that caches meet. Positions are cut to four decimals
 * (11 m), to five where so few pins are shown that the map comes close.
 */
export function stillMapUrl({
	width,
	height,
	pins = [],
	from = 1,
	bounds,
	area,
	scheme = 'light'
}: StillMapAddress): string {
	const decimals = pins.length > 3 ? 4 : 5;
	const degrees = (value: number) => String(Number(value.toFixed(decimals)));
	const entries = pins
		.slice(0, MOST_PINS)
		.map(({ lat, lng, category }) =>
			lat === null || lng === null
				? ''
				: [degrees(lat), degrees(lng), ...(category ? [encodeURIComponent(category)] : [])].join(',')
		);
	const query = [
		bounds && `bbox=${bounds.map(degrees).join(',')}`,
		`w=${Math.round(width)}&h=${Math.round(height)}`,
		scheme !== 'light' && `scheme=${scheme}`,
		area && `area=${encodeURIComponent(area)}`,
		from !== 1 && `from=${from}`,
		entries.length > 0 && `pins=${entries.join(';').replace(/;+$/, '')}`
	];
	return `/map/still.svg?${query.filter(Boolean).join('&')}`;
}
