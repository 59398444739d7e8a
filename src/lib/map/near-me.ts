/** Asking the device where it is, with the position made coarse before anything else sees it. */

import { roundPosition, type Position } from '../directory/place-filters.ts';

export type NearAnswer = { ok: true; near: Position } | { ok: false; reason: 'denied' | 'timeout' | 'unavailable' };

/** Asks once, for a rough position; a fix up to five minutes old will do. Never rejects. */
export function askPosition(geolocation: Geolocation | undefined): Promise<NearAnswer> {
	return new Promise((resolve) => {
		if (!geolocation) return resolve({ ok: false, reason: 'unavailable' });
		geolocation.getCurrentPosition(
			({ coords }) => resolve({ ok: true, near: roundPosition({ lat: coords.latitude, lng: coords.longitude }) }),
			({ code }) => resolve({ ok: false, reason: code === 1 ? 'denied' : code === 3 ? 'timeout' : 'unavailable' }),
			{ enableHighAccuracy: false, timeout: 10_000, maximumAge: 300_000 }
		);
	});
}
