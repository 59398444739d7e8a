import type { RequestEvent } from '@sveltejs/kit';
import { env } from '$env/dynamic/private';
import { helpLines } from '$lib/help/lines';
import type { Helpers } from '$lib/referrals/desk-samples';
import { readContact } from '$lib/server/contact';
import { available } from '$lib/server/unavailable';

/** Whom a no can point to. `area`: the client's, which is often a neighbourhood that the directory has a page of. */
export async function helpersNear({ url, locals }: RequestEvent, area: string | null): Promise<Helpers> {
	const asked = locals.supabase
		.from('neighbourhoods')
		.select('name, slug')
		.eq('name', area ?? '');
	const [found] = available(await asked);
	return {
		places: found
			? { name: found.name, href: `${url.origin}/neighbourhoods/${found.slug}` }
			: { name: null, href: `${url.origin}/places` },
		contact: readContact(env),
		urgent: helpLines.filter(({ need }) => need === 'danger' || need === 'talk').slice(0, 3)
	};
}
