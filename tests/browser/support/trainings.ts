/** Trainings in every state, and the places of people in them, sealed as the Worker seals. */
import { randomUUID } from 'node:crypto';
import { LOCAL_SEAL_KEYS } from '../../../scripts/support/everything.ts';
import type { Enums } from '../../../src/lib/server/database.types.ts';
import { readKeyring, seal } from '../../../src/lib/server/seal.ts';
import type { Details } from '../../../src/lib/training/details.ts';
import type { Question } from '../../../src/lib/training/training.ts';
import { anAccount } from './database.ts';
import { Desk } from './desk.ts';

const keys = readKeyring(process.env.SEAL_KEYS?.trim() || LOCAL_SEAL_KEYS);

export interface Cohort {
	id: string;
	slug: string;
	title: string;
	/** Its classes, the first first. */
	classes: string[];
}

export interface Trainee {
	id: string;
	email: string;
}

interface CohortGiven {
	state?: Enums<'cohort_state'>;
	kind?: Enums<'cohort_kind'>;
	title?: string;
	capacity?: number;
	offer_days?: number;
	practicum_hours?: number;
	opens_at?: string;
	closes_at?: string;
	joining?: string;
	place_name?: string;
	place_address?: string;
	rubric?: string[];
	reviewers?: number;
	has_shortlist?: boolean;
	decides_together?: boolean;
	/** When its classes start, in days from now, each two hours long. */
	classes?: number[];
	questions?: Partial<Question>[];
}

export const DETAILS: Details = {
	...{ name: 'Robin Sample', reach: 'email', phone: '604-555-0142', address: '' },
	...{ needs: ['quiet'], needs_words: 'No nuts, please', answers: [] }
};

/** Each question that an application can ask. */
export const QUESTIONS: Partial<Question>[] = [
	{ kind: 'short', label: 'Where did you hear of us?', is_required: false, longest: 200 },
	{ kind: 'choice', label: 'Which days suit you?', options: ['Weekdays', 'Weekends'] },
	{ kind: 'long', label: 'What has helped you?', hint: 'As much or as little as you like.', longest: 2000 },
	{ kind: 'consent', label: 'I agree that two people read this.' }
];

export async function aCohort({ sql, id: program_id }: Desk, given: CohortGiven = {}): Promise<Cohort> {
	const { state = 'open', capacity = 10, classes = [30, 37], questions = [], ...columns } = given;
	const id = randomUUID();
	const slug = `cohort-${id}`;
	const title = given.title ?? `Walking beside ${id.slice(0, 6)}`;
	await sql`insert into public.cohorts ${sql({
		...{ id, program_id, slug, state, capacity, summary: 'Two mornings.' },
		...{ announced_at: state === 'draft' ? null : new Date(), ...columns, title }
	})}`;
	const made = await sql<{ id: string }[]>`
		insert into public.classes (cohort_id, starts_at, ends_at, topic)
		select ${id}, now() + days * interval '1 day', now() + days * interval '1 day' + interval '2 hours', 'Topic ' || n
		from unnest(${classes}::double precision[]) with ordinality t (days, n) order by n returning id`;
	for (const [position, question] of questions.entries())
		await sql`insert into public.cohort_questions ${sql({
			...{ id: randomUUID(), cohort_id: id, position, kind: 'short', label: 'A question?', ...question }
		})}`;
	return { id, slug, title, classes: made.map((each) => each.id) };
}

interface EnrolmentGiven {
	/** Without one, entered by staff for somebody without an account. */
	person?: Trainee;
	/** Theirs, where they have no account; without it they have no address. */
	email?: string;
	practicum_hours?: number;
	details?: Partial<Details>;
	/** How long an offer still stands, in hours. */
	until?: number;
	missed?: number;
	/** The program's words with a no. */
	answer?: string;
}

/** Somebody's place, as it would stand in this state. */
export async function anEnrolment(
	{ sql, id: program }: Desk,
	cohort: Cohort,
	state: Enums<'enrolment_state'>,
	{ person, email = person?.email, details, until = 24, missed = 0, answer, practicum_hours = 0 }: EnrolmentGiven = {}
): Promise<string> {
	const id = randomUUID();
	const hours = state === 'offered' ? until : null;
	const at = (column: string) => ({ table: 'enrolment_details', row: id, column });
	const said: Details = { ...DETAILS, reach: email ? 'email' : 'phone', ...details };
	await sql`
		insert into public.enrolments (id, cohort_id, program_id, person_id, email, state, line_number, offered_until, missed_offers,
			practicum_hours)
		values (${id}, ${cohort.id}, ${program}, ${person?.id ?? null}, ${email ?? null}, ${state},
			nextval('private.line_numbers'), now() + make_interval(hours => ${hours}::integer), ${missed}, ${practicum_hours})`;
	await sql`insert into private.enrolment_details (enrolment_id, details, answer)
		values (${id}, ${await seal(keys, at('details'), said)},
			${answer ? await seal(keys, at('answer'), { text: answer }) : null})`;
	if (state === 'completed')
		await sql`select private.settle_certificate(e) from public.enrolments e where e.id = ${id}`;
	return id;
}

/** An application that is not sent yet. */
export async function anApplication(
	{ sql }: Desk,
	cohort: Cohort,
	person: Trainee,
	details: Partial<Details> = {}
): Promise<string> {
	const id = randomUUID();
	const at = { table: 'application_drafts', row: id, column: 'contents' };
	await sql`insert into private.application_drafts (id, cohort_id, person_id, contents)
		values (${id}, ${cohort.id}, ${person.id}, ${await seal(keys, at, { ...DETAILS, ...details })})`;
	return id;
}

/** The token of a link to somebody's own place, as mails have it. */
export async function aTicket({ sql }: Desk, enrolment: string): Promise<string> {
	const [row] = await sql<{ token: string }[]>`select private.new_enrolment_link(${enrolment}) as token`;
	return row!.token;
}

/** A program with trainings. */
export class Trainings extends Desk {
	cohort(given?: CohortGiven): Promise<Cohort> {
		return aCohort(this, given);
	}

	enrolment(cohort: Cohort, state: Enums<'enrolment_state'>, given?: EnrolmentGiven): Promise<string> {
		return anEnrolment(this, cohort, state, given);
	}

	application(cohort: Cohort, person: Trainee, details?: Partial<Details>): Promise<string> {
		return anApplication(this, cohort, person, details);
	}

	/** Somebody with an account. */
	trainee(name?: string): Promise<Trainee> {
		return anAccount(this.sql, { name });
	}

	/** The address of a link to somebody's own place. */
	async link(enrolment: string): Promise<string> {
		return `/training/seat/${await aTicket(this, enrolment)}`;
	}

	async stateOf(enrolment: string): Promise<string | undefined> {
		const [row] = await this.sql<{ state: string }[]>`select state from public.enrolments where id = ${enrolment}`;
		return row?.state;
	}

	/** Everybody in a cohort, in the order of the line. */
	async statesOf({ id }: Cohort): Promise<string[]> {
		const rows = await this.sql<{ state: string }[]>`
			select state from public.enrolments where cohort_id = ${id} order by line_number`;
		return rows.map(({ state }) => state);
	}
}

/** Where somebody signs up. */
export const signUpAt = ({ slug }: Cohort, page: '' | '/check' = ''): string => `/training/${slug}/sign-up${page}`;
