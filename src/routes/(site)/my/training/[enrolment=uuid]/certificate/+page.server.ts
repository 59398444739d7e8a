import { error } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { requirePerson } from '$lib/people/guard.server';
import { checkAddress, verifyCertificate } from '$lib/training/certificates.server';
import { known, ownPlace } from '$lib/training/sign-up.server';
import { dayInWords } from '$lib/ui/day';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const person = await requirePerson(event);
	const own = await ownPlace(event);
	const valid = own.certificate ? await verifyCertificate(event.locals.supabase, own.certificate) : null;
	if (!own.certificate || !valid) error(404, m.error_not_found());
	const details = known(own.details);
	return {
		person,
		/** Without a name that can be read there is nothing to print. */
		certificate: details && {
			name: details.name,
			training: valid.title,
			program: valid.program,
			day: dayInWords(valid.completed_on),
			hours: own.practicum_hours,
			number: own.certificate,
			address: checkAddress(event.url)
		}
	};
};
