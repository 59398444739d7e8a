/* A program's year in numbers: against a year made by hand, with no number of people between one and four, nor one that the sum would tell. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { forgetPrograms, type State } from '../factories/referral.ts';
import { aSupervisorOf, aSupport, auditedOf } from '../factories/support.ts';
import { asUser, aUser, sql, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let lead: User;
let anybody: User;
const areas: Record<string, string> = {};

interface Made {
	of?: Program;
	submitted?: string;
	state?: State;
	closed?: string | null;
	area?: string;
	team?: string;
	/** The days on which they first met, one for each, or fewer. */
	met?: string[];
	/** Of the event that led to the state; of the ending's beginning where it was completed. */
	reason?: string;
}
/** So many referrals alike; unless said otherwise asked for long ago, and closed long after. */
async function made(n: number, given: Made): Promise<void> {
	const { of = program, submitted = '2020-05-01T19:00Z', state = 'completed', closed = '2030-01-01T20:00Z' } = given;
	const rows = await sql<{ id: string }[]>`
		insert into public.referrals (id, reference, program_id, consented_on, acknowledge_by, submitted_at, state, closed_at, area_id, team_id)
		select gen_random_uuid(), private.new_reference(), ${of.id}, '2020-01-01', '2099-01-01', ${submitted}, ${state}, ${closed},
			${given.area ?? null}, ${given.team ?? null} from generate_series(1, ${n}) returning id`;
	for (const [index, day] of (given.met ?? []).entries())
		await sql`insert into private.referral_matches (referral_id, worker_id, came_from, first_met_on, ended_at)
			values (${rows[index]!.id}, ${anybody.id}, 'triage', ${day}, now())`;
	if (given.reason)
		await sql`insert into private.referral_events (id, referral_id, event, from_state, to_state, actor, reason)
			select gen_random_uuid(), x, ${state === 'completed' ? 'begin_ending' : 'some_event'}, 'active',
				${state === 'completed' ? 'ending' : state}, 'coordinator', ${given.reason}
			from unnest(${rows.map(({ id }) => id)}::uuid[]) x`;
}

interface Group {
	label: string;
	asked: number | null;
	began: number | null;
	wait_median_days: number | null;
	wait_p90_days: number | null;
}
interface Ended {
	outcome: string | null;
	reason: string | null;
	people: number | null;
}
interface Report {
	groups: Group[];
	all: Omit<Group, 'label'>;
	ended: Ended[];
	ended_by: { label: string; ended: Ended[] }[];
	ended_elsewhere: Ended[] | null;
	now: Record<string, number | null>;
	workers: Record<string, number | null>;
}
async function report(year: number, by_what: string, of = program, user = lead): Promise<Report | null> {
	const { data, error } = await asUser(user).rpc('program_report', { program: of.id, year, by_what });
	if (error) throw new Error(`${error.code}: ${error.message}`);
	return data as unknown as Report | null;
}
const by = async (year: number, what: string) => (await report(year, what))!.groups;
const labelled = (groups: Group[]) => groups.map(({ label, asked, began }) => [label, asked, began]);

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('report'), await aProgram('report-elsewhere')];
	[lead, anybody] = [await aMember(program, 'coordinator'), await aUser()];
	for (const name of ['East', 'West']) {
		const [row] = await sql<{ id: string }[]>`
			insert into public.areas (program_id, name) values (${program.id}, ${name}) returning id`;
		areas[name] = row!.id;
	}
	const [row] = await sql<{ id: string }[]>`
		insert into public.teams (program_id, name, site) values (${program.id}, 'A team', 'Main') returning id`;
	const team = row!.id;
	await made(6, {
		...{ submitted: '2025-01-10T20:00Z', area: areas.East!, team },
		met: ['2025-03-01', '2025-03-02', '2025-03-03', '2025-03-04', '2025-03-05', '2025-03-25']
	});
	await made(2, { submitted: '2025-02-10T20:00Z', area: areas.West! });
	await made(7, { submitted: '2025-03-10T20:00Z', area: areas.East!, team });
	// A minute before midnight at the program, which is the next year in UTC, and a minute after.
	await made(5, { submitted: '2026-01-01T07:59Z' });
	await made(5, { submitted: '2026-01-01T08:01Z', met: ['2026-02-01', '2026-02-02', '2026-02-03', '2026-02-04'] });
	await made(9, { submitted: '2025-03-10T20:00Z', state: 'entered_in_error', closed: '2025-04-10T20:00Z' });
	await made(9, { submitted: '2025-03-10T20:00Z', of: elsewhere });
	await made(6, { state: 'completed', closed: '2025-06-01T20:00Z', reason: 'goal_reached' });
	await made(5, { state: 'completed', closed: '2025-06-01T20:00Z', reason: 'worker_needed_elsewhere' });
	await made(5, { state: 'declined', closed: '2025-07-01T20:00Z', reason: 'no_worker_free' });
	await made(3, { state: 'ended_early', closed: '2025-07-01T20:00Z', reason: 'moved_away' });
	await made(2, { state: 'withdrawn', closed: '2025-12-31T20:00Z' });
});
afterAll(() => forgetPrograms(program, elsewhere));

describe('a year', () => {
	test('by month counts who asked and who began, by the program’s own days', async () => {
		const groups = await by(2025, 'month');
		expect(groups.map(({ label }) => label)).toEqual(
			Array.from({ length: 12 }, (_, n) => `2025-${`${n + 1}`.padStart(2, '0')}`)
		);
		// February’s two are hidden, and with them December’s five, as the sum of all is told.
		expect(groups.map(({ asked }) => asked)).toEqual([6, null, 7, 0, 0, 0, 0, 0, 0, 0, 0, null]);
		expect(groups.map(({ began }) => began)).toEqual([0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
		expect((await report(2025, 'month'))!.all).toMatchObject({ asked: 20, began: 6 });
		expect((await by(2026, 'month'))[0]).toMatchObject({ label: '2026-01', asked: 5, began: 0 });
	});

	test('says how long people waited, the median and nine in ten, of five at least', async () => {
		// 50, 51, 52, 53, 54 and 74 days.
		const waits = { wait_median_days: 52.5, wait_p90_days: 64 };
		const none = { wait_median_days: null, wait_p90_days: null };
		expect((await by(2025, 'month'))[2]).toMatchObject({ began: 6, ...waits });
		expect((await by(2025, 'month'))[0]).toMatchObject({ began: 0, ...none });
		expect((await report(2025, 'month'))!.all).toMatchObject(waits);
		expect((await by(2026, 'month'))[1], 'four').toMatchObject({ began: null, ...none });
		expect((await report(2026, 'month'))!.all).toMatchObject({ began: null, ...none });
	});

	test('by area and by team hides the small ones, and one beside them', async () => {
		expect(labelled(await by(2025, 'area'))).toEqual([
			['East', 13, 6],
			['West', null, 0],
			// Where nothing says which.
			['', null, 0]
		]);
		expect(labelled(await by(2025, 'team'))).toEqual([
			['A team, Main', 13, 6],
			['', 7, 0]
		]);
	});

	test('counts how it ended and why, each ending once, nothing entered in error', async () => {
		expect((await report(2025, 'month'))!.ended).toEqual([
			{ outcome: 'completed', reason: 'goal_reached', people: 6 },
			{ outcome: 'completed', reason: 'worker_needed_elsewhere', people: 5 },
			{ outcome: 'declined', reason: 'no_worker_free', people: 5 },
			{ outcome: 'ended_early', reason: 'moved_away', people: null },
			{ outcome: 'withdrawn', reason: null, people: null }
		]);
		expect((await report(2024, 'month'))!.ended).toEqual([]);
	});

	test('tells outcomes of each month of which none is of few, and of all others together', async () => {
		const { ended_by, ended_elsewhere } = (await report(2025, 'month'))!;
		expect(ended_by).toEqual([
			{
				label: '2025-06',
				ended: [
					{ outcome: 'completed', reason: 'goal_reached', people: 6 },
					{ outcome: 'completed', reason: 'worker_needed_elsewhere', people: 5 }
				]
			}
		]);
		// July alone would tell of three who moved away: it stands with December.
		expect(ended_elsewhere).toEqual([
			{ outcome: 'declined', reason: 'no_worker_free', people: 5 },
			{ outcome: null, reason: null, people: 5 }
		]);
		expect(await report(2024, 'month')).toMatchObject({ ended_by: [], ended_elsewhere: null });
	});

	test('tells no outcomes of a month where they would say how few of those who began go on', async () => {
		const going = await aProgram('report-going');
		const coordinator = await aMember(going, 'coordinator');
		const met = (count: number) => Array.from({ length: count }, () => '2025-06-02');
		await made(9, { of: going, closed: '2025-06-20T20:00Z', reason: 'goal_reached', met: met(9) });
		await made(3, { of: going, state: 'active', closed: null, met: met(3) });
		await made(6, { of: going, closed: '2025-08-20T20:00Z', reason: 'goal_reached' });
		const months = async () => (await report(2025, 'month', going, coordinator))!.ended_by.map(({ label }) => label);
		expect(await months()).toEqual([]);
		await made(2, { of: going, state: 'active', closed: null, met: met(2) });
		expect(await months(), 'five go on').toEqual(['2025-06', '2025-08']);
		await forgetPrograms(going);
	});

	test('tells outcomes by nothing where fewer than five ended', async () => {
		const [few] = [await aProgram('report-few')];
		const coordinator = await aMember(few, 'coordinator');
		await made(3, { of: few, closed: '2025-06-01T20:00Z', reason: 'goal_reached' });
		const told = await report(2025, 'area', few, coordinator);
		expect(told).toMatchObject({ ended: [{ people: null }], ended_by: [], ended_elsewhere: null });
		await forgetPrograms(few);
	});

	test('holds no reference, no person and no word of anybody', async () => {
		const text = JSON.stringify(await report(2025, 'area'));
		expect(text).not.toMatch(/PS-|s1\.|@|[0-9a-f]{8}-[0-9a-f]{4}/);
	});
});

describe('now', () => {
	let present: Program;
	let coordinator: User;
	const now = async () => (await report(2026, 'month', present, coordinator))!;

	beforeAll(async () => {
		present = await aProgram('report-now');
		coordinator = await aMember(present, 'coordinator');
		await made(5, { of: present, state: 'waitlisted', closed: null });
		await made(6, { of: present, state: 'active', closed: null });
		await made(3, { of: present, state: 'triage', closed: null });
		for (let n = 0; n < 4; n++) await aMember(present, 'worker');
	});
	afterAll(() => forgetPrograms(present));

	test('is how many are open, wait and are supported, of which no few are told', async () => {
		expect((await now()).now).toEqual({ open: 14, waiting: null, supported: 6, others: null });
	});

	test('says of workers nothing while there are fewer than five', async () => {
		expect((await now()).workers).toEqual({ workers: null, load_mean: null, free_places: null });
		await aMember(present, 'worker');
		expect((await now()).workers).toEqual({ workers: 5, load_mean: 1.2, free_places: 10 });
	});
});

test.each<[counts: number[], shown: (number | null)[]]>([
	[[], []],
	[[0], [0]],
	[[4], [null]],
	[
		[5, 6],
		[5, 6]
	],
	// One alone: the sum would tell it.
	[
		[12, 2, 6, 0],
		[12, null, null, 0]
	],
	// Two that make fewer than five, one each, or four each: the sum would tell them, too.
	[
		[1, 2, 7, 9],
		[null, null, null, 9]
	],
	[
		[4, 4, 9, 8],
		[null, null, 9, null]
	],
	[
		[1, 1, 1, 1, 1, 6],
		[null, null, null, null, null, null]
	],
	// Two that could be otherwise.
	[
		[2, 3, 7],
		[null, null, 7]
	],
	[
		[4, 2, 7],
		[null, null, 7]
	]
])('of %j people %j are shown', async (counts, shown) => {
	const [row] = await sql`select to_jsonb(array(select private.without_few(${counts}::integer[]))) as shown`;
	expect(row).toEqual({ shown });
});

/** Of each row, how many of each kind. */
type Cells = Record<string, Record<number, number>>;
test.each<[what: string, cells: Cells, may: string[], told: string[]]>([
	['nothing', {}, [], []],
	['all of them', { a: { 1: 5, 2: 6 }, b: { 1: 9 } }, ['a', 'b'], ['a', 'b']],
	[
		'none with few, nor one that would leave few',
		{ a: { 1: 5, 2: 4 }, b: { 1: 9 }, c: { 2: 7 } },
		['a', 'b', 'c'],
		['b']
	],
	['a row, if the rest are not few of any', { a: { 1: 4 }, b: { 1: 9 }, c: { 1: 1 } }, ['a', 'b', 'c'], ['b']],
	['the larger of two', { a: { 1: 3 }, b: { 1: 5 }, c: { 1: 8, 2: 5 } }, ['a', 'b', 'c'], ['c']],
	['none whose sum is hidden', { a: { 1: 6 }, b: { 1: 9 }, c: { 1: 5 } }, ['b', 'c'], ['b', 'c']]
])('told by rows: %s', async (_, cells, may, told) => {
	const list = Object.entries(cells).flatMap(([label, kinds]) =>
		Object.entries(kinds).map(([kind, people]) => ({ label, kind: Number(kind), people }))
	);
	const [row] = await sql<{ told: string[] }[]>`select private.rows_without_few(${list.map((each) => each.label)},
		${list.map((each) => each.kind)}, ${list.map((each) => each.people)}, ${may}) as told`;
	expect(row!.told.toSorted()).toEqual(told);
});

test('is for coordinators alone, and each reading is written down', async () => {
	const { worker } = await aSupport(program);
	const others = [worker, await aSupervisorOf(program, worker), await aMember(elsewhere, 'admin'), await aUser()];
	for (const user of others) {
		expect(await report(2025, 'month', program, user)).toBeNull();
		expect(await auditedOf(user)).toEqual(['report.read refused']);
	}
	const admin = await aMember(program, 'admin');
	expect(await report(2025, 'area', program, admin)).not.toBeNull();
	const [audited] = await sql`select outcome, details from public.audit_events where actor_id = ${admin.id}`;
	expect(audited).toEqual({ outcome: 'done', details: { year: 2025, by: 'area' } });
});
