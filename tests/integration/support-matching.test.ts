/* Finding a worker: who is listed and why, who may be proposed, and a support that goes on while another worker is asked. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../src/lib/server/database.types.ts';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import {
	aMatch,
	anAddress,
	aProposal,
	aReferral,
	day,
	forgetPrograms,
	move,
	rowOf,
	sealedText,
	zoneAtNoon,
	type Referral,
	type State
} from '../factories/referral.ts';
import { aMeeting, aSupport, plan, readSupport, save, type Support } from '../factories/support.ts';
import { asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let coordinator: User;
let db: Client;

beforeAll(async () => {
	program = await aProgram('matching', { timeZone: zoneAtNoon() });
	coordinator = await aMember(program, 'coordinator');
	db = asUser(coordinator);
});
afterAll(() => forgetPrograms(program));

interface Saying {
	cap?: number;
	less_until?: string;
	language_codes?: string[];
	areas?: string[];
}
/** A worker by this name who says this of themselves. */
async function aWorker(name: string, { areas = [], ...given }: Saying = {}, of = program): Promise<User> {
	const worker = await aMember(of, 'worker');
	await sql`insert into public.people (user_id, name) values (${worker.id}, ${name})`;
	await sql`insert into public.workers ${sql({ program_id: of.id, user_id: worker.id, ...given })}`;
	for (const id of areas)
		await sql`insert into public.worker_areas (program_id, user_id, area_id) values (${of.id}, ${worker.id}, ${id})`;
	return worker;
}

describe('candidates', () => {
	let own: Program;
	let lead: Client;
	let east: string;
	let referral: Referral;
	type Candidate = { name: string } & Record<string, unknown>;
	const candidates = async (): Promise<Candidate[]> =>
		(await lead.rpc('match_candidates', { referral: referral.id })).data as unknown as Candidate[];
	const of = async (name: string) => (await candidates()).find((one) => one.name === name);

	beforeAll(async () => {
		own = await aProgram('matching-candidates', { timeZone: zoneAtNoon() });
		lead = asUser(await aMember(own, 'coordinator'));
		const [row] = await sql<{ id: string }[]>`
			insert into public.areas (program_id, name) values (${own.id}, 'East') returning id`;
		east = row!.id;
		referral = await aReferral(own, { state: 'triage', area_id: east, language_codes: ['pa', 'en'] });
		const here: Saying = { areas: [east], language_codes: ['en', 'fr'] };
		const busy = await aWorker('2 area, language, busy', { ...here, cap: 5 }, own);
		await aWorker('1 area, language', here, own);
		await aWorker('3 area', { areas: [east] }, own);
		await aWorker('4 language', { language_codes: ['pa'] }, own);
		await aWorker('5 neither', {}, own);
		const full = await aWorker('7 full', { ...here, cap: 1 }, own);
		await aWorker('6 less', { ...here, less_until: await day(own, 1) }, own);
		await aWorker('less until yesterday', { less_until: await day(own, -1) }, own);
		const away = await aWorker('8 away', here, own);
		await sql`insert into public.absences (program_id, user_id, until) values (${own.id}, ${away.id}, ${await day(own, 2)})`;
		for (const worker of [busy, full]) await aSupport(own, { worker });
		const saidNo = await aWorker('said no', {}, own);
		await aMatch(referral.id, saidNo, { state: 'match_proposed', ended_at: '2026-11-01T00:00Z' });
		const knows = await aWorker('9 knows them', here, own);
		await aMatch(referral.id, knows, { state: 'match_proposed', ended_at: '2026-11-01T00:00Z', knows_them: true });
		await aMember.deactivated(own, 'worker');
	});
	afterAll(() => forgetPrograms(own));

	test('are those with room first, then of the area, of a language, and with least to do', async () => {
		expect((await candidates()).map(({ name }) => name)).toEqual([
			'1 area, language',
			'2 area, language, busy',
			'3 area',
			'4 language',
			'5 neither',
			'less until yesterday',
			'said no',
			'6 less',
			'7 full',
			'8 away',
			'9 knows them'
		]);
	});

	test('come with the facts that they are listed for, and no score', async () => {
		const facts = { is_in_area: true, has_room: true, languages: ['en'], cap: 5, load: 1, areas: ['East'] };
		expect(await of('2 area, language, busy')).toMatchObject({ ...facts, language_codes: ['en', 'fr'] });
		expect(await of('4 language')).toMatchObject({ is_in_area: false, languages: ['pa'], cap: 2, load: 0 });
		expect(await of('7 full')).toMatchObject({ has_room: false, cap: 1, load: 1 });
		expect(await of('6 less')).toMatchObject({ has_room: false, less_until: await day(own, 1) });
		expect(await of('less until yesterday')).toMatchObject({ has_room: true, less_until: null });
		expect(await of('8 away')).toMatchObject({ has_room: true, away_until: await day(own, 2) });
		expect(await of('said no')).toMatchObject({ fell_through: true, knows_them: false, asked_at: expect.any(String) });
		expect(await of('9 knows them')).toMatchObject({ fell_through: true, knows_them: true });
		expect(await of('1 area, language')).toMatchObject({ fell_through: false, asked_at: null, is_present: false });
		expect(Object.keys((await candidates())[0]!).filter((key) => /score|rank|email/.test(key))).toEqual([]);
	});

	test('whoever supports already comes last, and did not say no', async () => {
		const there = await aWorker('there', { areas: [east], language_codes: ['en'] }, own);
		const before = referral;
		referral = (await aSupport(own, { worker: there, area_id: east })).referral;
		expect((await candidates()).at(-1)).toMatchObject({ name: 'there', is_present: true, fell_through: false });
		referral = before;
	});
});

describe('a proposal', () => {
	const propose = async (given: Record<string, Json>, state: State = 'triage') =>
		move(db, await aReferral(program, { state }), 'propose', given);

	test('is refused without a plan for the first meeting and the initials, both sealed', async () => {
		const worker = await aWorker('planless');
		expect(await propose({})).toMatchObject({ refused: 'worker' });
		expect(await propose({ worker: worker.id })).toMatchObject({ refused: 'plan' });
		expect(await propose({ worker: worker.id, plan: sealedText() })).toMatchObject({ refused: 'plan' });
		expect(await propose({ worker: worker.id, initials: sealedText() })).toMatchObject({ refused: 'plan' });
		for (const plain of ['plan', 'initials'])
			await expect(propose(aProposal(worker, { [plain]: 'B. S., at the library' }))).rejects.toThrow('23514');
		expect(await propose(aProposal(worker))).toMatchObject({ ok: 'match_proposed' });
	});

	test('keeps the match’s id that its words were sealed for', async () => {
		const [worker, referral] = [await aWorker('kept'), await aReferral(program, { state: 'waitlisted' })];
		const given = aProposal(worker);
		await move(db, referral, 'propose', given);
		const [match] = await sql`select id as match_id, worker_id as worker, initials, plan, came_from, opened_at
			from private.referral_matches where referral_id = ${referral.id}`;
		expect(match).toEqual({ ...given, came_from: 'waitlisted', opened_at: null });
	});

	test('is refused of a worker who wants less until a day, until that day is over', async () => {
		const worker = await aWorker('less', { less_until: await day(program, 0) });
		expect(await propose(aProposal(worker))).toMatchObject({ refused: 'worker_full' });
		await sql`update public.workers set less_until = ${await day(program, -1)} where user_id = ${worker.id}`;
		expect(await propose(aProposal(worker))).toMatchObject({ ok: 'match_proposed' });
	});

	test('is refused of whoever supports them already, and of whoever knows them', async () => {
		const { referral, worker } = await aSupport(program);
		expect(await move(db, referral, 'propose', aProposal(worker))).toMatchObject({ refused: 'same_worker' });
		const knows = await aWorker('knows');
		await move(db, referral, 'propose', aProposal(knows));
		await move(asUser(knows), referral, 'worker_no', { reason: 'knows_them' });
		expect(await move(db, referral, 'propose', aProposal(knows))).toMatchObject({ refused: 'knows_them' });
		const saidNo = await aWorker('said no');
		await move(db, referral, 'propose', aProposal(saidNo));
		await move(asUser(saidNo), referral, 'worker_no');
		expect(await move(db, referral, 'propose', aProposal(saidNo)), 'asked once more').toMatchObject({
			ok: 'match_proposed'
		});
	});

	test('counts one who is proposed, as one who is supported', async () => {
		const worker = await aWorker('one', { cap: 1 });
		await aReferral(program, { state: 'match_proposed', worker });
		expect(await propose(aProposal(worker))).toMatchObject({ refused: 'worker_full' });
	});
});

/** `template to`, of what was written about a referral since the last look, sorted; each carries the reference alone. */
function mailbox({ reference }: Referral) {
	let seen = new Set<string>();
	return async () => {
		const rows = await sql<{ id: string; template: string; to: string; data: object }[]>`
			select id, template, to_address as to, data from private.outbox where data->>'reference' = ${reference}`;
		const fresh = rows.filter(({ id }) => !seen.has(id));
		seen = new Set(rows.map(({ id }) => id));
		for (const { data } of fresh) expect(Object.keys(data)).toEqual(['reference']);
		return fresh.map(({ template, to }) => `${template} ${to}`).toSorted();
	};
}

describe('handing over', () => {
	let support: Support;
	let next: User;
	const goesOn = async (why: string) => {
		const { db: theirs, referral } = support;
		expect((await readSupport(theirs, referral))?.part, why).toBe('worker');
		expect(await save(theirs, referral, { kind: 'note', on_day: await day(program, 0) }), why).toMatchObject({ ok: 1 });
		const meeting = await plan(theirs, referral, { start: 300 });
		expect(meeting, why).toMatchObject({ ok: 1 });
		await theirs.rpc('mark_meeting', { meeting: meeting.id, what: 'cancel' });
	};
	async function aHandover(state: State = 'active'): Promise<void> {
		support = await aSupport(program, { state, referrer_email: anAddress(), coordinator_id: coordinator.id });
		next = await aWorker('next');
	}

	test('is wished for, and nothing changes until another worker has met the peer', async () => {
		await aHandover();
		const { referral, worker, db: theirs } = support;
		const { referrer_email } = await rowOf(referral);
		const news = mailbox(referral);
		await move(theirs, referral, 'ask_handover', { for_peer: true });
		expect(await rowOf(referral)).toMatchObject({ asked_for: ['handover'], attention_on: expect.any(Date) });
		expect(await news()).toEqual([`support_asked ${coordinator.email}`]);
		const goal = await save(theirs, referral, { kind: 'goal', mark: 'a_bit' });
		await move(db, referral, 'propose', aProposal(next));
		expect(await rowOf(referral), 'it is seen to').toMatchObject({ asked_for: [] });
		expect(await news()).toEqual([`work_asked ${next.email}`]);
		await goesOn('proposed');
		expect(await readSupport(asUser(next), referral)).toBeNull();
		await move(asUser(next), referral, 'worker_yes');
		expect(await news(), 'half of a yes').toEqual([]);
		await goesOn('half of a yes');
		await move(db, referral, 'peer_yes');
		expect(await news()).toEqual([`referral_news ${referrer_email}`, `work_news ${next.email}`]);
		await goesOn('matched');
		expect(await move(theirs, referral, 'begin', { first_met_on: await day(program, 0) })).toEqual({
			refused: 'not_found'
		});
		const [planned, begun] = [
			await aMeeting(referral, worker, { start: 900 }),
			await aMeeting(referral, worker, { start: -10, checkedIn: true })
		];
		const theirsNow = await plan(asUser(next), referral, { start: 60 });
		await move(asUser(next), referral, 'begin', { first_met_on: await day(program, 0) });
		expect(await news()).toEqual([`referral_news ${referrer_email}`, `work_news ${worker.email}`]);
		expect(await readSupport(theirs, referral)).toBeNull();
		expect(await save(theirs, referral, { kind: 'goal', mark: 'yes' })).toMatchObject({ refused: 'not_found' });
		expect(await readSupport(asUser(next), referral)).toMatchObject({
			entries: [{ id: goal.id, mark: 'a_bit' }],
			worker: { id: next.id },
			is_coming: false
		});
		const off = await sql`select id from private.support_meetings where referral_id = ${referral.id}
			and cancelled_at is null order by starts_at`;
		expect([...off], `what ${planned} was to be is off; what is under way is not`).toEqual([
			{ id: begun },
			{ id: theirsNow.id }
		]);
		expect(await plan(theirs, (await aSupport(program, { worker })).referral, { start: 900 })).toMatchObject({ ok: 1 });
	});

	test.each<[State, 'match_proposed' | 'matched', 'worker_no' | 'peer_no']>([
		['active', 'match_proposed', 'worker_no'],
		['active', 'match_proposed', 'peer_no'],
		['active', 'matched', 'worker_no'],
		['paused', 'matched', 'peer_no']
	])('of one that is %s falls through when it is %s by a %s, and leaves all as it was', async (state, until, event) => {
		await aHandover(state);
		const { referral, worker } = support;
		await move(db, referral, 'propose', aProposal(next));
		if (until === 'matched') {
			await move(asUser(next), referral, 'worker_yes');
			await move(db, referral, 'peer_yes');
		}
		const news = mailbox(referral);
		await news();
		expect(await move(event === 'worker_no' ? asUser(next) : db, referral, event)).toMatchObject({ ok: state });
		const told = until === 'matched' ? [`referral_news ${(await rowOf(referral)).referrer_email}`] : [];
		if (event === 'peer_no') told.push(`work_news ${next.email}`);
		expect(await news(), 'the worker from before is told nothing').toEqual(told);
		expect(await readSupport(asUser(next), referral)).toBeNull();
		await goesOn('fallen through');
		expect(await readSupport(support.db, referral)).toMatchObject({ worker: { id: worker.id } });
	});

	test('keeps the referrer and coordinators from withdrawing what runs, which is ended instead', async () => {
		await aHandover();
		await move(db, support.referral, 'propose', aProposal(next));
		expect(await move(db, support.referral, 'withdraw')).toMatchObject({ refused: 'not_possible' });
		await move(db, support.referral, 'peer_no');
		expect(await move(db, support.referral, 'end_early', { reason: 'peer_wish' })).toMatchObject({ ok: 'ended_early' });
	});
});
