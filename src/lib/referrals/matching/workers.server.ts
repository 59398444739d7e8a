/** A program's workers as its coordinators and their supervisors see them (20261122001650_workers.sql, …2250, …2300). */
import { z } from 'zod';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { STATES } from '../states';

/** Days are `YYYY-MM-DD`. */
const Worker = z.object({
	id: z.guid(),
	name: z.string(),
	/** How many people they support at most, as they say themselves. */
	cap: z.number().int(),
	load: z.number().int(),
	/** How many they are asked about. */
	proposed: z.number().int(),
	less_until: z.string().nullable(),
	away_until: z.string().nullable(),
	cover_id: z.guid().nullable(),
	cover: z.string().nullable(),
	language_codes: z.array(z.string()),
	/** Names. */
	areas: z.array(z.string()),
	about: z.string(),
	wishes: z.string(),
	/** Empty where they have left none. */
	phone: z.string(),
	supervisors: z.array(z.string()),
	supervisor_ids: z.array(z.guid()),
	/** No worker here any more, while people still count on them. */
	has_left: z.boolean()
});
export type Worker = z.infer<typeof Worker>;

/** All of them for coordinators, a supervisor's own; null for others. */
export async function workers(db: Supabase, program: string): Promise<Worker[] | null> {
	return z
		.array(Worker)
		.nullable()
		.parse(available(await db.rpc('program_workers', { program })));
}

const WorkerMatch = z.object({
	reference: z.string(),
	state: z.enum(STATES),
	area: z.string().nullable(),
	proposed_at: z.string(),
	first_met_on: z.string().nullable(),
	ends_on: z.string().nullable(),
	/** They haven't met yet. */
	is_coming: z.boolean(),
	asked_for: z.array(z.enum(['handover', 'call'])),
	next_meeting_at: z.string().nullable()
});
export type WorkerMatch = z.infer<typeof WorkerMatch>;

/** Whom a worker supports or is asked to; null for those who may not know. */
export async function matchesOf(db: Supabase, program: string, worker: string): Promise<WorkerMatch[] | null> {
	return z
		.array(WorkerMatch)
		.nullable()
		.parse(available(await db.rpc('worker_matches', { program, worker })));
}

const LateMeeting = z.object({
	id: z.guid(),
	reference: z.string(),
	worker_id: z.guid(),
	worker: z.string(),
	/** The worker's; empty where they have left none. */
	phone: z.string(),
	starts_at: z.string(),
	ends_at: z.string(),
	checked_in_at: z.string()
});
export type LateMeeting = z.infer<typeof LateMeeting>;

/** Meetings that nobody has checked out of half an hour after they should have ended, the longest due first. */
export async function lateMeetings(db: Supabase, program: string): Promise<LateMeeting[]> {
	return z.array(LateMeeting).parse(available(await db.rpc('late_meetings', { program })));
}

export interface Named {
	id: string;
	name: string;
}

/** Whom coordinators may name as supervisors, by name. */
export async function supervisors(db: Supabase, program: string): Promise<Named[]> {
	const found = available(await db.rpc('program_supervisors', { program }));
	return z.array(z.object({ id: z.guid(), name: z.string() })).parse(found ?? []);
}

const Changed = z.union([
	z.object({ ok: z.unknown() }).transform(() => null),
	z.object({ refused: z.enum(['not_allowed', 'not_a_member']) }).transform(({ refused }) => refused)
]);

/** Why it was refused; null where it was done. */
export async function setSupervisors(
	db: Supabase,
	program: string,
	worker: string,
	ids: string[]
): Promise<'not_allowed' | 'not_a_member' | null> {
	return Changed.parse(available(await db.rpc('set_supervisors', { program, worker, supervisors: ids })));
}
