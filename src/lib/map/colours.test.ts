import { describe, expect, it } from 'vitest';
import { categoryColours } from '../ui/palette.ts';
import { mapColours, mapSchemes, pinColour } from './colours.ts';

function luminance(hex: string): number {
	const [r, g, b] = [1, 3, 5].map((i) => {
		const c = parseInt(hex.slice(i, i + 2), 16) / 255;
		return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** WCAG 2.2's contrast ratio. */
function contrast(a: string, b: string): number {
	const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
	return (light! + 0.05) / (dark! + 0.05);
}

describe.each(mapSchemes)('in the %s map', (scheme) => {
	const colours = mapColours[scheme];

	it('the number on every pin is at least 4.5:1', () => {
		for (const category of [...Object.keys(categoryColours), undefined]) {
			expect(contrast(pinColour(category, scheme), colours.pinText), category).toBeGreaterThanOrEqual(4.5);
		}
	});

	it('words are at least 4.5:1 on what they stand on', () => {
		for (const [text, ground] of [
			[colours.label, colours.land],
			[colours.label, colours.beyond],
			[colours.label, colours.aside],
			[colours.label, colours.street],
			[colours.label, colours.halo],
			[colours.waterLabel, colours.water],
			[colours.parkLabel, colours.park],
			[colours.parkLabel, colours.wood],
			[colours.area, colours.land]
		]) {
			expect(contrast(text!, ground!), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
		}
	});

	it('every pin is at least 3:1 against land, park and water', () => {
		for (const category of Object.keys(categoryColours)) {
			for (const ground of [colours.land, colours.park, colours.water]) {
				expect(contrast(pinColour(category, scheme), ground), `${category} on ${ground}`).toBeGreaterThanOrEqual(3);
			}
		}
	});
});
