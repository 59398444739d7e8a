import { redirect } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { mayActAs } from '$lib/people/person';
import { staff } from '$lib/people/staff.server';
import { idsIn, isBehind, Supervisors } from '$lib/referrals/matching/schemas';
import { matchesOf, setSupervisors, supervisors } from '$lib/referrals/matching/workers.server';
import { workerPage } from '$lib/referrals/matching/workers-page.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, coordinates, worker } = await workerPage(event);
	const db = event.locals.personal;
	const [matches, named] = await Promise.all([
		matchesOf(db, program.id, worker.id),
		coordinates ? supervisors(db, program.id) : []
	]);
	const before = idsIn(worker.supervisor_ids);
	const opening = { before, supervisors: worker.supervisor_ids };
	const typed = await typedBefore(event, 'supervisors');
	const form = await superValidate(typed ?? opening, zod4(Supervisors), { errors: false });
	return {
		program,
		coordinates,
		isAdmin: mayActAs(program.roles, 'admin'),
		worker,
		matches: matches ?? [],
		// Nobody supervises themselves.
		supervisors: named.filter(({ id }) => id !== worker.id),
		before,
		isBehind: isBehind(form.data, worker.supervisor_ids),
		form,
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	supervisors: async (event) => {
		const { person, program } = await staff(event, 'coordinator');
		const form = await superValidate(event.request, zod4(Supervisors));
		if (!form.valid) return fail(400, { form, isBehind: false });
		const { worker } = await workerPage(event);
		if (isBehind(form.data, worker.supervisor_ids)) return fail(409, { form, isBehind: true });
		const refused = await setSupervisors(event.locals.personal, program.id, worker.id, form.data.supervisors);
		if (refused) {
			setError(form, 'supervisors._errors', m.workers_set_refused());
			return fail(409, { form, isBehind: false });
		}
		await forgetTyped(event, 'supervisors');
		const several = person.programs.length > 1;
		const address = staffAddress(`/desk/workers/${worker.id}`, { program: program.slug, several, done: 'supervisors' });
		redirect(303, address);
	}
};
