/* What workers say of themselves, who supervises them, and what others see of it. Who may call what is in support-access.test.ts. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../src/lib/server/database.types.ts';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { aReferral, day, forgetPrograms, move, zoneAtNoon } from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import { aMeeting, aSupervisorOf, aSupport, auditedOf } from '../factories/support.ts';
import { asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let coordinator: User;
let areas: string[];
let areaElsewhere: string;

beforeAll(async () => {
	program = await aProgram('workers', { timeZone: zoneAtNoon() });
	elsewhere = await aProgram('workers-elsewhere');
	coordinator = await aMember(program, 'coordinator');
	areas = [await anArea(program, 'East'), await anArea(program, 'West')];
	areaElsewhere = await anArea(elsewhere, 'North');
});
afterAll(() => forgetPrograms(program, elsewhere));

async function anArea(of: Program, name: string): Promise<string> {
	const [row] = await sql<{ id: string }[]>`
		insert into public.areas (program_id, name) values (${of.id}, ${name}) returning id`;
	return row!.id;
}
const WHOLE = {
	cap: 3,
	less_until: null,
	language_codes: ['en', 'pa'],
	area_ids: [],
	about: 'I walk a lot.',
	wishes: '',
	phone: '604-555-0142'
};
const saveWorker = (user: User, given: Record<string, Json> = {}, of = program) =>
	asUser(user).rpc('save_worker', { program: of.id, given: { ...WHOLE, area_ids: areas, ...given } });
const saved = async (user: User) => {
	const { id } = user;
	const [row] =
		await sql`select cap, less_until::text, language_codes, about, wishes, phone from public.workers where user_id = ${id}`;
	const where = await sql`select area_id from public.worker_areas where user_id = ${id}`;
	return row && { ...row, area_ids: where.map(({ area_id }) => area_id as string).toSorted() };
};

describe('a worker says', () => {
	test('how many, where, in which languages and what they share, all of it each time', async () => {
		const worker = await aMember(program, 'worker');
		expect((await saveWorker(worker)).data).toEqual({ ok: true });
		expect(await saved(worker)).toEqual({ ...WHOLE, area_ids: areas.toSorted() });
		const next = {
			cap: 0,
			less_until: await day(program, 7),
			language_codes: [],
			about: '',
			wishes: 'Mornings.',
			phone: ''
		};
		expect((await saveWorker(worker, { ...next, area_ids: [areas[1]!, areas[1]!] })).data).toEqual({ ok: true });
		expect(await saved(worker)).toEqual({ ...next, area_ids: [areas[1]] });
		expect(await eventsAbout(worker.id)).toMatchObject([
			{ event: 'worker.saved', outcome: 'done', details: { cap: 3 } },
			{ event: 'worker.saved', outcome: 'done', details: { cap: 0, less_until: next.less_until } }
		]);
	});

	test('less until a day that is near', async () => {
		const worker = await aMember(program, 'worker');
		const days: [number, string | undefined][] = [
			[-1, 'past'],
			[0, undefined],
			[92, undefined],
			[93, 'too_far']
		];
		for (const [offset, refused] of days) {
			const before = await saved(worker);
			const { data } = await saveWorker(worker, { less_until: await day(program, offset) });
			expect(data, `${offset}`).toEqual(refused ? { refused } : { ok: true });
			if (refused) expect(await saved(worker)).toEqual(before);
		}
	});

	test('no area of another program, nor one that is not there', async () => {
		const worker = await aMember(program, 'worker');
		for (const id of [areaElsewhere, randomUUID()])
			expect((await saveWorker(worker, { area_ids: [areas[0]!, id] })).data).toEqual({ refused: 'unknown_area' });
		expect(await saved(worker)).toBeUndefined();
		expect(await auditedOf(worker)).toEqual(['worker.saved refused', 'worker.saved refused']);
	});

	test.each<[string, Record<string, Json>]>([
		['a cap below none', { cap: -1 }],
		['a cap above fifty', { cap: 51 }],
		['eleven languages', { language_codes: 'aa bb cc dd ee ff gg hh ii jj kk'.split(' ') }],
		['a language that is no code', { language_codes: ['English'] }],
		['more than a thousand characters of themselves', { about: 'é'.repeat(1001) }],
		['more than a thousand of wishes', { wishes: '请'.repeat(1001) }],
		['a number with too few digits', { phone: 'ask me' }],
		['a number too long', { phone: '6'.repeat(41) }]
	])('not %s', async (_what, given) => {
		const worker = await aMember(program, 'worker');
		expect((await saveWorker(worker, given)).error?.code).toBe('23514');
		expect(await saved(worker)).toBeUndefined();
	});

	test('a thousand characters in any script are kept', async () => {
		const worker = await aMember(program, 'worker');
		const about = 'ਪੰ请é🐟'.repeat(200).slice(0, 1000);
		expect((await saveWorker(worker, { about })).data).toEqual({ ok: true });
		expect(await saved(worker)).toMatchObject({ about });
	});

	test('nothing in a program that is not theirs, nor once they have left', async () => {
		const worker = await aMember(program, 'worker');
		expect((await saveWorker(worker, { area_ids: [] }, elsewhere)).data).toEqual({ refused: 'not_allowed' });
		const gone = await aMember.deactivated(program, 'worker');
		expect((await saveWorker(gone)).data).toEqual({ refused: 'not_allowed' });
	});
});

describe('who supervises whom', () => {
	const set = async (worker: string, supervisors: string[], db = asUser(coordinator)) =>
		(await db.rpc('set_supervisors', { program: program.id, worker, supervisors })).data;
	const supervisorsOf = async (worker: User) =>
		(await sql`select supervisor_id from public.supervisions where worker_id = ${worker.id}`)
			.map(({ supervisor_id }) => supervisor_id as string)
			.toSorted();

	test('is said by a coordinator, all of them at once', async () => {
		const worker = await aMember(program, 'worker');
		const [first, second] = [await aMember(program, 'supervisor'), await aMember(program, 'supervisor')];
		expect(await set(worker.id, [first.id, second.id, first.id])).toEqual({ ok: true });
		expect(await supervisorsOf(worker)).toEqual([first.id, second.id].toSorted());
		expect(await set(worker.id, [second.id])).toEqual({ ok: true });
		expect(await supervisorsOf(worker)).toEqual([second.id]);
		expect(await set(worker.id, [])).toEqual({ ok: true });
		expect(await supervisorsOf(worker)).toEqual([]);
	});

	test('is nobody who has another role, has left, works elsewhere, or is the worker', async () => {
		const worker = await aMember(program, 'worker');
		await sql`insert into public.memberships (program_id, user_id, role) values (${program.id}, ${worker.id}, 'supervisor')`;
		const others = [
			await aMember(program, 'coordinator'),
			await aMember.deactivated(program, 'supervisor'),
			await aMember(elsewhere, 'supervisor'),
			worker
		];
		for (const { id } of others) expect(await set(worker.id, [id])).toEqual({ refused: 'not_a_member' });
		const supervisor = await aMember(program, 'supervisor');
		expect(await set(supervisor.id, [])).toEqual({ refused: 'not_a_member' });
		expect(await supervisorsOf(worker)).toEqual([]);
	});

	test('is chosen among those who are supervisors at present', async () => {
		const own = await aProgram('workers-supervisors');
		const [here, lead] = [await aMember(own, 'supervisor'), await aMember(own, 'coordinator')];
		await aMember.deactivated(own, 'supervisor');
		const { data } = await asUser(lead).rpc('program_supervisors', { program: own.id });
		expect(data).toEqual([{ id: here.id, name: here.email }]);
		await forgetPrograms(own);
	});
});

test('each reads of workers what their part in it lets them, row by row', async () => {
	const [own, other] = [await aMember(program, 'worker'), await aMember(program, 'worker')];
	for (const worker of [own, other]) await saveWorker(worker);
	const [theirs, others] = [await aSupervisorOf(program, own), await aSupervisorOf(program, other)];
	const left = await aSupervisorOf(program, own);
	await sql`update public.memberships set deactivated_at = now() where user_id = ${left.id}`;
	const both = [own.id, other.id].toSorted();
	const expected: [string, User, workers: string[], supervisions: string[]][] = [
		['themselves', own, [own.id], [own.id, own.id]],
		['their supervisor', theirs, [own.id], [own.id]],
		['another’s supervisor', others, [other.id], [other.id]],
		['a coordinator', coordinator, both, [own.id, own.id, other.id].toSorted()],
		['an editor', await aMember(program, 'editor'), [], []],
		['a coordinator elsewhere', await aMember(elsewhere, 'coordinator'), [], []],
		['a worker elsewhere', await aMember(elsewhere, 'worker'), [], []]
	];
	for (const [who, user, workers, supervisions] of expected) {
		const db = asUser(user);
		const column = async (table: 'workers' | 'worker_areas' | 'supervisions', name: string) => {
			const { data } = await db
				.from(table)
				.select('*')
				.in(name as 'program_id', both);
			return data!.map((row) => (row as Record<string, unknown>)[name] as string).toSorted();
		};
		expect(await column('workers', 'user_id'), who).toEqual(workers);
		expect(await column('worker_areas', 'user_id'), who).toEqual(workers.flatMap((id) => [id, id]));
		expect(await column('supervisions', 'worker_id'), who).toEqual(supervisions);
	}
	expect((await asUser(left).from('workers').select('cap')).data, 'who supervised once').toEqual([]);
	const columns = Object.keys((await asUser(theirs).from('workers').select('*')).data![0]!);
	expect(columns.toSorted()).toEqual(
		['about', 'cap', 'language_codes', 'less_until', 'phone', 'program_id', 'user_id', 'wishes'].toSorted()
	);
});

describe('what others see of a worker’s load', () => {
	let worker: User;
	let supervisor: User;
	const asked = async (user: User, name: string, given = {}) =>
		(await asUser(user).rpc(name as 'worker_matches', { program: program.id, worker: worker.id, ...given })).data;

	beforeAll(async () => {
		worker = await aMember(program, 'worker');
		await saveWorker(worker, { cap: 5, area_ids: [areas[0]!] });
		supervisor = await aSupervisorOf(program, worker);
	});

	test('is how many they support and are asked about, to coordinators of all, to a supervisor of theirs', async () => {
		await aSupport(program, { worker });
		await aReferral(program, { state: 'matched', worker });
		await aReferral(program, { state: 'match_proposed', worker, area_id: areas[0]! });
		const list = async (user: User) =>
			(await asUser(user).rpc('program_workers', { program: program.id })).data as unknown as {
				id: string;
			}[];
		const row = { id: worker.id, cap: 5, load: 2, proposed: 1, areas: ['East'], supervisor_ids: [supervisor.id] };
		expect((await list(coordinator)).find(({ id }) => id === worker.id)).toMatchObject(row);
		expect(await list(supervisor)).toMatchObject([row]);
		expect(await list(await aMember(program, 'supervisor'))).toEqual([]);
	});

	test('is whom by reference, with nothing sealed', async () => {
		for (const user of [coordinator, supervisor]) {
			const data = await asked(user, 'worker_matches');
			expect(data).toMatchObject([{ state: 'active' }, { is_coming: true }, { is_coming: true, area: 'East' }]);
			expect(JSON.stringify(data)).not.toContain('s1.');
		}
		expect(await asked(await aMember(program, 'supervisor'), 'worker_matches')).toBeNull();
		expect(await asked(worker, 'worker_matches'), 'which is what my_work is for').toBeNull();
	});

	test('is a meeting that nobody checked out of, half an hour later', async () => {
		const { referral } = await aSupport(program, { worker });
		const late = await aMeeting(referral, worker, { start: -95, checkedIn: true });
		await aMeeting(referral, worker, { start: -85, checkedIn: true });
		await aMeeting(referral, worker, { start: -300 });
		const list = async (user: User) =>
			((await asUser(user).rpc('late_meetings', { program: program.id })).data as { id: string }[]).map(({ id }) => id);
		expect(await list(coordinator)).toEqual([late]);
		expect(await list(supervisor)).toEqual([late]);
		expect(await list(await aMember(program, 'supervisor'))).toEqual([]);
		await asUser(worker).rpc('mark_meeting', { meeting: late, what: 'out' });
		expect(await list(coordinator)).toEqual([]);
	});
});

test('a call sheet names each person a worker supports, how to reach them, their meetings, and is audited for each', async () => {
	const [worker, cover] = [await aMember(program, 'worker'), await aMember(program, 'worker')];
	const [one, two] = [await aSupport(program, { worker }), await aSupport(program, { state: 'matched', worker })];
	await aSupport(program, { state: 'match_proposed', worker });
	const meeting = await aMeeting(two.referral, worker, { start: 600 });
	await aMeeting(two.referral, worker, { start: 29 * 24 * 60 });
	const until = await day(program, 3);
	await asUser(worker).rpc('set_away', { program: program.id, person: worker.id, last_day: until, cover: cover.id });
	const lead = await aMember(program, 'coordinator');
	const ask = async (db: Client) => (await db.rpc('call_sheet', { program: program.id, worker: worker.id })).data;
	expect(await ask(asUser(lead))).toMatchObject({
		away_until: until,
		cover_id: cover.id,
		people: [
			{ reference: two.referral.reference, meetings: [{ id: meeting }], sealed: { client: expect.any(String) } },
			{ reference: one.referral.reference, meetings: [] }
		]
	});
	const { people } = (await ask(asUser(lead))) as unknown as { people: { sealed: object }[] };
	expect(Object.keys(people[0]!.sealed).toSorted()).toEqual(['client', 'contact', 'referrer']);
	expect(await auditedOf(lead)).toEqual(Array(4).fill('work.call_sheet_read done'));
	expect(await eventsAbout(one.referral.id)).toHaveLength(2);
	expect(await ask(asUser(await aSupervisorOf(program, worker))), 'for coordinators alone').toBeNull();
});

test('whoever has left is shown as long as somebody counts on them, with a call sheet, and is proposed to nobody', async () => {
	const worker = await aMember(program, 'worker');
	const { referral } = await aSupport(program, { worker });
	const lead = asUser(await aMember(program, 'coordinator'));
	await sql`update public.memberships set deactivated_at = now() where user_id = ${worker.id}`;
	const listed = async () =>
		((await lead.rpc('program_workers', { program: program.id })).data as { id: string; has_left: boolean }[]).filter(
			({ id }) => id === worker.id
		);
	expect(await listed()).toMatchObject([{ has_left: true, load: 1 }]);
	const sheet = (await lead.rpc('call_sheet', { program: program.id, worker: worker.id })).data;
	expect(sheet).toMatchObject({ people: [{ reference: referral.reference }] });
	const other = await aReferral(program, { state: 'triage' });
	const candidates = (await lead.rpc('match_candidates', { referral: other.id })).data as { id: string }[];
	expect(candidates.some(({ id }) => id === worker.id)).toBe(false);
	await move(lead, referral, 'end_early', { reason: 'worker_left' });
	expect(await listed()).toEqual([]);
	expect((await lead.rpc('call_sheet', { program: program.id, worker: worker.id })).data).toBeNull();
});
