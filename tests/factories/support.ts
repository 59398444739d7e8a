/** Supports that run: their workers and supervisors, what is written of them, their meetings. */
import { randomUUID } from 'node:crypto';
import type { Json } from '../../src/lib/server/database.types.ts';
import { asUser, sql, type Client, type User } from '../support/database.ts';
import { aMember, type Program } from './program.ts';
import { aReferral, sealedText, type Given, type Referral } from './referral.ts';

export interface Support {
	referral: Referral;
	worker: User;
	/** As the worker. */
	db: Client;
}

/** A support to the program that is active, unless another state is given. */
export async function aSupport(program: Program, given: Given = {}): Promise<Support> {
	const worker = given.worker ?? (await aMember(program, 'worker'));
	return { referral: await aReferral(program, { state: 'active', ...given, worker }), worker, db: asUser(worker) };
}

/** Somebody who supervises these workers. */
export async function aSupervisorOf(program: Program, ...workers: User[]): Promise<User> {
	const supervisor = await aMember(program, 'supervisor');
	for (const { id } of workers)
		await sql`insert into public.supervisions (program_id, worker_id, supervisor_id)
			values (${program.id}, ${id}, ${supervisor.id})`;
	return supervisor;
}

export interface Entry {
	id: string;
	kind: string;
	step: string | null;
	mark: string | null;
	on_day: string | null;
	words: string;
	version: number;
	removed: boolean;
	is_mine: boolean;
	marks: { mark: string; on_day: string }[];
}
export interface Saved {
	id: string;
	ok?: number;
	refused?: string;
	entry?: Entry;
}

/** Writes an entry as this client: a new one, unless an id and the version that was read are given. */
export async function save(
	db: Client,
	{ id: referral }: Referral,
	given: Record<string, Json>,
	{ id = randomUUID() as string, expected = 0 } = {}
): Promise<Saved> {
	const { data, error } = await db.rpc('save_support_entry', {
		referral,
		entry: id,
		expected,
		given: { words: sealedText(), ...given }
	});
	if (error) throw new Error(`${error.code}: ${error.message}`);
	return { id, ...(data as Omit<Saved, 'id'>) };
}

/** So many minutes from now, as an instant. */
export const minutesOn = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

/** Plans a meeting as this client, or moves one: in so many minutes, for so many. */
export async function plan(
	db: Client,
	{ id: referral }: Referral,
	{ start = 60, length = 60, id = randomUUID() as string, expected = 0 } = {}
): Promise<Saved> {
	const { data, error } = await db.rpc('plan_meeting', {
		referral,
		meeting: id,
		expected,
		starts_at: minutesOn(start),
		ends_at: minutesOn(start + length),
		place: sealedText()
	});
	if (error) throw new Error(`${error.code}: ${error.message}`);
	return { id, ...(data as Omit<Saved, 'id'>) };
}

/** A meeting as a row, begun so many minutes from now; `checkedIn` where its worker has said that it begins. */
export async function aMeeting(
	{ id: referral_id }: Referral,
	worker: User,
	{ start = 60, length = 60, checkedIn = false } = {}
): Promise<string> {
	const id = randomUUID();
	await sql`insert into private.support_meetings ${sql({
		id,
		referral_id,
		worker_id: worker.id,
		starts_at: minutesOn(start),
		ends_at: minutesOn(start + length),
		place: sealedText(),
		checked_in_at: checkedIn ? minutesOn(start) : null
	})}`;
	return id;
}

export async function mark(db: Client, meeting: string, what: string): Promise<{ ok?: number; refused?: string }> {
	const { data, error } = await db.rpc('mark_meeting', { meeting, what });
	if (error) throw new Error(`${error.code}: ${error.message}`);
	return data as { ok?: number; refused?: string };
}

export interface Read extends Record<string, unknown> {
	part: string;
	worker: { id: string; name: string };
	moves: string[];
	entries: Entry[];
	meetings: { id: string; worker_id: string }[];
	steps: { step: string; settled: string | null }[];
	timeline: { event: string }[];
}
/** A support as this client reads it, or null. */
export async function readSupport(db: Client, { reference }: Referral): Promise<Read | null> {
	const { data, error } = await db.rpc('read_support', { reference });
	if (error) throw new Error(`${error.code}: ${error.message}`);
	return data as Read | null;
}

/** `event outcome`, of all that the audit holds of what somebody did, the oldest first. */
export const auditedOf = async ({ id }: User): Promise<string[]> =>
	(await sql`select event, outcome from public.audit_events where actor_id = ${id} order by id`).map(
		({ event, outcome }) => `${event} ${outcome}`
	);
