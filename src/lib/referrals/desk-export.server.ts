/** Everything that is held about a referral, opened: for whoever asks for it by right. */
import { z } from 'zod';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { BROKEN, type OnBroken, type Opened } from '$lib/server/opened';
import { openEach, openTimeline, Sealed, StoredEvent } from './desk.server';
import { openEntry, openInitials, openMeetingPlace, openPlan } from './support/sealed-support.server';

const Exported = z.looseObject({
	referral: z.looseObject({ id: z.guid() }),
	/** Null once it is erased. */
	sealed: Sealed.nullable(),
	timeline: z.array(StoredEvent),
	matches: z.array(z.looseObject({ id: z.guid(), initials: z.string().nullable(), plan: z.string().nullable() })),
	/** What was written while somebody was supported. */
	support: z.array(
		z.looseObject({
			id: z.guid(),
			kind: z.enum(['conversation', 'goal', 'place', 'note', 'step', 'letter']),
			words: z.string()
		})
	),
	meetings: z.array(z.looseObject({ id: z.guid(), place: z.string() }))
});

/**
 * As `export_referral` gives it, with what was sealed opened in its place, and under `details`; `unopened` names what does not open
 * with the keys that are here, which is null in its place. Null for anybody but an admin of its program; audited.
 */
export async function exportReferral(db: Supabase, reference: string, onBroken: OnBroken) {
	const stored = Exported.nullable().parse(available(await db.rpc('export_referral', { reference })));
	if (!stored) return null;
	const { sealed, timeline, matches, support, meetings, ...rest } = stored;
	const unopened: string[] = [];
	const known = <T>(name: string, value: Opened<T>): T | null => {
		if (value === BROKEN) unopened.push(name);
		return value === BROKEN ? null : value;
	};
	const details = Object.entries(await openEach(stored.referral.id, sealed, onBroken));
	const events = await openTimeline(timeline, onBroken);
	return {
		...rest,
		details: Object.fromEntries(details.map(([column, value]) => [column, known<unknown>(column, value)])),
		timeline: events.map((event) => ({ ...event, words: known(event.id, event.words) })),
		matches: await Promise.all(
			matches.map(async (match) => ({
				...match,
				initials: known(match.id, await openInitials(match.id, match.initials, onBroken)),
				plan: known(match.id, await openPlan(match.id, match.plan, onBroken))
			}))
		),
		support: await Promise.all(
			support.map(async (entry) => ({
				...entry,
				words: known(entry.id, await openEntry(entry.kind, entry.id, entry.words, onBroken))
			}))
		),
		meetings: await Promise.all(
			meetings.map(async (meeting) => ({
				...meeting,
				place: known(meeting.id, await openMeetingPlace(meeting.id, meeting.place, onBroken))
			}))
		),
		unopened
	};
}
