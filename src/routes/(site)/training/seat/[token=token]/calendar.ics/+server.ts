import { error } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { byLink } from '$lib/training/enrolments.server';
import { calendarAnswer } from '$lib/training/own-answers.server';
import { ownCalendar } from '$lib/training/own-calendar';
import type { RequestHandler } from './$types';

/** The classes of somebody's training, for a calendar that follows them. */
export const GET: RequestHandler = async ({ params, locals, url }) => {
	const own = (await byLink(locals.supabase, params.token)) ?? error(410, m.own_gone_title());
	// Calendars are shown to others: only the address that is followed opens the seat, none of its events does.
	const self = new URL(`/training/seat/${params.token}/calendar.ics`, url).href;
	return calendarAnswer(ownCalendar(own, new URL('/my/training', url).href, self));
};
