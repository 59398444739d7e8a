import type { RequestHandler } from './$types';

/** Whether the site and its database answer. Never cached. */
export const GET: RequestHandler = async ({ locals }) => {
	const { error } = await locals.supabase.from('programs').select('id').limit(1);
	const status = error ? 'unavailable' : 'ok';
	return Response.json(
		{ status, database: error ? 'away' : 'ok', time: locals.clock.now().toISOString() },
		{
			status: error ? 503 : 200,
			headers: { 'cache-control': 'no-store', 'access-control-allow-origin': '*' }
		}
	);
};
