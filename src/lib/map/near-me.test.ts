import { describe, expect, it } from 'vitest';
import { roundPosition } from '../directory/place-filters.ts';
import { askPosition } from './near-me.ts';

const device = (answer: (yes: PositionCallback, no: PositionErrorCallback) => void) =>
	({ getCurrentPosition: answer }) as unknown as Geolocation;

const refusal = (code: number) => device((_, no) => no({ code } as GeolocationPositionError));

describe('near me', () => {
	it('rounds to three decimals before anybody else sees the position', async () => {
		expect(roundPosition({ lat: 49.27561234, lng: -123.07384321 })).toEqual({ lat: 49.276, lng: -123.074 });
		const here = device((yes) => yes({ coords: { latitude: 49.28149, longitude: -123.11951 } } as GeolocationPosition));
		expect(await askPosition(here)).toEqual({ ok: true, near: { lat: 49.281, lng: -123.12 } });
	});

	it('says why there is no position', async () => {
		expect(await askPosition(refusal(1))).toEqual({ ok: false, reason: 'denied' });
		expect(await askPosition(refusal(2))).toEqual({ ok: false, reason: 'unavailable' });
		expect(await askPosition(refusal(3))).toEqual({ ok: false, reason: 'timeout' });
		expect(await askPosition(undefined)).toEqual({ ok: false, reason: 'unavailable' });
	});
});
