/** The form of a training: how it opens, a new one or one there is, and sending it. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { fail, setError, superValidate, type SuperValidated } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { dateIn } from '$lib/directory/local-time';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import type { Person, ProgramMembership } from '$lib/people/person';
import { staff } from '$lib/people/staff.server';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { classesBy, patternOf } from './class-pattern';
import { CohortForm, cohortGiven, dayFaults, isSaved, plansClasses, typedOf } from './cohort-form';
import { readCohort, type DeskCohort } from './cohort.server';
import { patternTyped } from './pattern-form';
import { addClasses, saveCohort, type SavedCohort } from './plan.server';

/** The areas that a training can be for: those in use, and the one that it has. */
export async function areasOf(db: Supabase, program: string, chosen: string | null = null) {
	const all = available(await db.from('areas').select('id, name, is_active').eq('program_id', program).order('name'));
	return all
		.filter(({ id, is_active }) => is_active || id === chosen)
		.map(({ id, name }) => ({ value: id, label: name }));
}

/** How the form of a new one opens: empty, as another one, or as it was typed before its writer was signed out. */
export async function openNew(event: RequestEvent, program: ProgramMembership) {
	const db = event.locals.personal;
	const asked = event.url.searchParams.get('copy');
	const source = asked && /^[\da-f-]{36}$/.test(asked) ? await readCohort(db, asked) : null;
	const copied = source?.program_id === program.id ? source : null;
	const opening = {
		...(copied && { ...copyOf(copied) }),
		id: crypto.randomUUID(),
		version: 0
	};
	const form = await superValidate((await typedBefore(event)) ?? opening, zod4(CohortForm), { errors: false });
	const made = form.data.id ? await readCohort(db, form.data.id) : null;
	return { form, copied: copied?.title ?? null, now: made };
}

/** Everything but its days. */
function copyOf(source: DeskCohort): Partial<CohortForm> {
	const pattern = patternOf(source.meetings, source.time_zone);
	return {
		...typedOf(source),
		copy_of: source.id,
		...{ opens_day: '', opens_time: '', closes_day: '', closes_time: '' },
		...(pattern && { ...pattern, count: String(pattern.count) })
	};
}

type Refusal = Extract<SavedCohort, { refused: string }>['refused'];

const FIELDS: Partial<Record<Refusal, ['kind' | 'place' | 'closes_day', () => string]>> = {
	kind: ['kind', m.cohort_error_kind],
	place: ['place', m.cohort_error_place_unknown],
	dates: ['closes_day', m.cohort_error_closes]
};

interface Refused {
	form: SuperValidated<CohortForm>;
	/** The training as it stands, where it was changed meanwhile. */
	now: DeskCohort | null;
}

const refuse = (status: number, form: SuperValidated<CohortForm>, now: DeskCohort | null = null) =>
	fail(status, { form, now } satisfies Refused);

/**
 * Saves a training and, of a new one, its classes. It ends at the training's page, or back at the form with what was typed.
 *
 * @param of the one in the address; null for a new one
 */
export async function submitCohort(
	event: RequestEvent,
	{ person, program, of }: { person: Person; program: ProgramMembership; of: DeskCohort | null }
) {
	const db = event.locals.personal;
	const form = await superValidate(event.request, zod4(CohortForm));
	const typed = form.data;
	if (of) typed.id = of.id;
	if (!typed.id) error(400, m.error_other_text());
	const zone = program.time_zone;
	const now = event.locals.clock.now();
	const today = dateIn(zone, now);
	for (const { field, message } of dayFaults(typed, of, { zone, now, today })) setError(form, field, message);
	if (!form.valid) return refuse(400, form);

	const given = cohortGiven(typed, { zone, year: today.slice(0, 4) });
	const answer = await saveCohort(db, program.id, typed, given);
	const there = 'refused' in answer && answer.refused === 'stale' ? await readCohort(db, typed.id) : null;
	const isThere = there !== null && isSaved(given, there);
	if ('refused' in answer && !isThere) {
		const wrong = FIELDS[answer.refused];
		if (wrong) setError(form, wrong[0], wrong[1]());
		return wrong
			? refuse(400, form)
			: refuse(409, setRefused(form, answer.refused, { isNew: of === null, isThere: there !== null }), there);
	}
	const isNew = typed.version === 0;
	const added = isNew && plansClasses(typed) ? await planned(db, typed, zone) : true;
	drainSoon(event);
	await forgetTyped(event);
	const several = person.programs.length > 1;
	const page = `/desk/training/${typed.id}`;
	const to = added ? { path: page, done: isNew ? 'made' : 'saved' } : { path: `${page}/classes`, done: 'unplanned' };
	redirect(303, staffAddress(to.path, { program: program.slug, several, done: to.done }));
}

/** Whether the classes of a new one are there. */
async function planned(db: Supabase, typed: CohortForm, zone: string): Promise<boolean> {
	return 'ok' in (await addClasses(db, typed.id, 'new', classesBy(patternTyped(typed), zone)));
}

function setRefused(
	form: SuperValidated<CohortForm>,
	refused: Refusal,
	{ isNew, isThere }: { isNew: boolean; isThere: boolean }
): SuperValidated<CohortForm> {
	if (refused === 'stale' && isThere) setError(form, '', isNew ? m.cohort_refused_made() : m.cohort_refused_stale());
	else setError(form, '', refused === 'not_possible' ? m.cohort_refused_over() : m.cohort_refused_not_allowed());
	return form;
}

/** Who sends the form of a new one. */
export const submitNew = async (event: RequestEvent) =>
	submitCohort(event, { ...(await staff(event, 'coordinator')), of: null });
