/** Cohorts as their coordinators see them (20261123000400_training_desk.sql). */
import { error, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import type { ProgramMembership } from '$lib/people/person';
import { staff } from '$lib/people/staff.server';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { ENROLMENT_STATES } from '../enrolments.server';
import { Instant, Meeting, Question, TrainingCard } from '../training';

const count = z.number().int();

/** A cohort in a list: how many are in it as what, how many decisions wait to be sent, how many people to be called. */
export const CohortLine = TrainingCard.extend({
	id: z.guid(),
	version: count,
	capacity: count,
	applied: count,
	waitlisted: count,
	offered: count,
	enrolled: count,
	completed: count,
	not_completed: count,
	decided: count,
	calls: count
});
export type CohortLine = z.infer<typeof CohortLine>;

/** Everything that its form has. */
export const DeskCohort = CohortLine.extend({
	program_id: z.guid(),
	about: z.string(),
	who_for: z.string(),
	cost: z.string(),
	support: z.string(),
	joining: z.string(),
	area_id: z.guid().nullable(),
	offer_days: count,
	practicum_hours: count,
	place_slug: z.string(),
	place_name: z.string(),
	place_address: z.string(),
	rubric: z.array(z.string()),
	reviewers: count,
	has_shortlist: z.boolean(),
	decides_together: z.boolean(),
	announced_at: Instant.nullable(),
	/** How many are told when it is announced. */
	interested: count,
	meetings: z.array(Meeting),
	questions: z.array(Question),
	messages: z.array(
		z.object({ id: z.guid(), words: z.string(), states: z.array(z.enum(ENROLMENT_STATES)), sent_at: Instant })
	)
});
export type DeskCohort = z.infer<typeof DeskCohort>;

const Desk = z.object({
	cohorts: z.array(CohortLine),
	news: z.array(
		z.object({
			id: z.guid(),
			title: z.string(),
			body: z.string(),
			posted_at: Instant,
			version: count,
			cohort_id: z.guid().nullable()
		})
	),
	links: z.array(
		z.object({
			id: z.guid(),
			title: z.string(),
			organization: z.string(),
			url: z.string(),
			note: z.string(),
			version: count
		})
	),
	/** How many addresses wait to be told. */
	interested: count
});
export type Desk = z.infer<typeof Desk>;

/** Everything of a program's trainings; null for those who don't coordinate it. */
export const deskOf = async (db: Supabase, program: string): Promise<Desk | null> =>
	Desk.nullable().parse(available(await db.rpc('desk_trainings', { program })));

/** Null for those who don't coordinate it. */
export const readCohort = async (db: Supabase, cohort: string): Promise<DeskCohort | null> =>
	DeskCohort.nullable().parse(available(await db.rpc('desk_training', { cohort })));

/**
 * The cohort in the address (`params.cohort`) and its program. Ends in a 404 where the person coordinates no program that has it,
 * whether or not there is one.
 */
export async function deskCohort(event: RequestEvent): Promise<{ program: ProgramMembership; cohort: DeskCohort }> {
	const { person } = await staff(event, 'coordinator');
	const cohort = await readCohort(event.locals.personal, event.params.cohort ?? '');
	const program = person.programs.find(({ id }) => id === cohort?.program_id);
	if (!cohort || !program) error(404, m.error_not_found());
	return { program, cohort };
}
