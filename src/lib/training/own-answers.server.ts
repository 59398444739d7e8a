/** What pages of one's own place answer that are no pages: a calendar. */
import { PRIVATE_CACHE } from '$lib/server/headers';
import { calendarFile, type Calendar } from './calendar';

export const calendarAnswer = (calendar: Calendar): Response =>
	new Response(calendarFile(calendar), {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': 'attachment; filename="classes.ics"',
			'cache-control': PRIVATE_CACHE,
			'x-robots-tag': 'noindex'
		}
	});
