/** A worker's own work: whom they support, and whom they are asked to support (20261122002300_work.sql). */
import { z } from 'zod';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { type OnBroken, type Opened } from '$lib/server/opened';
import { openEach, type OpenedDetails } from '../desk.server';
import { STATES } from '../states';
import type { Plan } from './contents';
import { openInitials, openPlan } from './sealed-support.server';
import { ASKED_FOR, openMeeting, StoredMeeting, type Meeting } from './support.server';

const StoredPerson = z.object({
	id: z.guid(),
	reference: z.string(),
	match_id: z.guid(),
	state: z.enum(STATES),
	version: z.number().int(),
	area: z.string().nullable(),
	/** Both have said yes; they have not met yet. */
	is_coming: z.boolean(),
	first_met_on: z.string().nullable(),
	ends_on: z.string().nullable(),
	initials: z.string().nullable(),
	next_meeting: StoredMeeting.nullable(),
	/** How many are still to come. */
	planned_meetings: z.number().int(),
	open_steps: z.number().int(),
	asked_for: z.array(z.enum(ASKED_FOR)),
	has_goals: z.boolean(),
	has_conversation: z.boolean()
});
export type SupportedPerson = Omit<z.infer<typeof StoredPerson>, 'initials' | 'next_meeting'> & {
	initials: Opened<string>;
	next_meeting: Meeting | null;
};

const Asked = z.object({
	reference: z.string(),
	match_id: z.guid(),
	proposed_at: z.string(),
	area: z.string().nullable(),
	is_opened: z.boolean(),
	said_yes_at: z.string().nullable()
});
export type Asked = z.infer<typeof Asked>;

const StoredUnderWay = z.object({ reference: z.string(), meeting: StoredMeeting });
/** A meeting of one's own that is not checked out of, with somebody whom one supports no more. */
export interface UnderWay {
	reference: string;
	meeting: Meeting;
}

const Work = z.object({
	proposals: z.array(Asked),
	people: z.array(StoredPerson),
	under_way: z.array(StoredUnderWay)
});

export interface MyWork {
	proposals: Asked[];
	people: SupportedPerson[];
	under_way: UnderWay[];
}

/** The signed-in worker's work in a program; null for those who are no worker there. */
export async function myWork(db: Supabase, program: string, onBroken: OnBroken): Promise<MyWork | null> {
	const work = Work.nullable().parse(available(await db.rpc('my_work', { program })));
	if (!work) return null;
	const people = work.people.map(async ({ initials, next_meeting, ...person }) => ({
		...person,
		initials: await openInitials(person.match_id, initials, onBroken),
		next_meeting: next_meeting && (await openMeeting(next_meeting, onBroken))
	}));
	const underWay = work.under_way.map(async ({ reference, meeting }) => ({
		reference,
		meeting: await openMeeting(meeting, onBroken)
	}));
	return {
		proposals: work.proposals,
		people: await Promise.all(people),
		under_way: await Promise.all(underWay)
	};
}

const StoredProposal = z.object({
	id: z.guid(),
	reference: z.string(),
	version: z.number().int(),
	match_id: z.guid(),
	program_id: z.guid(),
	proposed_at: z.string(),
	language_codes: z.array(z.string()),
	area: z.string().nullable(),
	goals: z.string().nullable(),
	said_yes_at: z.string().nullable(),
	/** Whether the worker has asked to see what follows. */
	is_opened: z.boolean(),
	initials: z.string().nullish(),
	safety: z.string().nullish(),
	plan: z.string().nullish(),
	program: z.object({ home_visits: z.boolean(), personal_numbers: z.boolean() })
});

export interface Proposal extends Omit<z.infer<typeof StoredProposal>, 'goals' | 'initials' | 'safety' | 'plan'> {
	goals: OpenedDetails['goals'];
	/** Null until it is opened. */
	initials: Opened<string>;
	safety: OpenedDetails['safety'];
	plan: Opened<Plan>;
}

/**
 * What a proposed worker may see of a request; null where it is not proposed to them. The reading is audited.
 *
 * @param opening that they ask for more than need and area
 */
export async function readProposal(
	db: Supabase,
	reference: string,
	opening: boolean,
	onBroken: OnBroken
): Promise<Proposal | null> {
	const stored = StoredProposal.nullable().parse(available(await db.rpc('read_proposal', { reference, opening })));
	if (!stored) return null;
	const { goals, safety, initials, plan, ...rest } = stored;
	const sealed = { client: null, contact: null, referrer: null, goals, safety: safety ?? null };
	const [details, openInitialsOf, openPlanOf] = await Promise.all([
		openEach(stored.id, sealed, onBroken),
		openInitials(stored.match_id, initials ?? null, onBroken),
		openPlan(stored.match_id, plan ?? null, onBroken)
	]);
	return { ...rest, goals: details.goals, safety: details.safety, initials: openInitialsOf, plan: openPlanOf };
}
