/** The map's colours: the house's palette, and what only a map needs besides. */
import { categoryColours, palettes } from '../ui/palette.ts';

export type MapScheme = 'light' | 'dark' | 'print';

export const mapSchemes: readonly MapScheme[] = ['light', 'dark', 'print'];

export interface MapColours {
	water: string;
	land: string;
	/** Land outside the city: there, and not the subject. */
	beyond: string;
	/** The rest of the city, on a map of one neighbourhood. */
	aside: string;
	/** Where land and water meet. */
	shore: string;
	park: string;
	/** Mountains and big parks outside the city. */
	wood: string;
	street: string;
	/** Both edges of a street. */
	streetEdge: string;
	rail: string;
	boundary: string;
	/** The neighbourhood that the map is about. */
	area: string;
	label: string;
	/** Words on water, on parks; at least 4.5:1 there. */
	waterLabel: string;
	parkLabel: string;
	/** Around words and pins, so that they stand out from lines. */
	halo: string;
	/** A group of places of several kinds, and the number on any pin. */
	pin: string;
	pinText: string;
}

const { light, dark } = palettes;

export const mapColours: Record<MapScheme, MapColours> = {
	light: {
		...light.map,
		beyond: '#e9e3d5',
		aside: '#ece6d8',
		shore: '#a9c3c6',
		wood: '#dadfcb',
		streetEdge: '#d2c6af',
		area: light.evergreen,
		waterLabel: '#3b626b',
		parkLabel: '#3f5f2e',
		halo: light.raised,
		pin: light.ink,
		pinText: light.onStrong
	},
	dark: {
		...dark.map,
		beyond: '#18231f',
		aside: '#19251f',
		shore: '#2c4c57',
		wood: '#1b2f25',
		streetEdge: '#17221d',
		area: dark.evergreen,
		waterLabel: '#8fb3bd',
		parkLabel: '#a3c795',
		halo: dark.paper,
		pin: dark.ink,
		pinText: dark.onStrong
	},
	print: {
		water: '#e6ecee',
		land: '#ffffff',
		beyond: '#f6f6f4',
		aside: '#f6f6f4',
		shore: '#9aa7aa',
		park: '#e4eadd',
		wood: '#eef1ea',
		street: '#ffffff',
		streetEdge: '#b9b9b4',
		rail: '#6f6f6f',
		boundary: '#b0b0b0',
		area: '#222222',
		label: '#3c3c3c',
		waterLabel: '#4b5f66',
		parkLabel: '#46583a',
		halo: '#ffffff',
		pin: '#111111',
		pinText: '#ffffff'
	}
};

/** The colour of a top category, by its slug; of any other, the colour of a mixed group. Print has the light ones. */
export function pinColour(category: string | undefined, scheme: MapScheme): string {
	const colour = category === undefined ? undefined : categoryColours[category];
	return colour?.[scheme === 'dark' ? 'dark' : 'light'] ?? mapColours[scheme].pin;
}
