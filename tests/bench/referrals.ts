/** Referrals of any number: two large programs after ten years, nearly all closed, the open ones among the newest. */
import { randomUUID } from 'node:crypto';
import type { Sql, TransactionSql } from 'postgres';

/** How many of a hundred closed ones, and of a hundred open ones, are in each state. */
const CLOSED = { completed: 58, ended_early: 12, declined: 14, redirected: 8, withdrawn: 7, entered_in_error: 1 };
const OPEN = {
	submitted: 4,
	triage: 7,
	info_needed: 7,
	waitlisted: 30,
	match_proposed: 6,
	matched: 6,
	active: 30,
	paused: 4,
	ending: 6
};
/** Of the newest six in a hundred half are open, which makes three in a hundred. */
const RECENT = 0.06;

const TEAMS = 30;
const COORDINATORS = 5;

export interface BenchProgram {
	id: string;
	teamIds: string[];
	coordinatorIds: string[];
}

/** @returns one of the two programs, with 30 teams and five coordinators each, that the referrals are divided among */
export async function loadReferrals(sql: Sql, count: number): Promise<BenchProgram> {
	const programs = await sql.begin(async (tx) => {
		const made = [await makeProgram(tx, 1), await makeProgram(tx, 2)] as const;
		await tx`select setseed(0.2)`;
		for (const [index, program] of made.entries()) await insertReferrals(tx, program, index, count / 2);
		return made;
	});
	// Twice: what the server analyses by itself meanwhile keeps pages from being marked as visible to all.
	await sql`vacuum`;
	await sql`vacuum analyze`;
	return programs[0];
}

async function makeProgram(tx: TransactionSql, number: number): Promise<BenchProgram> {
	const ids = (length: number) => Array.from({ length }, () => randomUUID());
	const program = { id: randomUUID(), teamIds: ids(TEAMS), coordinatorIds: ids(COORDINATORS) };
	await tx`insert into public.programs (id, slug, name) values (${program.id}, ${`bench-${number}`}, ${`Bench ${number}`})`;
	await tx`insert into public.teams (id, program_id, name)
		select id, ${program.id}, 'Team ' || n from unnest(${program.teamIds}::uuid[]) with ordinality t (id, n)`;
	await tx`insert into auth.users (id, aud, role, email)
		select id, 'authenticated', 'authenticated', id || '@bench.example' from unnest(${program.coordinatorIds}::uuid[]) id`;
	await tx`insert into public.memberships (program_id, user_id, role)
		select ${program.id}, id, 'coordinator' from unnest(${program.coordinatorIds}::uuid[]) id`;
	return program;
}

/** Each throw of the dice is a column, so that what hangs together agrees. */
async function insertReferrals(
	tx: TransactionSql,
	program: BenchProgram,
	series: number,
	count: number
): Promise<void> {
	const states = (shares: Record<string, number>) =>
		Object.entries(shares).flatMap(([state, n]) => Array<string>(n).fill(state));
	await tx`
		insert into public.referrals (id, reference, program_id, state, version, team_id, referrer_email, coordinator_id, consented_on,
			submitted_at, state_since, acknowledge_by, attention_on, next_word_on, waiting_since, closed_at)
		select md5(${`bench ${series} `} || n)::uuid,
			(select 'PS-' || left(letters, 4) || '-' || right(letters, 3) from (
				select string_agg(substr('23456789ABCDEFGHJKMNPQRSTVWXYZ',
					(scattered / (30 ^ place)::bigint % 30)::int + 1, 1), '' order by place) as letters
				from generate_series(0, 6) place) spelled),
			${program.id}, state, 3, (${program.teamIds}::uuid[])[1 + floor(team * ${TEAMS})::int],
			'referrer-' || floor(team * 3000) || '@health.example',
			case when state <> 'submitted' or who < 0.7
				then (${program.coordinatorIds}::uuid[])[1 + floor(who * ${COORDINATORS})::int] end,
			submitted_at::date, submitted_at, state_since, submitted_at + interval '3 days', due, case when state = 'waitlisted' then due end,
			case when state = 'waitlisted' then submitted_at + (state_since - submitted_at) / 2 end,
			case when not is_open then state_since end
		from (
			select *, submitted_at + (now() - submitted_at) * since * case when is_open then 1 else 0.1 end as state_since,
				case state when 'submitted' then current_date when 'triage' then current_date - floor(later * 3)::int
					when 'info_needed' then current_date - 3 + floor(later * 10)::int
					when 'waitlisted' then current_date - 2 + floor(later * 90)::int
					when 'match_proposed' then current_date - 1 + floor(later * 4)::int
					when 'matched' then current_date - 2 + floor(later * 9)::int end as due
			from (
				select *, case when is_open then (${states(OPEN)}::public.referral_state[])[1 + floor(drawn * 100)::int]
					else (${states(CLOSED)}::public.referral_state[])[1 + floor(drawn * 100)::int] end as state,
					now() - (${count}::int - n) * (interval '10 years' / ${count}::int) as submitted_at,
					-- Coprime with the number of references: each n has its own.
					((n::numeric * 2 + ${series}::int) * 7368787531 % 21870000000)::bigint as scattered
				from (
					select n, random() as team, random() as who, random() as drawn, random() as since, random() as later,
						n > ${count}::int * (1 - ${RECENT}::float8) and random() < 0.5 as is_open
					from generate_series(1, ${count}::int) n
				) dice
			) drawn
		) told`;
}
