import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { staff } from '$lib/people/staff.server';
import { deskCohort, readCohort } from '$lib/training/desk/cohort.server';
import { version as Version } from '$lib/training/desk/desk-fields';
import { hasHappened, movedRefusal } from '$lib/training/desk/state-words';
import { moveCohort, type CohortEvent } from '$lib/training/desk/plan.server';
import type { Actions, PageServerLoad, RouteParams } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, cohort } = await deskCohort(event);
	return {
		program,
		cohort,
		now: event.locals.clock.now(),
		done: event.url.searchParams.get('done')
	};
};

/** @param asksTwice what can't be undone is ticked first */
const move =
	(what: CohortEvent, { asksTwice = false } = {}) =>
	async (event: RequestEvent<RouteParams>) => {
		const { person, program: first } = await staff(event, 'coordinator');
		const several = person.programs.length > 1;
		// Thrown away already: the same form sent twice.
		if (what === 'remove' && !(await readCohort(event.locals.personal, event.params.cohort)))
			redirect(303, staffAddress('/desk/training', { program: first.slug, several, done: what }));
		const { program, cohort } = await deskCohort(event);
		const sent = await event.request.formData();
		const { success, data: version } = Version.safeParse(sent.get('version') ?? undefined);
		if (!success) error(400, m.error_other_text());
		if (asksTwice && sent.get(what) !== 'on') return fail(400, { errors: { [what]: [m.cohort_error_sure()] } });
		const answer = await moveCohort(event.locals.personal, { id: cohort.id, version }, what);
		if ('refused' in answer && !(answer.refused === 'stale' && hasHappened(what, cohort.state)))
			return fail(answer.refused === 'past' ? 400 : 409, { errors: { _errors: [movedRefusal(answer.refused)] } });
		drainSoon(event);
		const path = what === 'remove' ? '/desk/training' : `/desk/training/${cohort.id}/state`;
		redirect(303, staffAddress(path, { program: program.slug, several, done: what }));
	};

export const actions: Actions = {
	publish: move('publish'),
	open: move('open'),
	close: move('close'),
	cancel: move('cancel', { asksTwice: true }),
	remove: move('remove', { asksTwice: true })
};
