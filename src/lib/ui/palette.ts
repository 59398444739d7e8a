/**
 * The house's colours, for what cannot read CSS custom properties: the live map's style, the still map's SVG, print.
 * `src/styles/tokens.css` holds the same values as tokens; `palette.test.ts` keeps the two in step.
 */
export type Scheme = 'light' | 'dark';

export interface Palette {
	/** The page's ground: warm paper. */
	paper: string;
	/** Cards and fields, one step above the ground. */
	raised: string;
	/** Text. */
	ink: string;
	/** Secondary text, still 4.5:1 on paper. */
	inkSoft: string;
	/** Hairlines. */
	line: string;
	/** Deep evergreen: links, headings, the house's own colour. */
	evergreen: string;
	/** Clay: the next thing to do, and nothing else. */
	clay: string;
	/** What stands on clay or evergreen. */
	onStrong: string;
	map: { water: string; land: string; park: string; street: string; rail: string; boundary: string; label: string };
}

export const palettes: Record<Scheme, Palette> = {
	light: {
		paper: '#faf6ee',
		raised: '#fffdf8',
		ink: '#17302a',
		inkSoft: '#4a5f57',
		line: '#d8d0bf',
		evergreen: '#1c5141',
		clay: '#a5472a',
		onStrong: '#fffdf8',
		map: {
			water: '#cfe0e2',
			land: '#f4eee1',
			park: '#d3e0c2',
			street: '#fffdf8',
			rail: '#7f8f96',
			boundary: '#b9ad96',
			label: '#4a5f57'
		}
	},
	dark: {
		paper: '#13201b',
		raised: '#1b2b25',
		ink: '#ece6d9',
		inkSoft: '#b4c0b7',
		line: '#3a4d45',
		evergreen: '#93cdb3',
		clay: '#eb9a74',
		onStrong: '#13201b',
		map: {
			water: '#16303a',
			land: '#1d2a25',
			park: '#23402f',
			street: '#34453e',
			rail: '#7b8f93',
			boundary: '#51665c',
			label: '#b4c0b7'
		}
	}
};

/**
 * A colour for each top category, by its slug in `taxonomy.csv`; the icon always goes with it, so colour is never the
 * only sign. `light` carries a white icon, `dark` a dark one; each is at least 4.5:1.
 */
export const categoryColours: Record<string, Record<Scheme, string>> = {
	food: { light: '#a5472a', dark: '#eb9a74' },
	'cheap-cafes': { light: '#7c5532', dark: '#d2ab80' },
	indoors: { light: '#8a5a10', dark: '#e2b65c' },
	talk: { light: '#9a3b5b', dark: '#eb9ab4' },
	'support-groups': { light: '#7b4a86', dark: '#cfa3d8' },
	learning: { light: '#38599b', dark: '#9db8ee' },
	health: { light: '#a83a3a', dark: '#f09a92' },
	'mental-health': { light: '#8c3f78', dark: '#e2a0d0' },
	recreation: { light: '#196c80', dark: '#83c9da' },
	outdoors: { light: '#3d6b2c', dark: '#a5cf8d' },
	'washrooms-water': { light: '#22618f', dark: '#8dc0e6' },
	laundry: { light: '#4a6374', dark: '#abc3d2' },
	'getting-around': { light: '#4c5560', dark: '#b9c2cc' },
	'housing-help': { light: '#6b5a1e', dark: '#d4c278' },
	work: { light: '#5a5590', dark: '#b9b3ea' },
	arts: { light: '#94461f', dark: '#e9a67c' },
	papers: { light: '#2f6b5e', dark: '#8fcdbd' }
};
