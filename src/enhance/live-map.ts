/** Puts the live map into its box and keeps it in step with the cards of the list. Brings Svelte and MapLibre with it. */
import { mount, unmount } from 'svelte';
import type { Bounds } from '$lib/map/geo';
import LiveMap from '$lib/map/LiveMap.svelte';
import { ListStep } from './list-step.svelte';
import type { PlacesMapData } from './places-map';

/**
 * Resolves when the map can be seen.
 * @throws what keeps it from starting; the box is then as it was
 */
export function showLiveMap(
	box: HTMLElement,
	data: PlacesMapData,
	onsearcharea: (bounds: Bounds) => void
): Promise<void> {
	const step = new ListStep();
	return new Promise((resolve, reject) => {
		const map = mount(LiveMap, {
			target: box,
			props: {
				...data,
				describe,
				onsearcharea,
				onselect: (id: string) => step.goToCard(id),
				get selectedId() {
					return step.selectedId;
				},
				set selectedId(id: string | null) {
					step.selectedId = id;
				},
				get hoveredId() {
					return step.hoveredId;
				},
				set hoveredId(id: string | null) {
					step.hoveredId = id;
				},
				onready: () => {
					box.dataset.live = '';
					resolve();
				},
				onfail: (reason: unknown) => {
					void unmount(map);
					reject(reason);
				}
			}
		});
	});
}

/** What a point that is not on this page of the list is. */
async function describe(number: number) {
	const response = await fetch(`/api/place-points/${number}`).catch(() => null);
	return response?.ok ? ((await response.json()) as { name: string; href: string; line: string }) : null;
}
