/** The pages on which somebody signs up or applies: what they share. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { BROKEN, brokenIn, type Opened } from '$lib/server/opened';
import { mine, myDraft, type Draft, type Entry, type OwnPlace } from './enrolments.server';
import { isIn } from './own-words';
import type { Training } from './training';
import { training } from './training.server';

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
		mine(db, brokenIn(event)),
		kind === 'application' ? myDraft(db, id, brokenIn(event)) : null
	]);
	return { own: places.find((place) => place.training.slug === slug) ?? null, draft };
}

/** What they have told us before, where it can be read. */
export const known = <T>(opened: Opened<T> | undefined): T | null => (opened && opened !== BROKEN ? opened : null);

const DONE: Partial<Record<string, string>> = { enrolled: 'seat', waitlisted: 'line', applied: 'applied' };

/** To one's own page, which says what has become of it. */
export const toOwn = (entry: Extract<Entry, { ok: unknown }>): never =>
	redirect(303, `/my/training?done=${(!entry.again && DONE[entry.ok]) || 'again'}#place-${entry.id}`);

/** Who is in it already is shown their place: a page gone back to, or an old tab. */
export async function leaveIfIn(event: RequestEvent, training: Training): Promise<void> {
	const { own } = await hadBefore(event, training);
	if (own && isIn(own)) toOwn({ ok: own.state, id: own.id, again: true });
}

/** The signed-in person's own place of the address (`params.enrolment`); somebody else's is not there, as one that never was. */
export async function ownPlace(event: RequestEvent): Promise<OwnPlace> {
	const { places } = await mine(event.locals.personal, brokenIn(event));
	return places.find(({ id }) => id === event.params.enrolment) ?? error(404, m.error_not_found());
}
