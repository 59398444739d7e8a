import { env } from '$env/dynamic/private';
import { error } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { requirePerson } from '$lib/people/guard.server';
import { listSent } from '$lib/referrals/mine.server';
import { slipContact } from '$lib/referrals/slip';
import { readContact } from '$lib/server/contact';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const person = await requirePerson(event);
	const { reference } = event.params;
	const sent = await listSent(event.locals.personal);
	if (!sent.some((line) => line.reference === reference)) error(404, m.error_not_found());
	return { person, reference, contact: slipContact(readContact(env)) };
};
