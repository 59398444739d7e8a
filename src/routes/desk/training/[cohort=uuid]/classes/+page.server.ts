import { error, redirect } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { dateIn } from '$lib/directory/local-time';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import { ClassesForm } from '$lib/training/desk/class-form';
import { classesBy, patternOf } from '$lib/training/desk/class-pattern';
import { deskCohort } from '$lib/training/desk/cohort.server';
import { patternFaults, patternTyped } from '$lib/training/desk/pattern-form';
import { addClasses } from '$lib/training/desk/plan.server';
import { addedRefusal } from '$lib/training/desk/refusal-words';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, cohort } = await deskCohort(event);
	const pattern = patternOf(cohort.meetings, program.time_zone);
	const opening = {
		form: crypto.randomUUID(),
		...(pattern && { from: pattern.from, to: pattern.to, every: pattern.every }),
		count: '1'
	};
	const now = event.locals.clock.now();
	return {
		program,
		cohort,
		now,
		today: dateIn(program.time_zone, now),
		done: event.url.searchParams.get('done'),
		form: await superValidate((await typedBefore(event)) ?? opening, zod4(ClassesForm), { errors: false })
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { person } = await staff(event, 'coordinator');
		const { program, cohort } = await deskCohort(event);
		const form = await superValidate(event.request, zod4(ClassesForm));
		if (!form.data.form) error(400, m.error_other_text());
		const zone = program.time_zone;
		const now = event.locals.clock.now();
		const faults = patternFaults(form.data, { zone, now, today: dateIn(zone, now) });
		for (const { field, message } of faults) setError(form, field, message);
		if (!form.valid) return fail(400, { form });
		const classes = classesBy(patternTyped(form.data), zone);
		const answer = await addClasses(event.locals.personal, cohort.id, form.data.form, classes, form.data.topic);
		if ('refused' in answer) {
			const { field, message, status } = addedRefusal(answer.refused);
			setError(form, field, message);
			return fail(status, { form });
		}
		drainSoon(event);
		await forgetTyped(event);
		const several = person.programs.length > 1;
		redirect(
			303,
			staffAddress(`/desk/training/${cohort.id}/classes`, { program: program.slug, several, done: 'added' })
		);
	}
};
