/** The list's own places: numbered pins, real buttons, so that they have names, focus and the page's colours. */
import { Marker, type Map as MapLibreMap } from 'maplibre-gl';

export interface NumberedPlace {
	id: string;
	number: number;
	name: string;
	lat: number;
	lng: number;
	/** A top category's slug. */
	category: string | undefined;
}

export interface PinEvents {
	onhover(id: string | null): void;
	onselect(id: string): void;
}

interface Pin {
	place: NumberedPlace;
	button: HTMLButtonElement;
	marker: Marker;
}

export class Pins {
	readonly #map: MapLibreMap;
	readonly #events: PinEvents;
	#pins: Pin[] = [];
	#hovered: string | null = null;
	#selected: string | null = null;

	constructor(map: MapLibreMap, events: PinEvents) {
		this.#map = map;
		this.#events = events;
	}

	/** Shows these places and no others. `label` gives a pin's name, such as "3 Britannia Library". */
	show(places: readonly NumberedPlace[], label: (place: NumberedPlace) => string): void {
		this.clear();
		this.#pins = places.map((place) => this.#add(place, label(place)));
		this.#mark();
	}

	clear(): void {
		for (const { marker } of this.#pins) marker.remove();
		this.#pins = [];
	}

	/** The pin that the list's reader points at. */
	hover(id: string | null): void {
		this.#hovered = id;
		this.#mark();
	}

	select(id: string | null): void {
		this.#selected = id;
		this.#mark();
	}

	get places(): readonly NumberedPlace[] {
		return this.#pins.map(({ place }) => place);
	}

	find(id: string | null): NumberedPlace | undefined {
		return this.#pins.find(({ place }) => place.id === id)?.place;
	}

	#add(place: NumberedPlace, label: string): Pin {
		const button = document.createElement('button');
		button.type = 'button';
		button.className = 'map-pin';
		button.setAttribute('aria-label', label);
		if (place.category) button.style.setProperty('--pin', `var(--cat-${place.category})`);
		const number = document.createElement('span');
		number.textContent = String(place.number);
		button.append(number);
		button.addEventListener('mouseenter', () => this.#events.onhover(place.id));
		button.addEventListener('mouseleave', () => this.#events.onhover(null));
		button.addEventListener('focus', () => this.#events.onhover(place.id));
		button.addEventListener('blur', () => this.#events.onhover(null));
		button.addEventListener('click', (event) => {
			// Not also a click on the map.
			event.stopPropagation();
			button.focus({ preventScroll: true });
			this.#events.onselect(place.id);
		});
		button.addEventListener('keydown', (event) => this.#walk(event, place));
		const marker = new Marker({ element: button, anchor: 'bottom' }).setLngLat([place.lng, place.lat]).addTo(this.#map);
		// MapLibre gives markers a role and a name of its own.
		button.setAttribute('aria-label', label);
		button.removeAttribute('role');
		return { place, button, marker };
	}

	/** One pin is in the tab order; the arrow keys go on from there, in the list's order. */
	#walk(event: KeyboardEvent, place: NumberedPlace): void {
		const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
		const index = this.#pins.findIndex((pin) => pin.place === place);
		const next =
			event.key === 'Home'
				? this.#pins[0]
				: event.key === 'End'
					? this.#pins.at(-1)
					: step && this.#pins[(index + step + this.#pins.length) % this.#pins.length];
		// The map's own keys would move it.
		if (event.key !== 'Escape') event.stopPropagation();
		if (!next) return;
		event.preventDefault();
		for (const { button } of this.#pins) button.tabIndex = -1;
		next.button.tabIndex = 0;
		if (!this.#map.getBounds().contains([next.place.lng, next.place.lat])) {
			this.#map.jumpTo({ center: [next.place.lng, next.place.lat] });
		}
		next.button.focus();
	}

	#mark(): void {
		const tabbable = this.#pins.find(({ place }) => place.id === this.#selected) ?? this.#pins[0];
		for (const pin of this.#pins) {
			const { button, place } = pin;
			button.classList.toggle('is-hovered', place.id === this.#hovered);
			button.classList.toggle('is-selected', place.id === this.#selected);
			button.setAttribute('aria-pressed', String(place.id === this.#selected));
			button.tabIndex = pin === tabbable ? 0 : -1;
		}
	}
}
