/** What a program holds, made anew for a test, and a print of all of it, to see whether anything has changed. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Filled } from './routes.ts';
import type { MyDesk } from './my-requests.ts';

/** Each by the word that stands for it in `routes.ts`. */
export type Holdings = Record<
	| 'AREA'
	| 'COLLEAGUE'
	| 'DAY'
	| 'DRAFT'
	| 'INVITATION'
	| 'KEPT'
	| 'MAIL'
	| 'MEMBER'
	| 'REFERENCE'
	| 'REFERRAL'
	| 'TEAM'
	| 'VERSION',
	string
>;

export async function makeHoldings(here: MyDesk, email: string, given: Partial<Filled> = {}): Promise<Holdings> {
	const request = await here.mine(given.of ?? 'submitted', { email });
	if (given.isCorrected) await here.moves(request, 'ask_correction', {}, 'Sent twice.');
	const [member, colleague] = [await here.person('Mei', 'worker'), await here.person('Noor')];
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
		AREA: row!.area,
		COLLEAGUE: colleague.id,
		DAY: await here.day(9),
		DRAFT: await here.draft(email),
		INVITATION: row!.invitation,
		KEPT: kept.id,
		MAIL: row!.mail,
		MEMBER: member.id,
		REFERENCE: request.reference,
		REFERRAL: request.id,
		TEAM: row!.team,
		VERSION: row!.version
	};
}

/** A hash of all that a program has, and of what its referrer has begun. Not of the audit, which holds what was refused too. */
export async function printOf({ sql, id }: MyDesk, { KEPT, DRAFT }: Holdings): Promise<string> {
	const inProgram = [
		...['referrals', 'memberships', 'invitations', 'absences', 'workers', 'teams', 'areas'],
		...['work_domains', 'working_hours', 'referral_settings']
	].map((table) => `select to_jsonb(t) from public.${table} t where program_id = $1`);
	const ofReferrals = ['events', 'details', 'hashes', 'matches', 'closing_steps'].map(
		(table) => `select to_jsonb(t) from private.referral_${table} t where referral_id in (select * from referral)`
	);
	const rest = [
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
			rows (value) as (${[...inProgram, ...ofReferrals, ...rest].join(' union all ')})
		select md5(string_agg(value::text, '' order by value::text)) as print from rows`,
		[id, KEPT, DRAFT]
	);
	return row!.print;
}
