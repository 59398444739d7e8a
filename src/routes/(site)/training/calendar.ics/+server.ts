import { answerMachine } from '$lib/server/machine';
import { machineRoute } from '$lib/server/machine-route';
import { calendarFile } from '$lib/training/calendar';
import { classesCalendar } from '$lib/training/feeds';
import { trainingFeed } from '$lib/training/training.server';

/** Every class that is announced, for calendar programs (iCalendar, RFC 5545). */
export const GET = machineRoute(async ({ url, locals, request }) =>
	answerMachine(request, {
		body: calendarFile(classesCalendar((await trainingFeed(locals.supabase)).trainings, url.origin)),
		type: 'text/calendar; charset=utf-8',
		headers: { 'content-disposition': 'inline; filename="trainings.ics"' }
	})
);
