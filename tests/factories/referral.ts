/** Referrals as rows, in any state, and requests as the form would send them. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Enums, Json } from '../../src/lib/server/database.types.ts';
import { asUser, sql, type Client, type User } from '../support/database.ts';
import { aMember, forgetProgram, type Program } from './program.ts';

export type State = Enums<'referral_state'>;

/** In the order of a referral's life. */
export const STATES: readonly State[] = [
	'submitted',
	'triage',
	'info_needed',
	'waitlisted',
	'match_proposed',
	'matched',
	'active',
	'paused',
	'ending',
	'completed',
	'ended_early',
	'declined',
	'redirected',
	'withdrawn',
	'entered_in_error'
];

const CLOSED: readonly State[] = STATES.slice(STATES.indexOf('completed'));
const WITH_WORKER: readonly State[] = ['match_proposed', 'matched', 'active', 'paused', 'ending'];

/** What has the form of something that the Worker sealed. */
export const sealedText = (key = 'k1'): string => `s1.${key}.${randomBytes(45).toString('base64url')}`;

export const aHash = (): string => randomBytes(32).toString('hex');

export const anAddress = (domain = 'clinic.example'): string => `${randomUUID()}@${domain}`;

export type Hash = { kind: 'name' | 'initials' | 'phone' | 'email'; hash: string };

/** A request, as the Worker would send it. */
export function aRequest(given: Record<string, Json> = {}) {
	return {
		team_id: null,
		area_id: null,
		second_email: null,
		age_band: '25_34',
		language_codes: ['en', 'pa'],
		consented_on: '2026-11-20',
		client: sealedText(),
		contact: sealedText(),
		goals: sealedText(),
		safety: sealedText(),
		referrer: sealedText(),
		hashes: [{ kind: 'name', hash: aHash() }],
		...given
	};
}

/** The columns that a test may set of its own accord. */
interface Columns {
	referrer_email: string | null;
	second_email: string | null;
	coordinator_id: string | null;
	team_id: string | null;
	area_id: string | null;
	submitted_at: string;
	state_since: string;
	acknowledge_by: string;
	escalated_at: string | null;
	attention_on: string | null;
	next_word_on: string | null;
	waiting_since: string | null;
	closed_at: string | null;
	ends_on: string | null;
	asked_for: string[];
	language_codes: string[];
	has_correction: boolean;
	needs_home: boolean;
}

export interface Given extends Partial<Columns> {
	state?: State;
	/** Of the match, where the state has one; made where it needs one and none is given. */
	worker?: User;
	/** Where a proposed match came from. */
	cameFrom?: State;
	hashes?: Hash[];
}

export interface Referral {
	id: string;
	reference: string;
	version: number;
	state: State;
}

/** A referral to the program as it would stand in this state: its details sealed, its match, its closing steps. */
export async function aReferral(program: Program, given: Given = {}): Promise<Referral> {
	const { state = 'submitted', worker, cameFrom = 'triage', hashes = [], ...columns } = given;
	const id = randomUUID();
	const [row] = await sql<Referral[]>`
		insert into public.referrals ${sql({
			id,
			program_id: program.id,
			state,
			consented_on: '2026-11-20',
			acknowledge_by: '2099-01-01T00:00Z',
			reference: (await sql<{ made: string }[]>`select private.new_reference() as made`)[0]!.made,
			...columns
		})} returning id, reference, version, state`;
	await sql`insert into private.referral_details ${sql({
		referral_id: id,
		client: sealedText(),
		contact: sealedText(),
		goals: sealedText(),
		safety: sealedText(),
		referrer: sealedText()
	})}`;
	for (const { kind, hash } of hashes)
		await sql`insert into private.referral_hashes (referral_id, kind, hash) values (${id}, ${kind}, ${hash})`;
	await stand(program, id, columns);
	if (WITH_WORKER.includes(state))
		await aMatch(id, worker ?? (await aMember(program, 'worker')), { state, came_from: cameFrom });
	if (state === 'ending')
		await sql`insert into private.referral_closing_steps (referral_id, step)
			select ${id}, step from unnest('{look_back,proud_of,can_do_now,strengths,feelings,where_else,thanks,achievement}'::text[]) step`;
	return row!;
}

/** What the state says of days, but for what was given. */
async function stand(program: Program, id: string, columns: Partial<Columns>): Promise<void> {
	await sql`
		update public.referrals r set
			attention_on = private.attention_after(${program.id}, r.state, private.program_today(${program.id}) + 14),
			next_word_on = case when r.state = 'waitlisted' then private.program_today(${program.id}) + 14 end,
			waiting_since = case when r.state = 'waitlisted' then now() end,
			ends_on = case when r.state = 'ending' then private.program_today(${program.id}) + 30 end,
			closed_at = case when r.state = any (${CLOSED as State[]}::public.referral_state[]) then now() - interval '1 day' end
		where r.id = ${id}`;
	if (Object.keys(columns).length) await sql`update public.referrals set ${sql(columns)} where id = ${id}`;
}

/** A worker beside a referral, as far as the state has them; the match's id. */
export async function aMatch(
	referral: string,
	worker: User,
	given: { state?: State; came_from?: State; ended_at?: string; first_met_on?: string; knows_them?: boolean } = {}
): Promise<string> {
	const { state = 'matched', came_from = 'triage', ended_at = null, knows_them = false } = given;
	const isAgreed = state !== 'match_proposed';
	const hasMet = isAgreed && state !== 'matched';
	const id = randomUUID();
	await sql`insert into private.referral_matches ${sql({
		id,
		referral_id: referral,
		initials: sealedText(),
		plan: sealedText(),
		knows_them,
		worker_id: worker.id,
		came_from,
		ended_at,
		worker_said_yes_at: isAgreed ? '2026-11-01T18:00Z' : null,
		peer_said_yes_at: isAgreed ? '2026-11-02T18:00Z' : null,
		first_met_on: given.first_met_on ?? (hasMet ? '2026-11-05' : null)
	})}`;
	return id;
}

/** What a coordinator proposes a worker with. */
export const aProposal = (worker: Pick<User, 'id'>, given: Record<string, Json> = {}): Record<string, Json> => ({
	worker: worker.id,
	match_id: randomUUID(),
	initials: sealedText(),
	plan: sealedText(),
	...given
});

export type Answer = {
	ok?: State | string | true;
	refused?: string;
	state?: State;
	version?: number;
};

/** Moves a referral as this client, over the version it has now unless another is named. */
export async function move(
	db: Client,
	referral: Referral | string,
	event: string,
	given: Record<string, Json> = {},
	expected?: number
): Promise<Answer> {
	const id = typeof referral === 'string' ? referral : referral.id;
	const version = expected ?? (await rowOf(id)).version;
	const { data, error } = await db.rpc('move_referral', { referral: id, event, expected: version, given });
	if (error) throw new Error(`${error.code}: ${error.message}`);
	return data as Answer;
}

/** A referral as it stands. */
export async function rowOf(referral: Referral | string) {
	const id = typeof referral === 'string' ? referral : referral.id;
	const [row] = await sql`select * from public.referrals where id = ${id}`;
	return row as unknown as Referral & Columns & Record<string, unknown>;
}

/** A referral's timeline, the oldest first. */
export const timelineOf = async (referral: Referral) => [
	...(await sql<{ event: string; actor: string; words: string | null; from_state: State; to_state: State }[]>`
		select event, actor, words, from_state, to_state from private.referral_events
		where referral_id = ${referral.id} order by number`)
];

/** `template to`, of all that was written about a reference, sorted. */
export async function mailAbout(reference: string): Promise<string[]> {
	const rows = await sql<{ template: string; to: string }[]>`
		select template, to_address as to from private.outbox where data->>'reference' = ${reference}`;
	return rows.map(({ template, to }) => `${template} ${to}`).toSorted();
}

/** A zone in which it is about noon, so that no test stands across midnight. */
export function zoneAtNoon(): string {
	const ahead = 12 - new Date().getUTCHours();
	return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

/** A day of the program, so many days from its today, as `2026-11-22`. */
export async function day(program: Program, days: number): Promise<string> {
	const [row] = await sql<{ day: string }[]>`
		select (private.program_today(${program.id}) + ${days}::integer)::text as day`;
	return row!.day;
}

/** Somebody with this role and a client that acts as them. */
export async function somebody(program: Program, role: Enums<'membership_role'>): Promise<{ db: Client; user: User }> {
	const user = await aMember(program, role);
	return { db: asUser(user), user };
}

/** Takes programs away with the referrals that reached them. */
export async function forgetPrograms(...programs: Program[]): Promise<void> {
	const ids = programs.map(({ id }) => id);
	await sql`delete from public.referrals where program_id = any (${ids}::uuid[])`;
	for (const program of programs) await forgetProgram(program);
}
