import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { instantsOf } from '$lib/directory/day-times';
import { dateIn } from '$lib/directory/local-time';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import { ClassForm, classTyped, isClassSaved } from '$lib/training/desk/class-form';
import { deskCohort } from '$lib/training/desk/cohort.server';
import { timesFaults } from '$lib/training/desk/pattern-form';
import { saveClass } from '$lib/training/desk/plan.server';
import { classRefusal } from '$lib/training/desk/refusal-words';
import type { Actions, PageServerLoad, RouteParams } from './$types';

type Event = RequestEvent<RouteParams>;

async function classPage(event: Event) {
	const { program, cohort } = await deskCohort(event);
	const meeting = cohort.meetings.find(({ id }) => id === event.params.class);
	if (!meeting) error(404, m.error_not_found());
	return { program, cohort, meeting };
}

export const load: PageServerLoad = async (event) => {
	const { program, cohort, meeting } = await classPage(event);
	const typed = await typedBefore(event, 'save');
	const opening = classTyped(meeting, program.time_zone);
	return {
		program,
		cohort,
		meeting,
		/** It was changed since what is back was typed. */
		isBehind: typed !== null && Number(typed.get('version')) !== meeting.sequence,
		form: await superValidate(typed ?? opening, zod4(ClassForm), { errors: false })
	};
};

async function leave(event: Event, done: string): Promise<never> {
	const { person } = await staff(event, 'coordinator');
	const { program } = await deskCohort(event);
	drainSoon(event);
	await forgetTyped(event, 'save');
	const path = `/desk/training/${event.params.cohort}/classes`;
	redirect(303, staffAddress(path, { program: program.slug, several: person.programs.length > 1, done }));
}

/** Calls a class off, or puts it back. */
const mark = (is_cancelled: boolean) => async (event: Event) => {
	await staff(event, 'coordinator');
	const { program, cohort } = await deskCohort(event);
	const meeting = cohort.meetings.find(({ id }) => id === event.params.class);
	// A class of a draft is taken out of it: the same form sent twice.
	if (!meeting && is_cancelled) return leave(event, 'off');
	if (!meeting) error(404, m.error_not_found());
	const { version } = (await superValidate(event.request, zod4(ClassForm))).data;
	const { starts_at, ends_at, topic } = meeting;
	const answer = await saveClass(
		event.locals.personal,
		meeting.id,
		{ starts_at, ends_at, topic, is_cancelled },
		version
	);
	const isDone = 'ok' in answer || (answer.refused === 'stale' && meeting.is_cancelled === is_cancelled);
	if (isDone) return leave(event, is_cancelled ? 'off' : 'back');
	const form = await superValidate(classTyped(meeting, program.time_zone), zod4(ClassForm), { errors: false });
	const { message, status } = classRefusal(answer.refused);
	setError(form, '', message);
	return fail(status, { form, isBehind: false });
};

export const actions: Actions = {
	save: async (event) => {
		await staff(event, 'coordinator');
		const { program, meeting } = await classPage(event);
		const zone = program.time_zone;
		const form = await superValidate(event.request, zod4(ClassForm));
		const typed = form.data;
		const there = classTyped(meeting, zone);
		const isMoved = typed.day !== there.day || typed.from !== there.from;
		const today = dateIn(zone, event.locals.clock.now());
		for (const { field, message } of timesFaults(typed, { field: 'day', today: isMoved ? today : null }))
			setError(form, field, message);
		if (!form.valid) return fail(400, { form, isBehind: false });
		const { is_cancelled } = meeting;
		const answer = await saveClass(
			event.locals.personal,
			meeting.id,
			{ ...instantsOf(typed, zone), topic: typed.topic, is_cancelled },
			typed.version
		);
		const isDone = 'ok' in answer || (answer.refused === 'stale' && isClassSaved(typed, meeting, zone));
		if (isDone) return leave(event, 'class');
		const { field, message, status } = classRefusal(answer.refused);
		setError(form, field, message);
		return fail(status, { form, isBehind: answer.refused === 'stale' });
	},
	off: mark(true),
	back: mark(false)
};
