import { fail, type RequestEvent } from '@sveltejs/kit';
import { setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { instantsOf, timesOf } from '$lib/directory/day-times';
import { addDays } from '$lib/directory/local-time';
import { m } from '$lib/paraglide/messages';
import { chosenPlace, keyOf, knownPlaces } from '$lib/referrals/support/meeting-places';
import { isOver } from '$lib/referrals/support/meeting-times';
import { mayMeet } from '$lib/referrals/support/support-parts';
import { leave, openWritten, settleSupport, supportPage } from '$lib/referrals/support/support-page.server';
import { markMeeting, planMeeting, type Entry, type SupportRefusal } from '$lib/referrals/support/support.server';
import { meetingForm, MeetingMark } from '$lib/referrals/support/work-schemas';
import { brokenIn } from '$lib/server/opened';
import type { Actions, PageServerLoad, RouteParams } from './$types';

/** How far ahead one may plan, in days. */
const MOST_AHEAD = 92;

export const load: PageServerLoad = async (event) => {
	const { program, support, today } = await supportPage(event);
	const known = knownPlaces(support);
	const meeting = support.meetings.find(({ id }) => id === event.params.meeting) ?? null;
	const at = meeting?.place && meeting.place !== 'broken' ? meeting.place : null;
	const key = at ? keyOf(known, at.place) : (known[0]?.key ?? '');
	const opening = {
		id: event.params.meeting,
		version: meeting?.version ?? 0,
		place: key,
		...(meeting && timesOf(meeting, program.time_zone)),
		...(at && { note: at.note, ...(key === '' && { name: at.place.name }) })
	};
	const hasMoved = meeting !== null && (meeting.checked_in_at !== null || meeting.cancelled_at !== null);
	const there = meeting && { ...meeting, is_mine: true };
	const { form, isBehind, isSaved } = await openWritten(event, there, zod4(meetingForm()), opening, 'save');
	if (isSaved) await leave(event, { page: 'meetings', done: 'planned' });
	return {
		program,
		support,
		known,
		meeting,
		today,
		/** It was moved since what is back was typed. */
		isBehind,
		isPossible: mayMeet(support) && !hasMoved,
		days: { from: today, to: addDays(today, MOST_AHEAD) },
		form
	};
};

type Event = RequestEvent<RouteParams>;

const FIELDS: Partial<Record<SupportRefusal, ['day' | 'from' | 'to', () => string]>> = {
	past: ['from', m.support_error_meeting_past],
	too_far: ['day', m.support_error_meeting_far],
	too_long: ['to', m.support_refused_too_long],
	overlap: ['from', m.support_refused_overlap]
};

/** What was done, where it is said once the meeting is over. */
const AFTERWARDS = { in: 'met', out: 'out', cancel: 'unmet' } as const;

const mark = (what: 'in' | 'out' | 'cancel') => async (event: Event) => {
	const { support } = await supportPage(event);
	const { data, valid } = await superValidate(event.request, zod4(MeetingMark));
	const meeting = support.meetings.find(({ id }) => id === data.meeting);
	const isPast = meeting !== undefined && isOver(meeting, event.locals.clock.now());
	const refusal = valid
		? await markMeeting(event.locals.personal, data.meeting, what, brokenIn(event))
		: { refused: 'not_found' as const, now: null };
	const done = isPast ? AFTERWARDS[what] : what;
	return settleSupport(event, refusal, { kept: null, page: 'meetings', done });
};

export const actions: Actions = {
	save: async (event) => {
		const { program, support } = await supportPage(event);
		const form = await superValidate(event.request, zod4(meetingForm()));
		const place = chosenPlace(knownPlaces(support), form.data);
		if (form.valid && !place) setError(form, 'name', m.support_error_place());
		if (!form.valid || !place) return fail(400, { refused: null, now: null as Entry | null, kept: form });
		const { id, version, note } = form.data;
		const refusal = await planMeeting(
			event.locals.personal,
			support.id,
			{ id, version, ...instantsOf(form.data, program.time_zone), place: { place, note } },
			brokenIn(event)
		);
		const wrong = refusal && FIELDS[refusal.refused];
		if (wrong) {
			const [field, words] = wrong;
			setError(form, field, words());
			return fail(400, { refused: null, now: null as Entry | null, kept: form });
		}
		return settleSupport(event, refusal, { kept: form, page: 'meetings', done: 'planned' });
	},
	in: mark('in'),
	out: mark('out'),
	cancel: mark('cancel')
};
