import { redirect } from '@sveltejs/kit';
import { fail, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { requirePerson } from '$lib/people/guard.server';
import { saveDetails } from '$lib/training/enrolments.server';
import { ChangeDetails, detailsOf } from '$lib/training/sign-up';
import { known, ownPlace } from '$lib/training/sign-up.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, request } = event;
	// A form whose session has ended meanwhile is shown again, so that it isn't lost.
	const hasEnded = request.method === 'POST' && !(await locals.person());
	const person = hasEnded ? null : await requirePerson(event);
	const own = person && (await ownPlace(event));
	return {
		person,
		own: own && { version: own.version, training: own.training, details: known(own.details) }
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await superValidate(event.request, zod4(ChangeDetails));
		if (!(await event.locals.person())) return fail(401, { form, isStale: false });
		await requirePerson(event);
		const own = await ownPlace(event);
		if (!form.valid) return fail(400, { form, isStale: false });
		const now = known(own.details);
		// What can't be opened is not written over.
		if (own.details && !now) return fail(409, { form, isStale: false });
		const wanted = {
			...detailsOf(form.data, now?.answers ?? []),
			...(now && { reach: now.reach, address: now.address })
		};
		const isSaved = now !== null && JSON.stringify(wanted) === JSON.stringify({ ...wanted, ...now });
		const refused = isSaved
			? null
			: await saveDetails(event.locals.personal, { id: own.id, version: form.data.version }, wanted);
		if (refused) return fail(409, { form, isStale: true });
		redirect(303, `/my/training?done=details#place-${own.id}`);
	}
};
