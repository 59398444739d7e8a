/** Asking the device where it is, with the position made coarse before anything else sees it. */

export interface Near {
	lat: number;
	lng: number;
}

export type NearAnswer = { ok: true; near: Near } | { ok: false; reason: 'denied' | 'timeout' | 'unavailable' };

/** Three decimals: about 110 m north to south and 70 m east to west in Vancouver. */
export const roundPosition = (lat: number, lng: number): Near => ({
	lat: Math.round(lat * 1000) / 1000,
	lng: Math.round(lng * 1000) / 1000
});

/** Asks once, for a rough position; a fix up to five minutes old will do. Never rejects. */
export function askPosition(geolocation: Geolocation | undefined): Promise<NearAnswer> {
	return new Promise((resolve) => {
		if (!geolocation) return resolve({ ok: false, reason: 'unavailable' });
		geolocation.getCurrentPosition(
			({ coords }) => resolve({ ok: true, near: roundPosition(coords.latitude, coords.longitude) }),
			({ code }) => resolve({ ok: false, reason: code === 1 ? 'denied' : code === 3 ? 'timeout' : 'unavailable' }),
			{ enableHighAccuracy: false, timeout: 10_000, maximumAge: 300_000 }
		);
	});
}
