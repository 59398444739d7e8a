/**
 * A referral as its coordinators see and move it, by the database's functions (20261122001800…2040). Sealed values are opened here; one
 * that does not open is `BROKEN`, and the rest of the page stands.
 */
import { z } from 'zod';
import { Constants, type Json } from '$lib/server/database.types';
import { opened, type OnBroken, type Opened } from '$lib/server/opened';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { uuidOf } from '$lib/server/uuid';
import type { Held } from './desk-schemas';
import { MOVE_REFUSALS, type MoveRefusal } from './refusal-words';
import { AGE_BANDS } from './request';
import {
	openDetails,
	openWords,
	sealWords,
	type DetailColumn,
	type Details,
	type EventWords
} from './sealed-request.server';
import { STATES } from './states';

const Row = z.object({
	id: z.guid(),
	reference: z.string(),
	state: z.enum(STATES),
	version: z.number().int(),
	submitted_at: z.string(),
	state_since: z.string(),
	/** The day on which a coordinator should look at it again, `YYYY-MM-DD`. */
	attention_on: z.string().nullable(),
	next_word_on: z.string().nullable(),
	waiting_since: z.string().nullable(),
	is_overdue: z.boolean(),
	needs_home: z.boolean(),
	has_listed_domain: z.boolean(),
	source: z.enum(['web', 'phone']),
	has_correction: z.boolean(),
	/** What somebody wishes for while a support runs, or after it. */
	asked_for: z.array(z.enum(['handover', 'call'])),
	is_answered: z.boolean(),
	is_erased: z.boolean(),
	coordinator_id: z.guid().nullable(),
	team: z.string().nullable(),
	area: z.string().nullable()
});

const Duplicate = Row.extend({ shares: z.array(z.enum(['name', 'phone', 'email'])) });
export type Duplicate = z.infer<typeof Duplicate>;

export const StoredEvent = z.object({
	id: z.guid(),
	event: z.string(),
	from: z.enum(STATES).nullable(),
	to: z.enum(STATES),
	at: z.string(),
	actor: z.enum(Constants.public.Enums.referral_actor),
	/** Null for somebody who is not of the staff. */
	actor_name: z.string().nullable(),
	for_peer: z.boolean(),
	reason: z.string().nullable(),
	day: z.string().nullable(),
	/** As stored. */
	words: z.string().nullable()
});
export type StoredEvent = z.infer<typeof StoredEvent>;
export type TimelineEvent = Omit<StoredEvent, 'words'> & { words: Opened<EventWords> };

export const Sealed = z.object({
	client: z.string().nullable(),
	contact: z.string().nullable(),
	goals: z.string().nullable(),
	safety: z.string().nullable(),
	referrer: z.string().nullable()
});

const Colleague = z.object({ id: z.guid(), name: z.string(), away_until: z.string().nullable() });
export type Coordinator = z.infer<typeof Colleague>;

/** A worker who was asked and has not said no, or who supports. */
const Match = z.object({
	worker: z.object({ id: z.guid(), name: z.string() }),
	proposed_at: z.string(),
	worker_said_yes_at: z.string().nullable(),
	peer_said_yes_at: z.string().nullable(),
	/** `YYYY-MM-DD` */
	first_met_on: z.string().nullable()
});
export type Match = z.infer<typeof Match>;

const Stored = Row.extend({
	program_id: z.guid(),
	referrer_email: z.string().nullable(),
	second_email: z.string().nullable(),
	second_has_listed_domain: z.boolean(),
	age_band: z.enum(AGE_BANDS).nullable(),
	language_codes: z.array(z.string()),
	consented_on: z.string(),
	acknowledge_by: z.string(),
	closed_at: z.string().nullable(),
	erased_at: z.string().nullable(),
	place_in_line: z.number().int().nullable(),
	/** Their name. */
	coordinator: z.string().nullable(),
	coordinators: z.array(Colleague),
	/** Null once it is erased. */
	sealed: Sealed.nullable(),
	timeline: z.array(StoredEvent),
	moves: z.array(z.object({ event: z.string() })),
	duplicates: z.array(Duplicate),
	/** The last day of an ending that has begun, `YYYY-MM-DD`. */
	ends_on: z.string().nullable(),
	/** Those that are not over; who supports comes first. */
	matches: z.array(Match),
	correction: z.object({ by: z.string().nullable(), at: z.string(), is_mine: z.boolean() }).nullable()
});
type Stored = z.infer<typeof Stored>;

export type OpenedDetails = { [Column in DetailColumn]: Opened<Details[Column]> };

export interface Referral extends Omit<Stored, 'sealed' | 'timeline' | 'moves'> {
	details: OpenedDetails;
	timeline: TimelineEvent[];
	/** The events that are possible now for the person who reads. */
	moves: string[];
}

/** Each sealed column by itself. */
export async function openEach(
	id: string,
	sealed: Partial<z.infer<typeof Sealed>> | null,
	onBroken: OnBroken
): Promise<OpenedDetails> {
	const open = async <Column extends DetailColumn>(column: Column) =>
		opened(async () => (await openDetails(id, { [column]: sealed?.[column] ?? null }))[column] ?? null, onBroken);
	const [client, contact, goals, safety, referrer] = await Promise.all([
		open('client'),
		open('contact'),
		open('goals'),
		open('safety'),
		open('referrer')
	]);
	return { client, contact, goals, safety, referrer } as OpenedDetails;
}

export const openTimeline = (timeline: StoredEvent[], onBroken: OnBroken): Promise<TimelineEvent[]> =>
	Promise.all(
		timeline.map(async ({ words, ...event }) => ({
			...event,
			words: words === null ? null : await opened(() => openWords(event.id, words), onBroken)
		}))
	);

/** A referral of a program that the person coordinates, opened; null for any other. The reading is audited. */
export async function read(db: Supabase, reference: string, onBroken: OnBroken): Promise<Referral | null> {
	const stored = Stored.nullable().parse(available(await db.rpc('read_referral', { reference })));
	if (!stored) return null;
	const { sealed, timeline, moves, ...rest } = stored;
	return {
		...rest,
		details: await openEach(stored.id, sealed, onBroken),
		timeline: await openTimeline(timeline, onBroken),
		moves: moves.map(({ event }) => event)
	};
}

const Changed = z.union([
	z.object({ ok: z.unknown() }).transform(() => null),
	z.object({ refused: z.enum(MOVE_REFUSALS) }).transform(({ refused }) => refused)
]);

/** Why it was refused; null where it was done. */
export type Outcome = Promise<MoveRefusal | null>;

/** What an event is given, before it is sealed. */
export interface Given {
	words?: EventWords;
	reason?: string;
	/** `YYYY-MM-DD` */
	next_word_on?: string;
	/** The day on which worker and peer met for the first time; the last day of the support. `YYYY-MM-DD` */
	first_met_on?: string;
	end_on?: string;
	/** The peer's wish, written down by staff. */
	for_peer?: boolean;
}

/**
 * The id under which a form's event is written. The same form with the same contents is the same event, however often it is sent;
 * changed in between, it is another.
 */
export async function eventId(form: string, event: string, given: object = {}): Promise<string> {
	const bytes = new TextEncoder().encode(JSON.stringify([form, event, given]));
	const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return uuidOf(Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}

export async function move(db: Supabase, held: Held, event: string, given: Given = {}): Outcome {
	const { words, ...plain } = given;
	const event_id = await eventId(held.form, event, given);
	const whole: Record<string, Json | undefined> = { event_id, ...plain };
	if (words) whole.words = await sealWords(event_id, words);
	return moveSealed(db, held, event, whole);
}

/** The same with what is sealed already, under ids of its own. */
export async function moveSealed(
	db: Supabase,
	{ id, version }: Held,
	event: string,
	given: Record<string, Json | undefined>
): Outcome {
	return Changed.parse(available(await db.rpc('move_referral', { referral: id, event, expected: version, given })));
}

/** A note that coordinators alone read; the referral stays as it is. */
export async function note(db: Supabase, { id, form }: Held, words: EventWords): Outcome {
	const event_id = await eventId(form, 'note', { words });
	const sealed = await sealWords(event_id, words);
	return Changed.parse(available(await db.rpc('note_referral', { referral: id, event_id, words: sealed })));
}

/** Gives it to another coordinator of the program. */
export async function assign(db: Supabase, { id, version }: Held, coordinator: string): Outcome {
	return Changed.parse(available(await db.rpc('assign_referral', { referral: id, expected: version, coordinator })));
}

/** Gives it to another program; who did so sees it no more. */
export async function rehome(db: Supabase, { id, version, form }: Held, program: string): Outcome {
	const event_id = await eventId(form, 'rehome');
	const answer = await db.rpc('rehome_referral', { referral: id, expected: version, program, event_id });
	return Changed.parse(available(answer));
}

/** Takes away all that is sealed, for good: for admins. */
export async function erase(db: Supabase, { id, version }: Held): Outcome {
	return Changed.parse(available(await db.rpc('erase_referral', { referral: id, expected: version })));
}
