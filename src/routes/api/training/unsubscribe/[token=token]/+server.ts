import { m } from '$lib/paraglide/messages';
import { PRIVATE_CACHE } from '$lib/server/headers';
import { machineRoute } from '$lib/server/machine-route';
import { stop } from '$lib/training/interest/interest.server';

/** What a mail program sends by its own button (RFC 8058), with nothing but the address. Once more is as good. */
export const POST = machineRoute(async ({ params, locals }) => {
	await stop(locals.supabase, params.token!);
	return new Response(m.notify_stopped(), {
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': PRIVATE_CACHE }
	});
});

/** Some show the address as a link: looking ends nothing, and the page has a button. */
export const GET = machineRoute(({ params }) =>
	Promise.resolve(
		new Response(null, {
			status: 303,
			headers: { location: `/training/notify/${params.token!}`, 'cache-control': PRIVATE_CACHE }
		})
	)
);
