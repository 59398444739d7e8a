import { drawStillMap } from '$lib/map/still';
import { readStillMapQuery } from '$lib/map/still-query';
import { m } from '$lib/paraglide/messages';
import { answerOwn } from '$lib/server/machine';
import type { RequestHandler } from './$types';

/** The still map as an SVG: see `stillMapUrl` for its parameters. What is wrong in them is left out; it is never an error. */
export const GET: RequestHandler = ({ url, request }) => {
	const map = readStillMapQuery(url.searchParams);
	const count = map.pins.length;
	const title = count === 0 ? m.map_alt_none() : count === 1 ? m.map_title_one() : m.map_title_many({ count });
	const svg = drawStillMap({ ...map, title, credit: m.map_credit_sketch() });
	return answerOwn(request, {
		body: svg,
		type: 'image/svg+xml; charset=utf-8',
		headers: { 'cache-control': 'public, max-age=86400, stale-while-revalidate=604800' }
	});
};
