/** What a program's trainings hold, made anew for a test, and what a print of all of it is made of. */
import { randomUUID } from 'node:crypto';
import type { MyDesk } from './my-requests.ts';
import { answered } from './roster.ts';
import { aCohort, anApplication, anEnrolment, aTicket, type Trainee } from './trainings.ts';

/** Each by the word that stands for it in `training-routes.ts`. */
export type TrainingHoldings = Record<
	| 'APPLICANT'
	| 'APPLICATION'
	| 'APPLICATIONS'
	| 'APPLYING'
	| 'CLASS'
	| 'COHORT'
	| 'COMPLETED'
	| 'DAY'
	| 'GRADUATE'
	| 'LINK'
	| 'OFFER'
	| 'POST'
	| 'RUNNING'
	| 'SEAT'
	| 'SECRET'
	| 'SESSION'
	| 'TELLING'
	| 'TICKET'
	| 'TRAINEE',
	string
>;

/** @param email whose own places there are */
export async function makeTrainingHoldings(
	here: MyDesk,
	email: string,
	{ isAnnounced }: { isAnnounced?: boolean } = {}
): Promise<TrainingHoldings> {
	const SECRET = `Robin ${randomUUID()}`;
	const [places, making, people] = await Promise.all([
		makePlaces(here, email),
		makeMaking(here, isAnnounced),
		makePeople(here, SECRET)
	]);
	return { ...places, ...making, ...people, SECRET, DAY: await here.day(9) };
}

/** Somebody's places in trainings: a seat, an offer, one that is completed, and an application that is not sent. */
async function makePlaces(here: MyDesk, email: string) {
	const [person] = await here.sql<Trainee[]>`select id, email from auth.users where email = ${email}`;
	const applying = await aCohort(here, { kind: 'application' });
	const of = async (state: 'enrolled' | 'offered' | 'completed') =>
		anEnrolment(here, await aCohort(here), state, { person });
	const seat = await of('enrolled');
	return {
		APPLICATION: person ? await anApplication(here, applying, person) : '',
		APPLYING: applying.slug,
		COMPLETED: await of('completed'),
		OFFER: await of('offered'),
		SEAT: seat,
		TICKET: await aTicket(here, seat)
	};
}

/** A training as a draft with a class, news of trainings, and one of another organization. */
async function makeMaking(here: MyDesk, isAnnounced = false) {
	const cohort = await aCohort(here, { state: isAnnounced ? 'announced' : 'draft', classes: [20] });
	const [POST, LINK] = [randomUUID(), randomUUID()];
	await here.sql`insert into public.training_posts (id, program_id, title, body)
		values (${POST}, ${here.id}, 'News', 'Something is new.')`;
	await here.sql`insert into public.training_links (id, program_id, title, url)
		values (${LINK}, ${here.id}, 'A course', 'https://college.example')`;
	return { COHORT: cohort.id, CLASS: cohort.classes[0]!, POST, LINK };
}

/**
 * One that takes applications, with somebody who has applied, and one that has begun, with somebody who has a seat and is to be told
 * something, and somebody who has completed it.
 */
async function makePeople(here: MyDesk, name: string) {
	const applied = await aCohort(here, {
		kind: 'application',
		decides_together: true,
		has_shortlist: true,
		rubric: ['Listens']
	});
	const running = await aCohort(here, { state: 'running', classes: [-2 / 24, 7] });
	const trainee = await anEnrolment(here, running, 'enrolled', { details: { name } });
	const [call] = await here.sql<{ id: string }[]>`insert into private.enrolment_calls (enrolment_id, kind, key)
		values (${trainee}, 'training_seat', 'seat') returning id`;
	return {
		APPLICATIONS: applied.id,
		APPLICANT: await anEnrolment(here, applied, 'applied', {
			details: { name, answers: [answered('Why now?', '', true)] }
		}),
		RUNNING: running.id,
		SESSION: running.classes[0]!,
		TRAINEE: trainee,
		GRADUATE: await anEnrolment(here, running, 'completed', { details: { name } }),
		TELLING: call!.id
	};
}

const OF_PEOPLE = ['details', 'notes', 'calls', 'links'].map((table) => [`private.enrolment_${table}`, 'enrolment_id']);

/** A hash of these trainings and of the people in them; others may sign up for the same. */
export async function printOfTrainings({ sql, id }: MyDesk, held: TrainingHoldings): Promise<string> {
	const people = [held.APPLICANT, held.COMPLETED, held.GRADUATE, held.OFFER, held.SEAT, held.TRAINEE];
	const rows = [
		...['cohorts', 'training_posts', 'training_links'].map(
			(table) => `select to_jsonb(t) from public.${table} t where program_id = $1`
		),
		...['public.classes', 'public.cohort_questions', 'private.cohort_messages'].map(
			(table) =>
				`select to_jsonb(t) from ${table} t where cohort_id in (select id from public.cohorts where program_id = $1)`
		),
		'select to_jsonb(t) from private.certificates t where program_id = $1',
		...[['public.enrolments', 'id'], ['private.attendance', 'enrolment_id'], ...OF_PEOPLE].map(
			([table, key]) => `select to_jsonb(t) from ${table} t where ${key}::text = any (string_to_array($2, ' '))`
		),
		'select to_jsonb(t) from private.application_drafts t where id::text = $3'
	];
	const [row] = await sql.unsafe<{ print: string }[]>(
		`with rows (value) as (${rows.join(' union all ')})
		select md5(string_agg(value::text, '' order by value::text)) as print from rows`,
		[id, people.join(' '), held.APPLICATION]
	);
	return row!.print;
}
