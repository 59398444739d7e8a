import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { categoryColours, palettes, type Scheme } from './palette';

const css = ['tokens', 'categories']
	.map((name) => readFileSync(new URL(`../../styles/${name}.css`, import.meta.url), 'utf8'))
	.join('\n');
const taxonomy = parse<{ slug: string; parent: string }>(
	readFileSync(new URL('../../../supabase/seed/taxonomy.csv', import.meta.url), 'utf8'),
	{ columns: true }
);
const topCategories = taxonomy.filter((term) => !term.parent).map((term) => term.slug);

/** The custom properties of the first `:root` block after `marker`. */
function tokens(marker: string): Record<string, string> {
	const start = css.indexOf(':root {', css.indexOf(marker));
	const block = css.slice(start, css.indexOf('}', start));
	return Object.fromEntries(
		[...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]+);/g)].map(([, name, value]) => [name, value])
	);
}

const schemes: Record<Scheme, Record<string, string>> = {
	light: tokens('@layer tokens {'),
	dark: tokens('prefers-color-scheme: dark')
};

/** WCAG 2.2's relative luminance. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
	const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex;
	const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
		const value = parseInt(full.slice(at, at + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
	const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
	return (light + 0.05) / (dark + 0.05);
}

test('contrast is computed as WCAG does', () => {
	expect(contrast('#000', '#ffffff')).toBeCloseTo(21);
	expect(contrast('#777777', '#fff')).toBeCloseTo(4.48, 2);
});

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
	const palette = palettes[scheme];
	const token = (name: string): string => {
		const value = schemes[scheme][name];
		if (!value) throw new Error(`tokens.css has no --${name} for ${scheme}`);
		return value;
	};

	test('tokens.css has the palette’s own values', () => {
		const shared = {
			paper: palette.paper,
			raised: palette.raised,
			ink: palette.ink,
			'ink-soft': palette.inkSoft,
			line: palette.line,
			evergreen: palette.evergreen,
			clay: palette.clay,
			'on-strong': palette.onStrong
		};
		expect(schemes[scheme]).toMatchObject(shared);
	});

	test('each top category has its colour in the palette, as a token and as a class', () => {
		expect(Object.keys(categoryColours).sort()).toEqual([...topCategories].sort());
		for (const slug of topCategories) {
			expect(token(`cat-${slug}`)).toBe(categoryColours[slug]?.[scheme]);
			expect(css).toContain(`.cat-${slug} {\n\t\t--cat: var(--cat-${slug});`);
		}
	});

	test('an icon on its category’s colour is at least 4.5:1, and the colour on the page too', () => {
		for (const slug of topCategories) {
			expect(contrast(token(`cat-${slug}`), token('on-category')), slug).toBeGreaterThanOrEqual(4.5);
			expect(contrast(token(`cat-${slug}`), token('paper')), `${slug} on paper`).toBeGreaterThanOrEqual(4.5);
			expect(contrast(token(`cat-${slug}`), token('raised')), `${slug} on a card`).toBeGreaterThanOrEqual(4.5);
		}
	});

	test.each(
		['ink', 'ink-soft', 'evergreen', 'clay', 'clay-deep', 'danger'].flatMap((text) =>
			['paper', 'raised', 'sand', 'wash', 'clay-wash'].map((ground) => [text, ground] as const)
		)
	)('%s reads on %s', (text, ground) => {
		expect(contrast(token(text), token(ground))).toBeGreaterThanOrEqual(4.5);
	});

	test.each([
		['on-strong', 'clay'],
		['on-strong', 'clay-deep'],
		['on-strong', 'evergreen'],
		['on-shade', 'shade']
	])('%s reads on %s', (text, ground) => {
		expect(contrast(token(text), token(ground))).toBeGreaterThanOrEqual(4.5);
	});

	test('the labels of the map read on all its grounds', () => {
		const { label, land, park, water } = palette.map;
		for (const ground of [land, park, water]) expect(contrast(label, ground)).toBeGreaterThanOrEqual(4.5);
	});
});
