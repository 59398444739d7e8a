/*
 * Every state × every event × everybody who might try, against a table that was written by hand from DESIGN §6. What is not in the
 * table is refused by the database, changes nothing, and is audited once.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../src/lib/server/database.types.ts';
import {
	anAddress,
	aProposal,
	aReferral,
	day,
	forgetPrograms,
	sealedText,
	STATES,
	zoneAtNoon,
	type State
} from '../factories/referral.ts';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { aUser, sql } from '../support/database.ts';

const ACTORS = [
	'the referrer',
	'the second contact',
	'a coordinator',
	'an admin',
	'the matched worker',
	'another worker',
	'a supervisor',
	'an editor',
	'a stranger who is signed in',
	'a coordinator of another program',
	'a visitor'
] as const;
type Actor = (typeof ACTORS)[number];

/** `back`: where the match came from, in these tests triage. `same`: the referral stays what it is. */
type To = State | 'back' | 'same';
type By = 'coordinator' | 'worker' | 'referrer';
/**
 * Event, from, to, by whom, the mail to the referrer, and what the worker is told who is there, where they don't do it themselves.
 * Of what a worker asks for, and of an end, the coordinator is told.
 */
type Row = [event: string, from: readonly State[], to: To, by: readonly By[], mail?: string | null, worker?: string];

const NEWS = 'referral_news';
const TOLD = 'work_news';
const RUNNING: State[] = ['active', 'paused', 'ending'];
const BEFORE_ACTIVE: State[] = ['submitted', 'triage', 'info_needed', 'waitlisted', 'match_proposed', 'matched'];
const BUT_IN_ERROR = STATES.filter((state) => state !== 'entered_in_error');

const TABLE: Row[] = [
	['acknowledge', ['submitted'], 'triage', ['coordinator'], NEWS],
	['ask', ['triage'], 'info_needed', ['coordinator'], 'referral_question'],
	['answer', ['info_needed'], 'triage', ['referrer']],
	['decline', ['triage'], 'declined', ['coordinator'], NEWS],
	['redirect', ['triage'], 'redirected', ['coordinator'], NEWS],
	['waitlist', ['triage'], 'waitlisted', ['coordinator'], NEWS],
	['keep_waiting', ['waitlisted'], 'waitlisted', ['coordinator'], NEWS],
	['reconsider', ['waitlisted', 'info_needed'], 'triage', ['coordinator'], NEWS],
	['propose', ['triage', 'waitlisted', 'active', 'paused'], 'match_proposed', ['coordinator']],
	['worker_yes', ['match_proposed'], 'matched', ['worker'], NEWS],
	['peer_yes', ['match_proposed'], 'matched', ['coordinator'], NEWS, TOLD],
	['worker_no', ['match_proposed'], 'back', ['worker']],
	['peer_no', ['match_proposed'], 'back', ['coordinator'], null, TOLD],
	['worker_no', ['matched'], 'back', ['worker'], NEWS],
	['peer_no', ['matched'], 'back', ['coordinator'], NEWS, TOLD],
	['take_back', ['match_proposed'], 'back', ['coordinator'], null, TOLD],
	['take_back', ['matched'], 'back', ['coordinator'], NEWS, TOLD],
	['begin', ['matched'], 'active', ['worker', 'coordinator'], NEWS, TOLD],
	['pause', ['active'], 'paused', ['worker', 'coordinator'], null, TOLD],
	['resume', ['paused'], 'active', ['worker', 'coordinator'], null, TOLD],
	['ask_handover', ['active', 'paused'], 'same', ['worker', 'coordinator']],
	['settle_handover', ['active', 'paused'], 'same', ['coordinator']],
	['ask_call', RUNNING, 'same', ['worker', 'coordinator']],
	['settle_call', ['match_proposed', 'matched', ...RUNNING, 'completed', 'ended_early'], 'same', ['coordinator']],
	['begin_ending', ['active'], 'ending', ['worker', 'coordinator'], NEWS, TOLD],
	['extend', ['ending'], 'active', ['coordinator'], NEWS, TOLD],
	['complete', ['ending'], 'completed', ['worker', 'coordinator'], NEWS, TOLD],
	['end_early', RUNNING, 'ended_early', ['coordinator'], NEWS, TOLD],
	['withdraw', BEFORE_ACTIVE, 'withdrawn', ['referrer', 'coordinator'], NEWS, TOLD],
	['reopen', ['declined', 'withdrawn', 'ended_early'], 'triage', ['coordinator'], NEWS],
	['ask_correction', BUT_IN_ERROR, 'same', ['coordinator']],
	['confirm_correction', BUT_IN_ERROR, 'entered_in_error', ['coordinator'], NEWS, TOLD],
	['drop_correction', BUT_IN_ERROR, 'same', ['coordinator']]
];
const EVENTS = [...new Set(TABLE.map(([event]) => event)), 'invented', ''];
const WITH_WORKER: State[] = ['match_proposed', 'matched', ...RUNNING];

/** As whom an actor stands to a referral in this state: null for those whose business it is not. */
function partOf(actor: Actor, state: State): By | null {
	if (actor === 'the referrer' || actor === 'the second contact') return 'referrer';
	if (actor === 'a coordinator' || actor === 'an admin') return 'coordinator';
	return actor === 'the matched worker' && WITH_WORKER.includes(state) ? 'worker' : null;
}

interface Tried {
	event: string;
	actor: Actor;
	answer: Record<string, unknown>;
	state: State;
	version: number;
	is_same: boolean;
	audit: { outcome: string; event: string; actor_id: string; details: Record<string, unknown> }[];
	timeline: { event: string; from: State; to: State; actor: string; actor_id: string }[];
	mail: { template: string; to: string; data: object }[];
}

let program: Program;
let elsewhere: Program;
const ids = {} as Record<Actor, string | null>;
const emails = {} as Record<Actor, string>;
let given: Record<string, Json>;
const tried = {} as Record<State, Tried[]>;

/** Tries every event as everybody, each undone before the next, and gives what each would have come to. */
async function tryAll(state: State): Promise<Tried[]> {
	const referral = await aReferral(program, {
		state,
		coordinator_id: ids['a coordinator'],
		referrer_email: emails['the referrer'],
		second_email: emails['the second contact'],
		worker: { id: ids['the matched worker']!, email: emails['the matched worker'] },
		has_correction: true,
		asked_for: ['call', 'handover']
	});
	// All that any event could require: the other has said yes, the steps are settled, somebody else asked for a correction.
	await sql`update private.referral_matches set worker_said_yes_at = now(), peer_said_yes_at = now()
		where referral_id = ${referral.id}`;
	await sql`update private.referral_closing_steps set settled = 'done', settled_at = now() where referral_id = ${referral.id}`;
	await sql`insert into private.pending_corrections (referral_id, asked_by) values (${referral.id}, gen_random_uuid())`;
	const undone = new Error('undone');
	let rows: { tried: Tried }[] = [];
	await sql
		.begin(async (tx) => {
			await tx.unsafe(ATTEMPT);
			rows = await tx<{ tried: Tried }[]>`
				select pg_temp.attempt(${referral.id}, e, a.key, a.value::uuid, ${tx.json(given)}::jsonb || jsonb_build_object(
					'reason', case e when 'decline' then 'no_worker_free' when 'redirect' then 'other_service'
						when 'begin_ending' then 'goal_reached' when 'end_early' then 'moved_away' end)) as tried
				from unnest(${EVENTS}::text[]) e, jsonb_each_text(${tx.json(ids)}::jsonb) a`;
			throw undone;
		})
		.catch((error: unknown) => {
			if (error !== undone) throw error;
		});
	return rows.map((row) => row.tried);
}

const ATTEMPT = `
create function pg_temp.attempt(referral uuid, event text, actor text, person uuid, given jsonb) returns jsonb
language plpgsql as $$
declare
	before constant public.referrals := (select r from public.referrals r where r.id = referral);
	answer jsonb;
	came_to text;
begin
	perform set_config('request.jwt.claim.sub', coalesce(person::text, ''), true),
		set_config('request.jwt.claims', jsonb_build_object('sub', person)::text, true);
	execute 'set local role ' || case when person is null then 'anon' else 'authenticated' end;
	begin
		-- Executed, so that the right to call it is asked for anew.
		execute 'select public.move_referral($1, $2, $3, $4)' into answer
			using referral, event, before.version, given || jsonb_build_object('event_id', gen_random_uuid());
	exception when insufficient_privilege then answer := '{"denied":true}';
	end;
	reset role;
	select jsonb_build_object('event', event, 'actor', actor, 'answer', answer, 'state', r.state, 'version', r.version,
		'is_same', r is not distinct from before,
		'audit', (select coalesce(jsonb_agg(to_jsonb(a)), '[]') from public.audit_events a where a.subject_id = referral),
		'timeline', (select coalesce(jsonb_agg(jsonb_build_object('event', e.event, 'from', e.from_state, 'to', e.to_state,
			'actor', e.actor, 'actor_id', e.actor_id)), '[]') from private.referral_events e where e.referral_id = referral),
		'mail', (select coalesce(jsonb_agg(jsonb_build_object('template', o.template, 'to', o.to_address, 'data', o.data)
			order by o.template, o.to_address), '[]') from private.outbox o where o.program_id = before.program_id))
		into came_to from public.referrals r where r.id = referral;
	raise exception 'undone' using errcode = 'UNDO1', detail = came_to;
exception when sqlstate 'UNDO1' then
	get stacked diagnostics came_to = pg_exception_detail;
	return came_to::jsonb;
end $$`;

beforeAll(async () => {
	program = await aProgram('states', { timeZone: zoneAtNoon() });
	elsewhere = await aProgram('states-elsewhere');
	const people = {
		'the referrer': await aUser({ email: anAddress() }),
		'the second contact': await aUser({ email: anAddress() }),
		'a coordinator': await aMember(program, 'coordinator'),
		'an admin': await aMember(program, 'admin'),
		'the matched worker': await aMember(program, 'worker'),
		'another worker': await aMember(program, 'worker'),
		'a supervisor': await aMember(program, 'supervisor'),
		'an editor': await aMember(program, 'editor'),
		'a stranger who is signed in': await aUser(),
		'a coordinator of another program': await aMember(elsewhere, 'coordinator')
	};
	for (const [actor, { id, email }] of Object.entries(people)) {
		ids[actor as Actor] = id;
		emails[actor as Actor] = email;
	}
	ids['a visitor'] = null;
	await sql`insert into public.workers (program_id, user_id, cap) values (${program.id}, ${ids['the matched worker']}, 50)`;
	given = {
		words: sealedText(),
		next_word_on: await day(program, 30),
		...aProposal({ id: ids['another worker']! }),
		match_id: null,
		first_met_on: await day(program, 0),
		end_on: await day(program, 40)
	};
	for (const state of STATES) tried[state] = await tryAll(state);
});
afterAll(() => forgetPrograms(program, elsewhere));

describe.each(STATES)('a referral that is %s', (state) => {
	const rowFor = (event: string, part: By | null) =>
		TABLE.find(([name, from, , by]) => name === event && from.includes(state) && by.includes(part!));

	test('is moved by exactly those who may, to where the table says, with one audit event, one line and the mail', () => {
		const moved = tried[state].filter(({ answer }) => answer.ok);
		const allowed = ACTORS.flatMap((actor) =>
			TABLE.filter((row) => rowFor(row[0], partOf(actor, state)) === row).map(([event]) => `${actor}: ${event}`)
		);
		expect(moved.map(({ actor, event }) => `${actor}: ${event}`).toSorted()).toEqual(allowed.toSorted());
		for (const one of moved) {
			const part = partOf(one.actor, state)!;
			const [event, , to, , mail, news] = rowFor(one.event, part)!;
			const reached = to === 'back' ? 'triage' : to === 'same' ? state : to;
			const who = `${one.actor}: ${event}`;
			expect(one.answer, who).toEqual({ ok: reached, version: 2 });
			expect([one.state, one.version], who).toEqual([reached, 2]);
			expect(one.audit, who).toMatchObject([
				{
					event: 'referral.moved',
					outcome: 'done',
					actor_id: ids[one.actor],
					details: { event, from: state, to: reached, as: part }
				}
			]);
			expect(one.timeline, who).toEqual([{ event, from: state, to: reached, actor: part, actor_id: ids[one.actor] }]);
			const told = mail
				? [emails['the referrer'], emails['the second contact']].map((address) => `${mail} ${address}`)
				: [];
			if (part === 'referrer') told.push(`referral_answered ${emails['a coordinator']}`);
			if (part === 'worker' && event.startsWith('ask_')) told.push(`support_asked ${emails['a coordinator']}`);
			if (part === 'worker' && event === 'complete') told.push(`support_ended ${emails['a coordinator']}`);
			if (news && part !== 'worker' && WITH_WORKER.includes(state))
				told.push(`${news} ${emails['the matched worker']}`);
			// Whoever supports meanwhile is told once another has met the peer.
			if (event === 'propose') told.push(`work_asked ${emails['another worker']}`);
			expect(one.mail.map((sent) => `${sent.template} ${sent.to}`).toSorted(), who).toEqual(told.toSorted());
			for (const { data } of one.mail) expect(Object.keys(data), 'carries the reference alone').toEqual(['reference']);
		}
	});

	test('is left untouched by everything else, which is refused by name and audited once', () => {
		const refused = tried[state].filter(({ answer }) => !answer.ok);
		expect(tried[state]).toHaveLength(EVENTS.length * ACTORS.length);
		for (const { actor, event, answer, audit, ...rest } of refused) {
			const who = `${actor}: ${event}`;
			expect([rest.is_same, rest.timeline, rest.mail], who).toEqual([true, [], []]);
			if (actor === 'a visitor') {
				expect([answer, audit], who).toEqual([{ denied: true }, []]);
				continue;
			}
			const isPossible = TABLE.some(([name, from]) => name === event && from.includes(state));
			const why = !partOf(actor, state) ? 'not_found' : isPossible ? 'not_allowed' : 'not_possible';
			expect(answer, who).toEqual(why === 'not_found' ? { refused: why } : { refused: why, state, version: 1 });
			expect(audit, who).toMatchObject([
				{ event: 'referral.moved', outcome: 'refused', actor_id: ids[actor], details: { event, why, state } }
			]);
			expect(audit, who).toHaveLength(1);
		}
	});
});
