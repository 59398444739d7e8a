import { answerMachine } from '$lib/server/machine';
import { machineRoute } from '$lib/server/machine-route';
import { atomFeed } from '$lib/training/atom';
import { newsFeed } from '$lib/training/feeds';
import { trainingFeed } from '$lib/training/training.server';

/** Announcements and news for feed readers (Atom, RFC 4287). */
export const GET = machineRoute(async ({ url, locals, request }) => {
	const { trainings, news } = await trainingFeed(locals.supabase);
	return answerMachine(request, {
		body: atomFeed(newsFeed(trainings, news, url.origin)),
		type: 'application/atom+xml; charset=utf-8'
	});
});
