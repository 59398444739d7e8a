/**
 * A support as its worker, their supervisor and coordinators see and change it, by the database's functions (20261122002200…2400).
 * Each answers a refusal as a value.
 */
import { z } from 'zod';
import type { Json } from '$lib/server/database.types';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { type OnBroken, type Opened } from '$lib/server/opened';
import { openEach, Sealed, type OpenedDetails } from '../desk.server';
import { AGE_BANDS } from '../request';
import { STATES } from '../states';
import {
	CLOSING_STEPS,
	ENTRY_KINDS,
	GOAL_MARKS,
	PLACE_MARKS,
	type ClosingStep,
	type EntryContents,
	type EntryKind,
	type MeetingPlace,
	type Plan
} from './contents';
import {
	openEntry,
	openInitials,
	openMeetingPlace,
	openPlan,
	sealEntry,
	sealMeetingPlace
} from './sealed-support.server';

const Mark = z.enum([...GOAL_MARKS, ...PLACE_MARKS]);

const StoredEntry = z.object({
	id: z.guid(),
	kind: z.enum(ENTRY_KINDS),
	step: z.enum(CLOSING_STEPS).nullable(),
	mark: Mark.nullable(),
	/** `YYYY-MM-DD` */
	on_day: z.string().nullable(),
	words: z.string(),
	version: z.number().int(),
	created_at: z.string(),
	changed_at: z.string(),
	/** Taken away; it can be put back. */
	removed: z.boolean(),
	/** A name. */
	author: z.string().nullable(),
	is_mine: z.boolean(),
	/** How it came to stand as it does, the oldest first. */
	marks: z.array(z.object({ mark: Mark, on_day: z.string() }))
});
type StoredEntry = z.infer<typeof StoredEntry>;

/** An entry of a support, opened. */
export type Entry<Kind extends EntryKind = EntryKind> = Omit<StoredEntry, 'words' | 'kind'> & {
	kind: Kind;
	contents: Opened<EntryContents<Kind>>;
};

export const StoredMeeting = z.object({
	id: z.guid(),
	worker_id: z.guid(),
	starts_at: z.string(),
	ends_at: z.string(),
	place: z.string(),
	version: z.number().int(),
	checked_in_at: z.string().nullable(),
	checked_out_at: z.string().nullable(),
	cancelled_at: z.string().nullable()
});
export type Meeting = Omit<z.infer<typeof StoredMeeting>, 'place'> & { place: Opened<MeetingPlace> };

export const ASKED_FOR = ['handover', 'call'] as const;

const Stored = z.object({
	id: z.guid(),
	reference: z.string(),
	program_id: z.guid(),
	state: z.enum(STATES),
	version: z.number().int(),
	state_since: z.string(),
	/** As whom one reads it. Supervisors change nothing. */
	part: z.enum(['worker', 'coordinator', 'supervisor']),
	area: z.string().nullable(),
	team: z.string().nullable(),
	language_codes: z.array(z.string()),
	age_band: z.enum(AGE_BANDS).nullable(),
	consented_on: z.string(),
	ends_on: z.string().nullable(),
	closed_at: z.string().nullable(),
	asked_for: z.array(z.enum(ASKED_FOR)),
	is_erased: z.boolean(),
	/** Somebody has met the peer, and it has not ended: it can be written to. */
	is_running: z.boolean(),
	/** Both have said yes; they have not met yet. */
	is_coming: z.boolean(),
	match_id: z.guid(),
	worker: z.object({ id: z.guid(), name: z.string() }),
	first_met_on: z.string().nullable(),
	initials: z.string().nullable(),
	plan: z.string().nullable(),
	sealed: Sealed.nullable(),
	entries: z.array(StoredEntry),
	meetings: z.array(StoredMeeting),
	steps: z.array(
		z.object({
			step: z.enum(CLOSING_STEPS),
			settled: z.enum(['done', 'set_aside']).nullable(),
			settled_at: z.string().nullable()
		})
	),
	timeline: z.array(
		z.object({
			id: z.guid(),
			event: z.string(),
			at: z.string(),
			day: z.string().nullable(),
			reason: z.string().nullable(),
			actor: z.string().nullable(),
			for_peer: z.boolean(),
			to: z.enum(STATES)
		})
	),
	/** The events that are possible now for the person who reads. */
	moves: z.array(z.string()),
	program: z.object({
		home_visits: z.boolean(),
		personal_numbers: z.boolean(),
		/** Whom workers call when something is wrong; empty where the program has not said. */
		duty_name: z.string(),
		duty_phone: z.string()
	})
});
type Stored = z.infer<typeof Stored>;

export interface Support extends Omit<Stored, 'sealed' | 'entries' | 'meetings' | 'initials' | 'plan'> {
	details: OpenedDetails;
	initials: Opened<string>;
	plan: Opened<Plan>;
	entries: Entry[];
	meetings: Meeting[];
}

async function openStored({ words, ...entry }: StoredEntry, onBroken: OnBroken): Promise<Entry> {
	return { ...entry, contents: await openEntry(entry.kind, entry.id, words, onBroken) };
}

export async function openMeeting(
	{ place, ...meeting }: z.infer<typeof StoredMeeting>,
	onBroken: OnBroken
): Promise<Meeting> {
	return { ...meeting, place: await openMeetingPlace(meeting.id, place, onBroken) };
}

/** A support, opened; null where it is nobody's business of the person's. The reading is audited. */
export async function readSupport(db: Supabase, reference: string, onBroken: OnBroken): Promise<Support | null> {
	const stored = Stored.nullable().parse(available(await db.rpc('read_support', { reference })));
	if (!stored) return null;
	const { sealed, entries, meetings, initials, plan, ...rest } = stored;
	const [details, openInitialsOf, openPlanOf, openEntries, openMeetings] = await Promise.all([
		openEach(stored.id, sealed, onBroken),
		openInitials(stored.match_id, initials, onBroken),
		openPlan(stored.match_id, plan, onBroken),
		Promise.all(entries.map((entry) => openStored(entry, onBroken))),
		Promise.all(meetings.map((meeting) => openMeeting(meeting, onBroken)))
	]);
	return {
		...rest,
		details,
		initials: openInitialsOf,
		plan: openPlanOf,
		entries: openEntries,
		meetings: openMeetings
	};
}

export { entriesOf } from './entries';

export const SUPPORT_REFUSALS = [
	'not_found',
	'not_possible',
	'stale',
	'past',
	'too_far',
	'too_many',
	'too_long',
	'overlap',
	'too_early',
	'words'
] as const;
export type SupportRefusal = (typeof SUPPORT_REFUSALS)[number];

const Answer = z.union([
	z.object({ ok: z.number().int() }),
	z.object({ refused: z.enum(SUPPORT_REFUSALS), entry: StoredEntry.optional() })
]);

/** What became of a change: null where it was done. `now`: the entry as somebody else has written it meanwhile. */
export interface Refusal {
	refused: SupportRefusal;
	now: Entry | null;
}

async function outcome(answered: Json, onBroken: OnBroken): Promise<Refusal | null> {
	const answer = Answer.parse(answered);
	if ('ok' in answer) return null;
	return { refused: answer.refused, now: answer.entry ? await openStored(answer.entry, onBroken) : null };
}

export interface EntryToSave<Kind extends EntryKind> {
	/** Made with the form, so that the same form sent twice makes one. */
	id: string;
	/** The version that was on the form; 0 for a new one. */
	version: number;
	kind: Kind;
	step?: ClosingStep;
	mark?: string;
	/** `YYYY-MM-DD`, not after today. */
	on_day?: string;
	contents: EntryContents<Kind>;
}

export async function saveEntry<Kind extends EntryKind>(
	db: Supabase,
	referral: string,
	{ id, version, contents, ...plain }: EntryToSave<Kind>,
	onBroken: OnBroken
): Promise<Refusal | null> {
	const words = await sealEntry<Kind>(id, contents);
	const given = { ...plain, words } as Record<string, Json | undefined>;
	const answer = await db.rpc('save_support_entry', { referral, entry: id, expected: version, given });
	return outcome(available(answer), onBroken);
}

/** Takes a goal, a place or a note away, or puts it back. */
export async function removeEntry(
	db: Supabase,
	referral: string,
	{ id, version, removed }: { id: string; version: number; removed: boolean },
	onBroken: OnBroken
): Promise<Refusal | null> {
	const answer = await db.rpc('remove_support_entry', { referral, entry: id, expected: version, removed });
	return outcome(available(answer), onBroken);
}

export async function planMeeting(
	db: Supabase,
	referral: string,
	{
		id,
		version,
		starts_at,
		ends_at,
		place
	}: Pick<Meeting, 'id' | 'version' | 'starts_at' | 'ends_at'> & { place: MeetingPlace },
	onBroken: OnBroken
): Promise<Refusal | null> {
	const answer = await db.rpc('plan_meeting', {
		referral,
		meeting: id,
		expected: version,
		starts_at,
		ends_at,
		place: await sealMeetingPlace(id, place)
	});
	return outcome(available(answer), onBroken);
}

/** Checks in to a meeting, out of it, or calls it off. */
export async function markMeeting(
	db: Supabase,
	meeting: string,
	what: 'in' | 'out' | 'cancel',
	onBroken: OnBroken
): Promise<Refusal | null> {
	return outcome(available(await db.rpc('mark_meeting', { meeting, what })), onBroken);
}

/** Settles a closing step with its words, or (`settled` null) opens it again. */
export async function settleStep(
	db: Supabase,
	referral: string,
	{
		step,
		settled,
		words,
		call = false
	}: {
		step: ClosingStep;
		settled: 'done' | 'set_aside' | null;
		words: { id: string; version: number; contents: EntryContents<'step'> } | null;
		/** With the feelings: a coordinator should call. */
		call?: boolean;
	},
	onBroken: OnBroken
): Promise<Refusal | null> {
	const given: Record<string, Json | undefined> = { call, has_other: !!words?.contents.other_support };
	if (words)
		Object.assign(given, {
			entry_id: words.id,
			expected: words.version,
			words: await sealEntry<'step'>(words.id, words.contents)
		});
	const answer = await db.rpc('settle_closing_step', { referral, step, settled: settled as string, given });
	return outcome(available(answer), onBroken);
}
