import { error } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { checkAddress, verifyCertificate } from '$lib/training/certificates.server';
import { personPage } from '$lib/training/desk/people-page.server';
import { detailsOf } from '$lib/training/desk/roster';
import { dayInWords } from '$lib/ui/day';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, cohort, person } = await personPage(event);
	const found = person.certificate && (await verifyCertificate(event.locals.personal, person.certificate));
	if (!person.certificate || !found) error(404, m.roster_certificate_gone());
	return {
		program,
		cohort,
		certificate: {
			name: detailsOf(person)?.name ?? m.roster_broken_name(),
			training: found.title,
			program: found.program,
			day: dayInWords(found.completed_on),
			hours: person.practicum_hours,
			number: person.certificate,
			address: checkAddress(event.url)
		}
	};
};
