import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { categoryColours } from '../ui/palette.ts';
import { categoryNumber, topCategories, topCategory } from './categories.ts';

const taxonomy = parse(readFileSync('supabase/seed/taxonomy.csv'), { columns: true }) as Record<string, string>[];

describe("the map's categories", () => {
	it('are the top ones of the taxonomy, with their icons', () => {
		const top = taxonomy.filter(({ parent }) => parent === '').map(({ slug, icon }) => ({ slug, icon }));
		expect(topCategories).toEqual(top);
	});

	it('each have a colour', () => {
		expect(Object.keys(categoryColours).toSorted()).toEqual(topCategories.map(({ slug }) => slug).toSorted());
	});

	it('find the top category of a place by its own slugs or by what they are under', () => {
		expect(topCategory(['libraries', 'indoors'])).toBe('indoors');
		expect(topCategory(['libraries'], { libraries: 'indoors' })).toBe('indoors');
		expect(topCategory(['unheard-of'])).toBeUndefined();
		expect(categoryNumber('food')).toBe(0);
		expect(categoryNumber('unheard-of')).toBe(topCategories.length);
	});
});
