/** Who is in a cohort, as its coordinators work with them (20261123000450_training_roster.sql). */
import { z } from 'zod';
import type { OnBroken } from '$lib/server/opened';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { ENROLMENT_STATES, type EnrolmentState } from '../enrolments.server';
import { openAnswer, openDetails, openNote, sealNote } from '../sealed-enrolment.server';
import { Instant } from '../training';
import { DECISIONS, type PersonOfCohort, type RosterLine } from './roster';

const count = z.number().int();

const StoredCall = z.object({
	id: z.guid(),
	kind: z.string(),
	data: z
		.object({ until: Instant, starts_at: Instant, moved_to: Instant, called_off: Instant, words: z.string() })
		.partial(),
	created_at: Instant
});

const StoredLine = z.object({
	id: z.guid(),
	state: z.enum(ENROLMENT_STATES),
	version: count,
	place: count.nullable(),
	offered_until: Instant.nullable(),
	missed_offers: count,
	email: z.string().nullable(),
	has_account: z.boolean(),
	created_at: Instant,
	is_shortlisted: z.boolean(),
	decision: z.enum(DECISIONS).nullable(),
	practicum_hours: z.number(),
	details: z.string().nullable(),
	attendance: z.record(z.guid(), z.boolean()),
	reviews: count,
	scores: z.array(z.array(count)),
	calls: z.array(StoredCall),
	mail_failed: z.boolean(),
	certificate: z.string().nullable()
});

const opened = async ({ details, ...line }: z.infer<typeof StoredLine>, onBroken: OnBroken): Promise<RosterLine> => ({
	...line,
	details: await openDetails(line.id, details, onBroken)
});

/** Everybody in a cohort, in the order of the line; null for those who don't coordinate it. @param asFile audited as an export */
export async function roster(
	db: Supabase,
	cohort: string,
	onBroken: OnBroken,
	asFile = false
): Promise<RosterLine[] | null> {
	const stored = z
		.array(StoredLine)
		.nullable()
		.parse(available(await db.rpc('roster', { cohort, as_file: asFile })));
	return stored && Promise.all(stored.map((line) => opened(line, onBroken)));
}

const StoredPerson = StoredLine.extend({
	cohort_id: z.guid(),
	answer: z.string().nullable(),
	steps: z.array(
		z.object({
			event: z.string(),
			to_state: z.enum(ENROLMENT_STATES),
			actor: z.enum(['person', 'coordinator', 'system']),
			at: Instant
		})
	),
	notes: z.array(
		z.object({
			id: z.guid(),
			at: Instant,
			author: z.string().nullable(),
			mine: z.boolean(),
			words: z.string(),
			is_review: z.boolean(),
			scores: z.array(count).nullable()
		})
	)
});

/** One person of a cohort; null for those who don't coordinate it. */
export async function readEnrolment(
	db: Supabase,
	enrolment: string,
	onBroken: OnBroken
): Promise<PersonOfCohort | null> {
	const stored = StoredPerson.nullable().parse(available(await db.rpc('read_enrolment', { enrolment })));
	if (!stored) return null;
	const { answer, notes, ...line } = stored;
	const [person, words, written] = await Promise.all([
		opened(line, onBroken),
		openAnswer(line.id, answer, onBroken),
		Promise.all(notes.map(async (note) => ({ ...note, words: await openNote(note.id, note.words, onBroken) })))
	]);
	return { ...line, ...person, answer: words, notes: written };
}

/** Null where it is done, or why it was refused. */
const refusedAs = <const Refusal extends string>(refusals: readonly Refusal[]) =>
	z.union([
		z.object({ ok: z.unknown().refine((ok) => ok !== undefined) }).transform(() => null),
		z.object({ refused: z.enum(refusals) }).transform(({ refused }) => refused)
	]);

const Noted = refusedAs(['not_found', 'scores']);

interface GivenNote {
	/** The form's own id, so that it is written once. */
	id: string;
	text: string;
	/** One's own reading of an application, with a score for each line of the rubric. */
	review?: { scores: number[] | null };
}

export const saveNote = async (
	db: Supabase,
	enrolment: string,
	{ id, text, review }: GivenNote
): Promise<z.infer<typeof Noted>> =>
	Noted.parse(
		available(
			await db.rpc('save_enrolment_note', {
				enrolment,
				note: id,
				words: await sealNote(id, text),
				is_review: review !== undefined,
				...(review?.scores && { scores: review.scores })
			})
		)
	);

const Marked = refusedAs(['not_found', 'hours']);

export const mark = async (
	db: Supabase,
	enrolment: string,
	given: { is_shortlisted?: boolean; practicum_hours?: number }
): Promise<z.infer<typeof Marked>> => Marked.parse(available(await db.rpc('mark_enrolment', { enrolment, given })));

/** Somebody has been told; false where the call is of no program of one's own. */
export const settleCall = async (db: Supabase, call: string): Promise<boolean> =>
	z.boolean().parse(available(await db.rpc('settle_call', { call })));

const Attended = refusedAs(['not_allowed', 'too_early']);
export type AttendanceRefusal = NonNullable<z.infer<typeof Attended>>;

export const saveAttendance = async (
	db: Supabase,
	meeting: string,
	{ present, shown }: { present: string[]; shown: string[] }
): Promise<z.infer<typeof Attended>> =>
	Attended.parse(available(await db.rpc('save_attendance', { class: meeting, present, shown })));

const Completed = refusedAs(['not_allowed', 'not_begun']);
export type CompletionRefusal = NonNullable<z.infer<typeof Completed>>;

export const completeEnrolments = async (
	db: Supabase,
	cohort: string,
	given: { completed: string[]; not_completed: string[] }
): Promise<z.infer<typeof Completed>> =>
	Completed.parse(available(await db.rpc('complete_enrolments', { cohort, ...given })));

const Sent = z.union([
	z.object({ ok: count, left: count }),
	z.object({ refused: z.enum(['not_allowed', 'full', 'too_late']) })
]);

/** Sends the decisions that are waiting: how many, and how many could not be sent; or why none. */
export const sendDecisions = async (db: Supabase, cohort: string): Promise<z.infer<typeof Sent>> =>
	Sent.parse(available(await db.rpc('send_decisions', { cohort })));

const Messaged = refusedAs(['not_allowed', 'empty', 'too_long']);
export type MessageRefusal = NonNullable<z.infer<typeof Messaged>>;

/** Writes to everybody in one of these states, once for each id. */
export const messageCohort = async (
	db: Supabase,
	cohort: string,
	{ id, states, words }: { id: string; states: EnrolmentState[]; words: string }
): Promise<z.infer<typeof Messaged>> =>
	Messaged.parse(available(await db.rpc('message_cohort', { cohort, message: id, states, words })));
