import { PRIVATE_CACHE } from '$lib/server/headers';
import type { RequestHandler } from './$types';

/** Whose session this is, for pages that the edge keeps for everybody: `{ email }`, null for nobody. */
export const GET: RequestHandler = async ({ locals }) =>
	Response.json({ email: (await locals.person())?.email ?? null }, { headers: { 'cache-control': PRIVATE_CACHE } });
