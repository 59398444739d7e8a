/** What a program holds, made anew for a test, and a print of all of it, to see whether anything has changed. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Request } from './desk.ts';
import type { Filled } from './routes.ts';
import type { State } from '../../../src/lib/referrals/states.ts';
import type { MyDesk } from './my-requests.ts';
import { anEntry, aMeeting } from './supports.ts';

/** Each by the word that stands for it in `routes.ts`. */
export type Holdings = Record<
	| 'AHEAD'
	| 'AREA'
	| 'BEGUN'
	| 'COLLEAGUE'
	| 'DAY'
	| 'DRAFT'
	| 'GOAL'
	| 'INVITATION'
	| 'KEPT'
	| 'LATER'
	| 'LETTER'
	| 'MAIL'
	| 'MEMBER'
	| 'REFERENCE'
	| 'REFERRAL'
	| 'SUPERVISOR'
	| 'TEAM'
	| 'TODAY'
	| 'VERSION'
	| 'WORKER',
	string
>;

export async function makeHoldings(here: MyDesk, email: string, given: Partial<Filled> = {}): Promise<Holdings> {
	const request = await here.mine(given.of ?? 'submitted', { email });
	if (given.asked)
		await here.moves(request, given.asked, {}, given.asked === 'ask_correction' ? 'Sent twice.' : undefined);
	if (given.isClosed) await here.closed(request);
	const [member, colleague] = [await here.person('Mei', 'worker'), await here.person('Noor')];
	const supported = await makeSupport(here, request, given.of);
	const kept = await here.kept(email);
	const [row] = await here.sql<{ version: string; team: string; area: string; invitation: string; mail: string }[]>`
		with team as (insert into public.teams (program_id, name) values (${here.id}, ${randomUUID()}) returning id),
			area as (insert into public.areas (program_id, name) values (${here.id}, ${randomUUID()}) returning id),
			invitation as (insert into public.invitations (program_id, email, name, role, token_hash)
				values (${here.id}, ${`${randomUUID()}@people.example`}, 'Lou', 'worker', ${randomBytes(32)}) returning id),
			mail as (insert into private.outbox (dedupe_key, program_id, template, to_address, set_aside_at)
				values (${randomUUID()}, ${here.id}, 'referral_new', 'nobody@people.example', now()) returning id)
		select r.version::text, team.id as team, area.id as area, invitation.id as invitation, mail.id as mail
		from team, area, invitation, mail, public.referrals r where r.id = ${request.id}`;
	return {
		...supported,
		AREA: row!.area,
		COLLEAGUE: colleague.id,
		DAY: await here.day(9),
		DRAFT: await here.draft(email),
		LATER: await here.day(40),
		INVITATION: row!.invitation,
		KEPT: kept.id,
		MAIL: row!.mail,
		MEMBER: member.id,
		REFERENCE: request.reference,
		REFERRAL: request.id,
		SUPERVISOR: here.supervisor.id,
		TEAM: row!.team,
		TODAY: await here.day(0),
		VERSION: row!.version,
		WORKER: here.worker.id
	};
}

/** What a worker has written and planned, where somebody is supported. */
async function makeSupport(here: MyDesk, request: Request, state?: State) {
	if (state !== 'active' && state !== 'ending') return { AHEAD: '', BEGUN: '', GOAL: '', LETTER: '' };
	const by = here.worker;
	const letter = { text: 'Dear Robin', from: 'Devon' };
	return {
		AHEAD: await aMeeting(here, request, { from: 60 * 24 * 3, to: 60 * 24 * 3 + 60, by }),
		BEGUN: await aMeeting(here, request, { from: -20, to: 40, by, isBegun: true }),
		GOAL: await anEntry(here, request, 'goal', { text: 'Find a choir' }, { by, mark: 'not_yet' }),
		LETTER: state === 'ending' ? await anEntry(here, request, 'letter', letter, { by }) : ''
	};
}

/** A hash of all that a program has, and of what its referrer has begun. Not of the audit, which holds what was refused too. */
export async function printOf({ sql, id }: MyDesk, { KEPT, DRAFT }: Holdings): Promise<string> {
	const inProgram = [
		...['referrals', 'memberships', 'invitations', 'absences', 'workers', 'supervisions', 'teams', 'areas'],
		...['work_domains', 'working_hours', 'referral_settings']
	].map((table) => `select to_jsonb(t) from public.${table} t where program_id = $1`);
	const ofReferrals = ['events', 'details', 'hashes', 'matches', 'closing_steps'].map(
		(table) => `select to_jsonb(t) from private.referral_${table} t where referral_id in (select * from referral)`
	);
	const ofSupports = ['entries', 'meetings'].map(
		(table) => `select to_jsonb(t) from private.support_${table} t where referral_id in (select * from referral)`
	);
	const rest = [
		`select to_jsonb(t) from private.support_marks t
			join private.support_entries e on e.id = t.entry_id where e.referral_id in (select * from referral)`,
		'select to_jsonb(t) from public.worker_areas t where program_id = $1',
		'select to_jsonb(t) from private.feedback_links t where referral_id in (select * from referral)',
		'select to_jsonb(t) from private.feedback t where program_id = $1',
		'select to_jsonb(t) from private.pending_corrections t where referral_id in (select * from referral)',
		'select to_jsonb(t) from public.team_coordinators t join public.teams x on x.id = t.team_id where x.program_id = $1',
		'select to_jsonb(t) from public.area_coordinators t join public.areas x on x.id = t.area_id where x.program_id = $1',
		// Whether one has gone out by now says nothing.
		'select to_jsonb((id, set_aside_at)) from private.outbox where program_id = $1',
		'select to_jsonb(t) from private.unconfirmed_referrals t where id = $2',
		'select to_jsonb(t) from private.referral_drafts t where id = $3'
	];
	const [row] = await sql.unsafe<{ print: string }[]>(
		`with referral as (select id from public.referrals where program_id = $1),
			rows (value) as (${[...inProgram, ...ofReferrals, ...ofSupports, ...rest].join(' union all ')})
		select md5(string_agg(value::text, '' order by value::text)) as print from rows`,
		[id, KEPT, DRAFT]
	);
	return row!.print;
}
