/** The pages on which somebody signs up or applies: what they share. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { logFailure } from '$lib/server/log';
import { BROKEN, type OnBroken, type Opened } from '$lib/server/opened';
import { mine, myDraft, type Draft, type Entry, type OwnPlace } from './enrolments.server';
import { isLive } from './own-words';
import type { Training } from './training';
import { training } from './training.server';

export const onBroken =
	({ locals, route }: RequestEvent): OnBroken =>
	(broken) =>
		logFailure(locals.requestId, route.id, broken);

/** The training in the address, or a 404. */
export const theTraining = async ({ locals, params }: RequestEvent): Promise<Training> =>
	(await training(locals.supabase, params.slug ?? '')) ?? error(404, m.error_not_found());

/** What the signed-in person has of it already. */
export async function hadBefore(
	event: RequestEvent,
	{ id, slug, kind }: Training
): Promise<{ own: OwnPlace | null; draft: Draft | null }> {
	const db = event.locals.personal;
	const [{ places }, draft] = await Promise.all([
		mine(db, onBroken(event)),
		kind === 'application' ? myDraft(db, id, onBroken(event)) : null
	]);
	return { own: places.find((place) => place.training.slug === slug) ?? null, draft };
}

/** Whether they are in it, or were to its end: one sign-up is enough. */
export const isIn = (own: Pick<OwnPlace, 'state' | 'training'> | null): boolean =>
	own !== null && (isLive(own) || own.state === 'completed' || own.state === 'not_completed');

/** What they have told us before, where it can be read. */
export const known = <T>(opened: Opened<T> | undefined): T | null => (opened && opened !== BROKEN ? opened : null);

const DONE: Partial<Record<string, string>> = { enrolled: 'seat', waitlisted: 'line', applied: 'applied' };

/** To one's own page, which says what has become of it. */
export const toOwn = (entry: Extract<Entry, { ok: unknown }>): never =>
	redirect(303, `/my/training?done=${(!entry.again && DONE[entry.ok]) || 'again'}#place-${entry.id}`);

/** The signed-in person's own place of the address (`params.enrolment`); somebody else's is not there, as one that never was. */
export async function ownPlace(event: RequestEvent): Promise<OwnPlace> {
	const { places } = await mine(event.locals.personal, onBroken(event));
	return places.find(({ id }) => id === event.params.enrolment) ?? error(404, m.error_not_found());
}
