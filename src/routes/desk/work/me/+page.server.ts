import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { addDays, dateIn } from '$lib/directory/local-time';
import * as people from '$lib/people/people.server';
import { staffAddress } from '$lib/people/address';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import * as inbox from '$lib/referrals/inbox.server';
import { LANGUAGES } from '$lib/referrals/request';
import { endOfWeek } from '$lib/referrals/support/due';
import { MOST_LESS, workerForm, type WorkerForm } from '$lib/referrals/support/work-schemas';
import {
	markOf,
	readWorker,
	saveWorker,
	UNSAID,
	type WorkerRefusal,
	type WorkerSays
} from '$lib/referrals/support/worker.server';
import { m } from '$lib/paraglide/messages';
import type { Actions, PageServerLoad } from './$types';

const says = async ({ locals }: RequestEvent, program: string, person: string): Promise<WorkerSays> =>
	(await readWorker(locals.personal, program, person)) ?? UNSAID;

const saidIn = (
	{ cap, less, less_until, areas, languages, about, wishes, phone }: WorkerForm,
	today: string
): WorkerSays => ({
	cap,
	less_until: less === 'week' ? endOfWeek(today) : less === 'day' ? less_until : null,
	area_ids: areas,
	language_codes: languages,
	about,
	wishes,
	phone
});

/** Whether what is there has been changed since the form was shown, to something else than it says itself. */
async function isBehind(form: WorkerForm, there: WorkerSays, today: string): Promise<boolean> {
	const mark = await markOf(there);
	return form.before !== '' && form.before !== mark && (await markOf(saidIn(form, today))) !== mark;
}

export const load: PageServerLoad = async (event) => {
	const { person, program } = await staff(event, 'worker');
	const db = event.locals.personal;
	const [there, areas, colleagues] = await Promise.all([
		says(event, program.id, person.id),
		inbox.areas(db, program.id),
		people.colleagues(db, program.id)
	]);
	const today = dateIn(program.time_zone, event.locals.clock.now());
	const week = endOfWeek(today);
	const until = there.less_until !== null && there.less_until >= today ? there.less_until : '';
	const before = await markOf(there);
	const opening = {
		before,
		cap: there.cap,
		less: until === '' ? ('no' as const) : until === week ? ('week' as const) : ('day' as const),
		less_until: until === week ? '' : until,
		areas: there.area_ids.filter((id) => areas.some((area) => area.id === id)),
		languages: LANGUAGES.filter((code) => there.language_codes.includes(code)),
		about: there.about,
		wishes: there.wishes,
		phone: there.phone
	};
	const typed = await typedBefore(event);
	const form = await superValidate(typed ?? opening, zod4(workerForm(today)), { errors: false });
	return {
		program,
		areas,
		week,
		days: { from: today, to: addDays(today, MOST_LESS) },
		awayUntil: colleagues.find(({ id }) => id === person.id)?.away_until ?? null,
		/** What stands there now, for a form that is behind it. */
		there: { ...there, less_until: until, before },
		isBehind: await isBehind(form.data, there, today),
		form
	};
};

const REFUSED: Record<WorkerRefusal, ['less_until' | 'areas' | '', () => string]> = {
	not_allowed: ['', m.error_not_staff],
	past: ['less_until', m.work_error_less_past],
	too_far: ['less_until', m.work_error_less_far],
	unknown_area: ['areas', m.work_error_area]
};

export const actions: Actions = {
	default: async (event) => {
		const { person, program } = await staff(event, 'worker');
		const today = dateIn(program.time_zone, event.locals.clock.now());
		const form = await superValidate(event.request, zod4(workerForm(today)));
		if (!form.valid) return fail(400, { form, isBehind: false });
		if (await isBehind(form.data, await says(event, program.id, person.id), today))
			return fail(409, { form, isBehind: true });
		const refused = await saveWorker(event.locals.personal, program.id, saidIn(form.data, today));
		if (refused) {
			const [field, words] = REFUSED[refused];
			setError(form, field === 'areas' ? 'areas._errors' : field, words());
			return fail(400, { form, isBehind: false });
		}
		await forgetTyped(event);
		redirect(
			303,
			staffAddress('/desk/work', { program: program.slug, several: person.programs.length > 1, done: 'me' })
		);
	}
};
