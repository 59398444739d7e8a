import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { m } from '$lib/paraglide/messages';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import { isReviewed, mayComeBack, mayDecline, movesOf, type MoveEvent } from '$lib/training/desk/moves';
import { hasBegun, leave, personPage, personPath, tell } from '$lib/training/desk/people-page.server';
import { HoursForm, hoursIn, MoveForm, NoteForm, ShortlistForm } from '$lib/training/desk/people-schemas';
import { detailsOf, takesPart } from '$lib/training/desk/roster';
import { mark, saveNote } from '$lib/training/desk/roster.server';
import { enterByStaff, move } from '$lib/training/enrolments.server';
import type { Actions, PageServerLoad, RouteParams } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, cohort, person } = await personPage(event);
	const standing = { ...cohort, hasBegun: hasBegun(cohort, event.locals.clock.now()) };
	const [note, hours] = await Promise.all([
		superValidate((await typedBefore(event, 'note')) ?? { form: crypto.randomUUID() }, zod4(NoteForm), {
			errors: false
		}),
		superValidate({ hours: String(person.practicum_hours) }, zod4(HoursForm), { errors: false })
	]);
	return {
		program,
		cohort,
		person,
		moves: movesOf(person, standing),
		mayDecline: mayDecline(person, standing),
		mayComeBack: mayComeBack(person, standing) && detailsOf(person) !== null,
		isReviewed: isReviewed(person, cohort),
		takesPart: takesPart(person),
		note,
		hours
	};
};

type Event = RequestEvent<RouteParams>;

/** The very same has happened already: the form was sent twice. */
async function isDone(event: Event, asked: MoveEvent, version: number): Promise<boolean> {
	const { person } = await personPage(event);
	if (person.version !== version + 1) return false;
	return person.decision === asked || (person.decision === null && person.steps.at(-1)?.event === asked);
}

const isKept = (asked: MoveEvent, state: string) => state === 'applied' && (asked === 'offer' || asked === 'waitlist');

export const actions: Actions = {
	told: (event) => tell(event, personPath(event)),
	move: async (event) => {
		await staff(event, 'coordinator');
		const { data, valid } = await superValidate(event.request, zod4(MoveForm));
		if (!valid) return fail(400, { refused: 'not_possible' as const });
		const moved = await move(event.locals.personal, { id: event.params.enrolment, ...data });
		const page = personPath(event);
		if ('ok' in moved) return leave(event, { page, done: isKept(data.event, moved.ok) ? 'kept' : 'moved' });
		if (moved.refused === 'not_found') error(404, m.error_not_found());
		if (moved.refused === 'stale' && (await isDone(event, data.event, data.version)))
			return leave(event, { page, done: 'moved' });
		return fail(409, { refused: moved.refused });
	},
	/** Back to the end of the line, with what they told us before. */
	back: async (event) => {
		const { cohort, person } = await personPage(event);
		const details = detailsOf(person);
		if (!details) return fail(409, { refused: 'not_possible' as const });
		const entry = await enterByStaff(event.locals.personal, cohort.id, person.id, details, person.email ?? '');
		if ('refused' in entry) return fail(409, { entryRefused: entry.refused });
		return leave(event, { page: personPath(event), done: entry.again ? 'again' : 'returned' });
	},
	note: async (event) => {
		await staff(event, 'coordinator');
		const form = await superValidate(event.request, zod4(NoteForm));
		if (!form.valid) return fail(400, { note: form });
		const note = { id: form.data.form, text: form.data.words };
		const refused = await saveNote(event.locals.personal, event.params.enrolment, note);
		if (refused) error(404, m.error_not_found());
		await forgetTyped(event, 'note');
		return leave(event, { page: personPath(event), done: 'noted' });
	},
	hours: async (event) => {
		await staff(event, 'coordinator');
		const form = await superValidate(event.request, zod4(HoursForm));
		if (!form.valid) return fail(400, { hours: form });
		const given = { practicum_hours: hoursIn(form.data.hours) };
		if (await mark(event.locals.personal, event.params.enrolment, given)) error(404, m.error_not_found());
		return leave(event, { page: personPath(event), done: 'hours' });
	},
	shortlist: async (event) => {
		await staff(event, 'coordinator');
		const { data, valid } = await superValidate(event.request, zod4(ShortlistForm));
		if (!valid) return fail(400, { refused: 'not_possible' as const });
		const given = { is_shortlisted: data.on === 'yes' };
		if (await mark(event.locals.personal, event.params.enrolment, given)) error(404, m.error_not_found());
		return leave(event, { page: personPath(event), done: 'shortlist' });
	}
};
