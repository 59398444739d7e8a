/** Everything that is held about a referral, opened: for whoever asks for it by right. */
import { z } from 'zod';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { BROKEN, openEach, openTimeline, Sealed, StoredEvent, type OnBroken } from './desk.server';

const Exported = z.looseObject({
	referral: z.looseObject({ id: z.guid() }),
	/** Null once it is erased. */
	sealed: Sealed.nullable(),
	timeline: z.array(StoredEvent)
});

/**
 * As `export_referral` gives it, with what was sealed opened under `details` and on the timeline; `unopened` names what does not open
 * with the keys that are here, which is null in its place. Null for anybody but an admin of its program; audited.
 */
export async function exportReferral(db: Supabase, reference: string, onBroken: OnBroken) {
	const stored = Exported.nullable().parse(available(await db.rpc('export_referral', { reference })));
	if (!stored) return null;
	const { sealed, timeline, ...rest } = stored;
	const details = Object.entries(await openEach(stored.referral.id, sealed, onBroken));
	const events = await openTimeline(timeline, onBroken);
	return {
		...rest,
		details: Object.fromEntries(details.map(([column, value]) => [column, value === BROKEN ? null : value])),
		timeline: events.map((event) => ({ ...event, words: event.words === BROKEN ? null : event.words })),
		unopened: [
			...details.filter(([, value]) => value === BROKEN).map(([column]) => column),
			...events.filter(({ words }) => words === BROKEN).map(({ id }) => id)
		]
	};
}
