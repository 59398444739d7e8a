/** What points weigh on their way. */
import type { Sql } from 'postgres';
import { gzipSync } from 'node:zlib';
import { categoryNumber } from '../../src/lib/map/categories.ts';
import { encodePoints } from '../../src/lib/map/points.ts';

interface Columns {
	n: number[];
	lat: number[];
	lng: number[];
	category: string[];
}

export async function benchPoints(sql: Sql, print: (line: string) => void): Promise<void> {
	const [answer] = await sql<{ points: Columns }[]>`select public.place_points('{}') as points`;
	const { n, lat, lng, category } = answer!.points;
	const bytes = encodePoints(
		n.map((number, i) => ({
			n: number,
			lat: lat[i]! / 1e5,
			lng: lng[i]! / 1e5,
			category: categoryNumber(category[i]!)
		}))
	);
	const packed = gzipSync(bytes).length;
	print(
		`\nPoints for the map: ${n.length.toLocaleString('en')} in ${packed.toLocaleString('en')} bytes compressed, ` +
			`${(packed / n.length).toFixed(2)} bytes a point (promised: ≤ 10)`
	);
}
