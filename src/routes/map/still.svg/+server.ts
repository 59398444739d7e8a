import { drawStillMap } from '$lib/map/still';
import { readStillMapQuery } from '$lib/map/still-query';
import { m } from '$lib/paraglide/messages';
import type { RequestHandler } from './$types';

/** The still map as an SVG: see `stillMapUrl` for its parameters. What is wrong in them is left out; it is never an error. */
export const GET: RequestHandler = async ({ url, request }) => {
	const map = readStillMapQuery(url.searchParams);
	const count = map.pins.length;
	const title = count === 0 ? m.map_alt_none() : count === 1 ? m.map_title_one() : m.map_title_many({ count });
	const svg = drawStillMap({ ...map, title, credit: m.map_credit_sketch() });
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(svg));
	const etag = `"${[...new Uint8Array(digest, 0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
	const headers = {
		etag,
		'cache-control': 'public, max-age=86400, stale-while-revalidate=604800',
		'content-type': 'image/svg+xml; charset=utf-8'
	};
	// Caches on the way may have made it weak.
	const known = request.headers.get('if-none-match')?.split(/\s*,\s*/) ?? [];
	if (known.includes(etag) || known.includes(`W/${etag}`)) return new Response(null, { status: 304, headers });
	return new Response(svg, { headers });
};
