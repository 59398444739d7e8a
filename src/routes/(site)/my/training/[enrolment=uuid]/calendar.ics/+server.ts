import { requirePerson } from '$lib/people/guard.server';
import { calendarAnswer } from '$lib/training/own-answers.server';
import { ownCalendar } from '$lib/training/own-calendar';
import { ownPlace } from '$lib/training/sign-up.server';
import type { RequestHandler } from './$types';

/** The classes of one's own training, to keep as they are now. */
export const GET: RequestHandler = async (event) => {
	await requirePerson(event);
	const own = await ownPlace(event);
	return calendarAnswer(ownCalendar(own, new URL('/my/training', event.url).href));
};
