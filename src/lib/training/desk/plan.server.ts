/** What coordinators make of trainings, by the database's functions (20261123000400_training_desk.sql and …420). */
import { z } from 'zod';
import type { Instants } from '$lib/directory/day-times';
import { keyedHash } from '$lib/server/keyed-hash';
import { hashKey } from '$lib/server/keyring';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { uuidOf } from '$lib/server/uuid';
import { COHORT_STATES, type Question } from '../training';
import type { CohortGiven } from './cohort-form';

const answerOf = <Ok extends z.ZodType, const Refusals extends readonly string[]>(ok: Ok, refusals: Refusals) =>
	z.union([z.object({ ok }), z.object({ refused: z.enum(refusals) })]);

const SavedCohort = answerOf(z.number().int(), ['not_allowed', 'stale', 'not_possible', 'kind', 'place', 'dates']);
export type SavedCohort = z.infer<typeof SavedCohort>;

/** @param version 0 for a new one */
export const saveCohort = async (
	db: Supabase,
	program: string,
	{ id, version }: { id: string; version: number },
	given: CohortGiven
): Promise<SavedCohort> =>
	SavedCohort.parse(available(await db.rpc('save_cohort', { program, cohort: id, given: { ...given }, version })));

export const COHORT_EVENTS = ['publish', 'open', 'close', 'cancel', 'remove'] as const;
export type CohortEvent = (typeof COHORT_EVENTS)[number];

const MovedCohort = answerOf(z.enum([...COHORT_STATES, 'removed']), ['not_allowed', 'stale', 'not_possible', 'past']);
export type MovedCohort = z.infer<typeof MovedCohort>;

export const moveCohort = async (
	db: Supabase,
	{ id, version }: { id: string; version: number },
	event: CohortEvent
): Promise<MovedCohort> => MovedCohort.parse(available(await db.rpc('move_cohort', { cohort: id, event, version })));

const AddedClasses = answerOf(z.number().int(), ['not_allowed', 'not_possible', 'past', 'overlap', 'too_many']);
export type AddedClasses = z.infer<typeof AddedClasses>;

/**
 * Adds classes to a cohort.
 *
 * @param form the form's own id: the same form sent twice adds its classes once
 */
export async function addClasses(
	db: Supabase,
	cohort: string,
	form: string,
	classes: readonly Instants[],
	topic = ''
): Promise<AddedClasses> {
	const given = await Promise.all(
		classes.map(async (instants, index) => ({
			id: uuidOf(await keyedHash(hashKey(), 'class of', `${cohort}:${form}:${index}`)),
			...instants,
			topic
		}))
	);
	return AddedClasses.parse(available(await db.rpc('add_classes', { cohort, given })));
}

const SavedClass = answerOf(z.number().int(), ['not_allowed', 'stale', 'not_possible', 'past', 'overlap']);
export type SavedClass = z.infer<typeof SavedClass>;

export const saveClass = async (
	db: Supabase,
	id: string,
	given: Instants & { topic: string; is_cancelled: boolean },
	sequence: number
): Promise<SavedClass> =>
	SavedClass.parse(available(await db.rpc('save_class', { class: id, given: { ...given }, sequence })));

const SavedQuestions = answerOf(z.number().int(), ['not_allowed', 'stale', 'not_possible', 'too_many']);
export type SavedQuestions = z.infer<typeof SavedQuestions>;

export const saveQuestions = async (
	db: Supabase,
	{ id, version }: { id: string; version: number },
	questions: readonly Question[]
): Promise<SavedQuestions> =>
	SavedQuestions.parse(
		available(await db.rpc('save_questions', { cohort: id, questions: questions.map((one) => ({ ...one })), version }))
	);

const SavedEntry = answerOf(z.number().int(), ['not_allowed', 'stale']);
export type SavedEntry = z.infer<typeof SavedEntry>;

/** @param given null takes it away */
export const savePost = async (
	db: Supabase,
	program: string,
	{ id, version }: { id: string; version: number },
	given: { cohort_id: string | null; title: string; body: string } | null
): Promise<SavedEntry> =>
	SavedEntry.parse(available(await db.rpc('save_training_post', { program, post: id, given, version })));

/** @param given null takes it away */
export const saveLink = async (
	db: Supabase,
	program: string,
	{ id, version }: { id: string; version: number },
	given: { title: string; organization: string; url: string; note: string } | null
): Promise<SavedEntry> =>
	SavedEntry.parse(available(await db.rpc('save_training_link', { program, link: id, given, version })));
