/**
 * The live map over the still one. It is several hundred kilobytes, so on a phone, or where data is dear, it comes only
 * when asked for; on a wide screen with a mouse it comes by itself once the page is idle. The still map stays until the
 * live one can be seen, and if it never can.
 */
import type { Bounds } from '$lib/map/geo';
import type { MapPlace } from '$lib/map/places';
import { withParameter } from './near-me';

/** What the page hands over with the box (`PlacesMap.svelte`). */
export interface PlacesMapData {
	places: MapPlace[];
	from: number;
	tops: Record<string, string>;
	pointsUrl: string;
	basemapUrl: string | null;
	bounds: Bounds | null;
	near: { lat: number; lng: number } | null;
}

/** Somebody who asked for the live map has it again on the next page of the same visit. */
const ASKED = 'live-map';

export function enhance(element: HTMLElement): void {
	const data = JSON.parse(element.dataset.placesMap!) as PlacesMapData;
	const button = element.querySelector<HTMLButtonElement>('[data-show]')!;
	const status = element.querySelector<HTMLElement>('[role=status]')!;
	const box = element.querySelector<HTMLElement>('[data-box]')!;
	const say = (words: string | undefined, seen: boolean) => {
		status.textContent = words ?? '';
		status.classList.toggle('visually-hidden', !seen);
	};

	async function show(): Promise<void> {
		button.hidden = true;
		say(element.dataset.loading, false);
		try {
			if (!document.createElement('canvas').getContext('webgl2')) throw new Error('No WebGL2');
			const { showLiveMap } = await import('./live-map');
			await showLiveMap(box, data, (bounds) => location.assign(withParameter('bbox', inDegrees(bounds), ['near'])));
			say('', false);
		} catch (reason) {
			console.warn('The map stays still:', reason);
			say(element.dataset.failed, true);
			button.hidden = false;
		}
	}

	button.hidden = false;
	button.addEventListener('click', () => {
		remember();
		void show();
	});
	if (isRemembered() || (isWide() && !isDear())) (window.requestIdleCallback ?? setTimeout)(() => void show());
}

/** To about ten metres, as `writeFilters` has it. */
const inDegrees = (bounds: Bounds) => bounds.map((degrees) => degrees.toFixed(4)).join(',');

function remember(): void {
	try {
		sessionStorage.setItem(ASKED, 'yes');
	} catch {
		// A browser that keeps nothing asks again on the next page.
	}
}

function isRemembered(): boolean {
	try {
		return sessionStorage.getItem(ASKED) === 'yes';
	} catch {
		return false;
	}
}

const isWide = () => matchMedia('(min-width: 60rem) and (pointer: fine)').matches;

function isDear(): boolean {
	const link = (navigator as { connection?: { saveData?: boolean; effectiveType?: string } }).connection;
	return Boolean(link?.saveData) || /2g|3g/.test(link?.effectiveType ?? '');
}
