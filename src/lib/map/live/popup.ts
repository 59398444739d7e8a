/** What a place without a number says of itself. */
import { Popup, type LngLatLike, type Map as MapLibreMap } from 'maplibre-gl';

export interface PointDescription {
	name: string;
	href: string;
	/** One line more: an address, or when it is open. */
	line?: string;
}

export interface PopupWords {
	loading: string;
	/** The link's text when nothing more could be learnt. */
	fallback: string;
}

/**
 * Opens a small popup at once and fills it when the description comes. Focus goes to it, and back to where it was when
 * it is closed, by its button or Escape.
 */
export function openPopup(
	map: MapLibreMap,
	at: LngLatLike,
	description: Promise<PointDescription | null>,
	fallbackHref: string,
	words: PopupWords
): Popup {
	const before = document.activeElement;
	const content = document.createElement('div');
	content.className = 'map-popup';
	content.setAttribute('role', 'status');
	content.textContent = words.loading;
	const popup = new Popup({ maxWidth: '17rem', offset: 12 }).setLngLat(at).setDOMContent(content).addTo(map);
	const element = popup.getElement();
	element.addEventListener('keydown', (event) => {
		if (event.key === 'Escape') popup.remove();
	});
	popup.on('close', () => {
		if (
			before instanceof HTMLElement &&
			(document.activeElement === document.body || element.contains(document.activeElement))
		) {
			before.focus({ preventScroll: true });
		}
	});
	const fill = (place: PointDescription | null) => {
		const link = document.createElement('a');
		link.href = place?.href ?? fallbackHref;
		link.textContent = place?.name ?? words.fallback;
		content.replaceChildren(link);
		if (place?.line) {
			const line = document.createElement('p');
			line.textContent = place.line;
			content.append(line);
		}
		if (popup.isOpen()) link.focus({ preventScroll: true });
	};
	description.then(fill, () => fill(null));
	return popup;
}
