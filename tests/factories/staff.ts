import type { Client, User } from '../support/database.ts';
import { asAnonymous, asUser, aUser, sql } from '../support/database.ts';
import { aMember, type Program, type Role } from './program.ts';

/** Everybody who may knock: nobody in particular, each role of the program, and the admin of another. */
export const CALLERS = [
	'somebody not signed in',
	'somebody without a role',
	'a worker',
	'a supervisor',
	'an editor',
	'a coordinator',
	'an admin',
	'an admin of another program'
] as const;
export type Caller = (typeof CALLERS)[number];

const ROLES: Partial<Record<Caller, Role>> = {
	'a worker': 'worker',
	'a supervisor': 'supervisor',
	'an editor': 'editor',
	'a coordinator': 'coordinator',
	'an admin': 'admin'
};

/** A caller of this kind, towards `program`; `user` is null for somebody who is not signed in. */
export async function aCaller(
	kind: Caller,
	program: Program,
	elsewhere: Program
): Promise<{ db: Client; user: User | null }> {
	if (kind === 'somebody not signed in') return { db: asAnonymous(), user: null };
	const user = await aPerson(kind, program, elsewhere);
	return { db: asUser(user), user };
}

function aPerson(kind: Caller, program: Program, elsewhere: Program): Promise<User> {
	if (kind === 'somebody without a role') return aUser();
	if (kind === 'an admin of another program') return aMember(elsewhere, 'admin');
	return aMember(program, ROLES[kind]!);
}

export interface AuditEvent {
	event: string;
	outcome: string;
	actor_id: string | null;
	subject_id: string | null;
	details: Record<string, unknown>;
}

/** What the audit holds of a subject, the oldest first. */
export const eventsAbout = async (subject: string): Promise<AuditEvent[]> => [
	...(await sql<AuditEvent[]>`
		select event, outcome, actor_id, subject_id, details from public.audit_events
		where subject_id = ${subject} order by id`)
];

/** What the audit holds of an event in a program, the oldest first. */
export const eventsOf = async (program: Program, event: string): Promise<AuditEvent[]> => [
	...(await sql<AuditEvent[]>`
		select event, outcome, actor_id, subject_id, details from public.audit_events
		where program_id = ${program.id} and event = ${event} order by id`)
];

/** The link's token, as the message in the outbox has it. */
export async function tokenOf(invitation: string): Promise<string> {
	const [row] = await sql<{ token: string }[]>`
		select data->>'token' as token from private.outbox where dedupe_key = ${`invitation:${invitation}`}`;
	return row!.token;
}

/** An open invitation to the program, for this address, by an admin of its own. */
export async function anInvitation(
	program: Program,
	email: string,
	role: Role = 'worker'
): Promise<{ id: string; token: string }> {
	const admin = asUser(await aMember(program, 'admin'));
	const { data } = await admin.rpc('invite_member', {
		program: program.id,
		address: email,
		person_name: 'Robin Sample',
		wanted: role
	});
	const { ok: id } = data as { ok: string };
	return { id, token: await tokenOf(id) };
}
