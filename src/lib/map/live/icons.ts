/** The categories' icons as images for the map, from the one sprite that every page shares. */
import { topCategories } from '../categories';
import { mapColours } from '../colours';
import type { Scheme } from '../../ui/palette';
import { iconName } from './points-style';

/** CSS pixels at an `icon-size` of 1. */
const SIZE = 14;
export const PIXEL_RATIO = 2;

async function draw(shapes: string, viewBox: string, colour: string): Promise<ImageData | null> {
	const pixels = SIZE * PIXEL_RATIO;
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${pixels}" viewBox="${viewBox}" fill="${colour}" color="${colour}">${shapes}</svg>`;
	const image = new Image(pixels, pixels);
	image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
	await image.decode();
	const canvas = document.createElement('canvas');
	canvas.width = canvas.height = pixels;
	const context = canvas.getContext('2d');
	context?.drawImage(image, 0, 0, pixels, pixels);
	return context?.getImageData(0, 0, pixels, pixels) ?? null;
}

/** Each category's icon in the colours of both schemes, by the name the style uses. What can't be drawn is missing. */
export async function categoryIcons(spriteUrl: string): Promise<Map<string, ImageData>> {
	const icons = new Map<string, ImageData>();
	try {
		const response = await fetch(spriteUrl);
		if (!response.ok) return icons;
		const sprite = new DOMParser().parseFromString(await response.text(), 'image/svg+xml');
		await Promise.all(
			topCategories.flatMap(({ slug, icon }) =>
				(['light', 'dark'] satisfies Scheme[]).map(async (scheme) => {
					const symbol = sprite.getElementById(icon);
					const image =
						symbol &&
						(await draw(symbol.innerHTML, symbol.getAttribute('viewBox') ?? '0 0 15 15', mapColours[scheme].pinText));
					if (image) icons.set(iconName(scheme, slug), image);
				})
			)
		);
	} catch (error) {
		// Dots without icons are still a map.
		console.warn('The map has no icons:', error);
	}
	return icons;
}
