/*
 * Every state of an enrolment × every event × everybody who might try, against a table written by hand from DESIGN §7. What is not in it
 * is refused by the database, changes nothing, and is audited where somebody else tried.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsAbout } from '../factories/staff.ts';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import {
	aCohort,
	anEnrolment,
	enrolment,
	forgetTrainings,
	moveEnrolment,
	type Cohort,
	type EnrolmentState
} from '../factories/training.ts';
import { asAnonymous, asUser, aUser, sql, type User } from '../support/database.ts';

const STATES: readonly EnrolmentState[] = [
	...(['applied', 'waitlisted', 'offered', 'enrolled', 'declined', 'expired', 'withdrawn', 'completed'] as const),
	'not_completed'
];
const ACTORS = [
	...['the person', 'a coordinator', 'an admin', 'another person in it', 'a worker', 'a supervisor', 'an editor'],
	...['a coordinator of another program', 'a visitor']
] as const;

type By = 'person' | 'coordinator';
const BOTH: By[] = ['person', 'coordinator'];
const TABLE: [event: string, from: EnrolmentState[], to: EnrolmentState, by: By[]][] = [
	['offer', ['applied'], 'offered', ['coordinator']],
	['waitlist', ['applied'], 'waitlisted', ['coordinator']],
	['decline', ['applied', 'waitlisted'], 'declined', ['coordinator']],
	['reconsider', ['declined'], 'applied', ['coordinator']],
	['accept', ['offered'], 'enrolled', BOTH],
	['withdraw', ['applied', 'waitlisted', 'offered', 'enrolled'], 'withdrawn', BOTH],
	['complete', ['enrolled', 'not_completed'], 'completed', ['coordinator']],
	['not_complete', ['enrolled', 'completed'], 'not_completed', ['coordinator']]
];
const EVENTS = [...TABLE.map(([event]) => event), 'expire', 'sign_up', 'invented', ''];

const partOf = (actor: string): By | null =>
	actor === 'the person' ? 'person' : actor === 'a coordinator' || actor === 'an admin' ? 'coordinator' : null;

let program: Program;
let elsewhere: Program;
/** Its first class is ahead; or has been, for those who have taken part. */
let ahead: Cohort;
let begun: Cohort;
let full: Cohort;
const users = new Map<string, User>();

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('states'), await aProgram('states-elsewhere')];
	ahead = await aCohort(program, { capacity: 1000 });
	begun = await aCohort(program, { capacity: 1000, state: 'running', classes: [-1, 6] });
	full = await aCohort(program, { capacity: 0 });
	users.set('a coordinator', await aMember(program, 'coordinator'));
	users.set('an admin', await aMember(program, 'admin'));
	for (const role of ['worker', 'supervisor', 'editor'] as const)
		users.set(`${role === 'editor' ? 'an' : 'a'} ${role}`, await aMember(program, role));
	users.set('a coordinator of another program', await aMember(elsewhere, 'coordinator'));
	const other = await aUser();
	for (const cohort of [ahead, begun]) await anEnrolment(cohort, 'enrolled', { person: other });
	users.set('another person in it', other);
});
afterAll(() => forgetTrainings(program, elsewhere));

const HAS_BEGUN = ['complete', 'not_complete'];
/** Where a seat were free, whoever is put in line would be offered it at once. */
const cohortFor = (event: string) => (HAS_BEGUN.includes(event) ? begun : event === 'waitlist' ? full : ahead);

describe.each(STATES)('%s', (state) => {
	test.each(EVENTS)('%j', async (event) => {
		const row = TABLE.find(([named, from]) => named === event && from.includes(state));
		const person = await aUser();
		for (const actor of ACTORS) {
			const id = await anEnrolment(cohortFor(event), state, { person });
			const before = await enrolment(id);
			const where = `${actor} ${event} ${state}`;
			const part = partOf(actor);
			const isAllowed = row !== undefined && part !== null && row[3].includes(part);
			if (actor === 'a visitor') {
				const { error } = await asAnonymous().rpc('move_enrolment', { enrolment: id, event, version: 1 });
				expect(error?.code, where).toBe('42501');
			} else {
				const answer = await moveEnrolment(users.get(actor) ?? person, id, event, 1);
				if (isAllowed) expect(answer, where).toEqual({ ok: row[2], version: 2 });
				else if (part) expect(answer, where).toEqual({ refused: 'not_possible', state, version: 1 });
				else expect(answer, where).toEqual({ refused: 'not_found' });
			}
			const after = await enrolment(id);
			expect(after.state, where).toBe(isAllowed ? row[2] : state);
			if (!isAllowed) expect(after, where).toEqual(before);
			const steps =
				await sql`select event, from_state, to_state, actor from private.enrolment_events where enrolment_id = ${id}`;
			expect([...steps], where).toEqual(isAllowed ? [{ event, from_state: state, to_state: row[2], actor: part }] : []);
			const audited = (await eventsAbout(id)).map(({ outcome }) => outcome);
			const isOwn = isAllowed && part === 'person';
			expect(audited, where).toEqual(actor === 'a visitor' || isOwn ? [] : [isAllowed ? 'done' : 'refused']);
			await sql`delete from public.enrolments where id = ${id}`;
		}
	});
});

describe('a move that is a row is refused', () => {
	const [coordinator] = [() => users.get('a coordinator')!];

	test('where the form is behind', async () => {
		const id = await anEnrolment(ahead, 'applied');
		expect(await moveEnrolment(coordinator(), id, 'waitlist', 7)).toMatchObject({ refused: 'stale' });
		const { data } = await asUser(coordinator()).rpc('move_enrolment', {
			...{ enrolment: id, event: 'waitlist', version: null as never }
		});
		expect(data, 'without a version').toMatchObject({ refused: 'stale' });
	});

	test('where there is no seat to offer', async () => {
		const taken = await aCohort(program, { kind: 'application', capacity: 1 });
		await anEnrolment(taken, 'enrolled');
		const id = await anEnrolment(taken, 'applied');
		expect(await moveEnrolment(coordinator(), id, 'offer')).toMatchObject({ refused: 'full' });
	});

	test('where a class has been, for an offer; where none has been, for an end', async () => {
		expect(await moveEnrolment(coordinator(), await anEnrolment(begun, 'applied'), 'offer')).toMatchObject({
			refused: 'not_possible'
		});
		expect(await moveEnrolment(coordinator(), await anEnrolment(ahead, 'enrolled'), 'complete')).toMatchObject({
			refused: 'not_begun'
		});
	});

	test('where the cohort is called off, but for leaving', async () => {
		const off = await aCohort(program, { state: 'cancelled' });
		const person = await aUser();
		const id = await anEnrolment(off, 'offered', { person });
		expect(await moveEnrolment(person, id, 'accept')).toMatchObject({ refused: 'not_possible' });
		expect(await moveEnrolment(person, id, 'withdraw')).toMatchObject({ ok: 'withdrawn' });
	});
});
