/** Cohorts, their classes and who is in them, as rows. */
import { randomUUID } from 'node:crypto';
import type { Enums } from '../../src/lib/server/database.types.ts';
import { asUser, sql, type User } from '../support/database.ts';
import { forgetProgram, type Program } from './program.ts';
import { sealedText } from './referral.ts';

export type CohortState = Enums<'cohort_state'>;
export type EnrolmentState = Enums<'enrolment_state'>;

export interface Cohort {
	id: string;
	program: Program;
}

interface CohortGiven {
	state?: CohortState;
	kind?: Enums<'cohort_kind'>;
	capacity?: number;
	offer_days?: number;
	opens_at?: string;
	closes_at?: string;
	/** When its classes start, in days from now, each an hour long; by default one in forty days. */
	classes?: number[];
}

export async function aCohort(program: Program, given: CohortGiven = {}): Promise<Cohort> {
	const { state = 'open', capacity = 10, classes = [40], ...columns } = given;
	const id = randomUUID();
	await sql`insert into public.cohorts ${sql({
		id,
		program_id: program.id,
		slug: `cohort-${id}`,
		title: 'Peer support training',
		state,
		capacity,
		announced_at: state === 'draft' ? null : new Date(),
		...columns
	})}`;
	for (const days of classes)
		await sql`insert into public.classes (cohort_id, starts_at, ends_at)
			values (${id}, now() + ${days} * interval '24 hours', now() + ${days} * interval '24 hours' + interval '1 hour')`;
	return { id, program };
}

export interface Enrolment {
	id: string;
	state: EnrolmentState;
	version: number;
	line_number: number;
	missed_offers: number;
	offered_until: Date | null;
}

/** Somebody in a cohort as they would stand in this state; without `person`, entered by staff, under `email` if there is one. */
export async function anEnrolment(
	cohort: Cohort,
	state: EnrolmentState,
	given: { person?: User; email?: string; offered_until?: string; missed_offers?: number } = {}
): Promise<string> {
	const id = randomUUID();
	const until = given.offered_until ?? (state === 'offered' ? new Date(Date.now() + 86_400_000).toISOString() : null);
	await sql`
		insert into public.enrolments (id, cohort_id, program_id, person_id, email, state, line_number, offered_until, missed_offers)
		values (${id}, ${cohort.id}, ${cohort.program.id}, ${given.person?.id ?? null}, ${given.person?.email ?? given.email ?? null}, ${state},
			nextval('private.line_numbers'), ${until}, ${given.missed_offers ?? 0})`;
	await sql`insert into private.enrolment_details (enrolment_id, details) values (${id}, ${sealedText()})`;
	return id;
}

const columns = () => sql`id, state, version, line_number::integer, missed_offers, offered_until`;

export async function enrolment(id: string): Promise<Enrolment> {
	const [row] = await sql<Enrolment[]>`select ${columns()} from public.enrolments where id = ${id}`;
	return row!;
}

/** Everybody in a cohort, in the order of the line. */
export const enrolmentsOf = async ({ id }: Cohort): Promise<Enrolment[]> => [
	...(await sql<Enrolment[]>`select ${columns()} from public.enrolments where cohort_id = ${id} order by line_number`)
];

/** How many are in each state. */
export async function tally(cohort: Cohort): Promise<Partial<Record<EnrolmentState, number>>> {
	const counts: Partial<Record<EnrolmentState, number>> = {};
	for (const { state } of await enrolmentsOf(cohort)) counts[state] = (counts[state] ?? 0) + 1;
	return counts;
}

export interface Answer {
	ok?: EnrolmentState;
	id?: string;
	again?: true;
	use?: string;
	version?: number;
	refused?: string;
}

/** Signs somebody up, as the Worker does. */
export async function signUp(cohort: Cohort, person: User, id: string = randomUUID()): Promise<Answer> {
	const given = { cohort: cohort.id, enrolment: id, details: sealedText() };
	const { data, error } = await asUser(person).rpc('sign_up', given);
	if (error) throw new Error(`${error.code}: ${error.message}`);
	return data as unknown as Answer;
}

export async function moveEnrolment(person: User, id: string, event: string, version?: number): Promise<Answer> {
	const { data, error } = await asUser(person).rpc('move_enrolment', {
		enrolment: id,
		event,
		version: version ?? (await enrolment(id)).version
	});
	if (error) throw new Error(`${error.code}: ${error.message}`);
	return data as unknown as Answer;
}

/** So many people with accounts, made at once. */
export async function people(count: number): Promise<User[]> {
	const users = Array.from({ length: count }, () => randomUUID()).map((id) => ({ id, email: `${id}@people.example` }));
	await sql`
		insert into auth.users (id, aud, role, email, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
		select x.id, 'authenticated', 'authenticated', x.email, now(), '{}', '{}'
		from jsonb_to_recordset(${sql.json(users)}) as x (id uuid, email text)`;
	return users;
}

/** Takes programs and their trainings away again. */
export async function forgetTrainings(...programs: Program[]): Promise<void> {
	for (const program of programs) await forgetProgram(program);
}
