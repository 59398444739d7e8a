import { randomUUID } from 'node:crypto';
import { sql } from '../support/database.ts';

/** A name that nothing else in the directory has: `prefix` and some small letters. */
export const ownName = (prefix: string): string =>
	`${prefix}${[...randomUUID().replaceAll('-', '')]
		.map((digit) => String.fromCharCode(97 + parseInt(digit, 16)))
		.join('')
		.slice(0, 8)}`;

export interface Category {
	id: string;
	code: string;
	number: number;
}

/** A category with a code of its own that begins with `name`. */
export async function aCategory(
	name: string,
	given: { title?: string; parent?: Category; position?: number } = {}
): Promise<Category> {
	const [taxonomy] = await sql<{ id: string }[]>`
		insert into public.taxonomies (name) values ('Of the tests') on conflict (name) do update set name = excluded.name
		returning id`;
	const [row] = await sql<Category[]>`
		insert into public.taxonomy_terms (taxonomy_id, code, name, parent_id, icon, position)
		values (${taxonomy!.id}, ${ownName(`${name}-`)}, ${given.title ?? name}, ${given.parent?.id ?? null}, 'circle',
			${given.position ?? 0})
		returning id, code, number`;
	return row!;
}

export async function forgetCategories(...categories: Category[]): Promise<void> {
	await sql`delete from public.taxonomy_terms where id in ${sql(categories.map(({ id }) => id))}`;
}

export interface Neighbourhood {
	id: number;
	slug: string;
	name: string;
	lat: number;
	lng: number;
}

/** A neighbourhood with a slug of its own, a square of 0.1 degrees around a point. */
export async function aNeighbourhood(
	name: string,
	{ lat, lng, alternateNames = [] }: { lat: number; lng: number; alternateNames?: string[] }
): Promise<Neighbourhood> {
	const outline = `((${lng - 0.05},${lat - 0.05}),(${lng + 0.05},${lat - 0.05}),(${lng + 0.05},${lat + 0.05}),(${lng - 0.05},${lat + 0.05}))`;
	const own = ownName(`${name.toLowerCase()}-`);
	const [row] = await sql<Neighbourhood[]>`
		insert into public.neighbourhoods (slug, name, alternate_names, latitude, longitude, outline)
		values (${own}, ${name}, ${alternateNames}, ${lat}, ${lng}, ${outline}::text::polygon)
		returning id, slug, name, latitude as lat, longitude as lng`;
	return row!;
}

export async function forgetNeighbourhoods(...neighbourhoods: Neighbourhood[]): Promise<void> {
	await sql`delete from public.neighbourhoods where id in ${sql(neighbourhoods.map(({ id }) => id))}`;
}

/** What people type and what it means, until the returned function is called. */
export async function aSynonym(term: string, means: string[]): Promise<() => Promise<void>> {
	await sql`insert into public.search_synonyms (term, means) values (${term}, ${means})`;
	return async () => {
		await sql`delete from public.search_synonyms where term = ${term}`;
	};
}
