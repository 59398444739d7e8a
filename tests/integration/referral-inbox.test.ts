/* The lists that coordinators work from: what needs somebody today, what is open, each state, mine, a team’s, page by page. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../src/lib/server/database.types.ts';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import {
	aProposal,
	aReferral,
	day,
	forgetPrograms,
	move,
	rowOf,
	zoneAtNoon,
	type Given,
	type Referral,
	type State
} from '../factories/referral.ts';
import { asUser, sql, type User } from '../support/database.ts';

const programs: Program[] = [];
afterAll(() => forgetPrograms(...programs));

async function anEmptyProgram(): Promise<{ program: Program; user: User }> {
	const program = await aProgram('inbox', { timeZone: zoneAtNoon() });
	programs.push(program);
	return { program, user: await aMember(program, 'coordinator') };
}

interface Row {
	id: string;
	reference: string;
	state: State;
	attention_on: string | null;
	submitted_at: string;
	state_since: string;
	waiting_since: string | null;
	place?: number;
	[key: string]: unknown;
}
async function inbox(user: User, program: Program, filters: Record<string, Json> = {}): Promise<Row[]> {
	const { data, error } = await asUser(user).rpc('inbox', { program: program.id, filters });
	expect(error).toBeNull();
	return data as unknown as Row[];
}
const references = (rows: { reference: string }[]) => rows.map(({ reference }) => reference);
const counts = async (user: User, program: Program, given: { mine?: boolean; team?: string } = {}) =>
	(await asUser(user).rpc('inbox_counts', { program: program.id, ...given })).data as {
		today: number;
		open: number;
		states: Record<State, number>;
	};

/** So many days of November, so that an order can be told. */
const on = (n: number) => `2026-11-${String(n).padStart(2, '0')}T12:00:00.123456Z`;

describe('a page', () => {
	let program: Program;
	let user: User;
	let days: string[];
	beforeAll(async () => {
		({ program, user } = await anEmptyProgram());
		days = await Promise.all([-2, -1, 0, 1].map((offset) => day(program, offset)));
	});
	const add = (given: Given) => aReferral(program, given);

	test('of today holds what is due, the longest due first', async () => {
		const own = await anEmptyProgram();
		const make = (given: Given) => aReferral(own.program, given);
		const due = await make({ state: 'triage', attention_on: days[2]!, submitted_at: on(3) });
		const long = await make({ state: 'waitlisted', attention_on: days[0]!, submitted_at: on(4) });
		const earlier = await make({ state: 'submitted', attention_on: days[2]!, submitted_at: on(1) });
		await make({ state: 'waitlisted', attention_on: days[3]!, submitted_at: on(1) });
		await make({ state: 'active' });
		await make({ state: 'completed' });
		const expected = [long, earlier, due].map(({ reference }) => reference);
		expect(references(await inbox(own.user, own.program))).toEqual(expected);
		expect(references(await inbox(own.user, own.program, { view: 'today' }))).toEqual(expected);
		expect(await counts(own.user, own.program)).toMatchObject({
			today: 3,
			open: 5,
			states: { waitlisted: 2, completed: 1, active: 1 }
		});
	});

	test('of what is open holds all that is not closed, the oldest first', async () => {
		const second = await add({ state: 'active', submitted_at: on(2) });
		const first = await add({ state: 'ending', submitted_at: on(1) });
		await add({ state: 'declined', submitted_at: on(1) });
		expect(references(await inbox(user, program, { view: 'open' }))).toEqual([first.reference, second.reference]);
	});

	test('of an open state goes by how long it has been so', async () => {
		const later = await add({ state: 'info_needed', state_since: on(5), submitted_at: on(1) });
		const sooner = await add({ state: 'info_needed', state_since: on(4), submitted_at: on(2) });
		expect(references(await inbox(user, program, { view: 'info_needed' }))).toEqual([
			sooner.reference,
			later.reference
		]);
	});

	test('of a closed state begins with the newest', async () => {
		const older = await add({ state: 'withdrawn', state_since: on(4) });
		const newer = await add({ state: 'withdrawn', state_since: on(5) });
		expect(references(await inbox(user, program, { view: 'withdrawn' }))).toEqual([newer.reference, older.reference]);
	});

	test('holds nothing sealed and nobody’s address', async () => {
		await add({ state: 'paused', referrer_email: 'somebody@clinic.example' });
		const [row] = await inbox(user, program, { view: 'paused' });
		expect(JSON.stringify(row)).not.toMatch(/s1\.|@|client|goals/);
		expect(row).toMatchObject({
			state: 'paused',
			version: 1,
			is_overdue: false,
			is_erased: false,
			team: null,
			area: null
		});
	});

	test('says what is late to be acknowledged', async () => {
		const late = await add({ acknowledge_by: on(1) });
		await add({ state: 'matched', acknowledge_by: on(1) });
		const rows = [
			...(await inbox(user, program, { view: 'submitted' })),
			...(await inbox(user, program, { view: 'matched' }))
		];
		expect(references(rows.filter(({ is_overdue }) => is_overdue))).toEqual([late.reference]);
	});
});

describe('page after page', () => {
	const following: Record<string, (row: Row) => Record<string, Json>> = {
		today: ({ attention_on, submitted_at, id }) => ({ on: attention_on, at: submitted_at, id }),
		open: ({ submitted_at, id }) => ({ at: submitted_at, id }),
		triage: ({ state_since, id }) => ({ at: state_since, id }),
		waitlisted: ({ waiting_since, id }) => ({ at: waiting_since, id }),
		declined: ({ state_since, id }) => ({ at: state_since, id })
	};

	test.each<[view: string, state: State]>([
		['today', 'triage'],
		['open', 'triage'],
		['triage', 'triage'],
		['waitlisted', 'waitlisted'],
		['declined', 'declined']
	])('of %s gives each of 120 once and in order, those of one instant too', async (view, state) => {
		const { program, user } = await anEmptyProgram();
		const [today, yesterday] = [await day(program, 0), await day(program, -1)];
		await sql`
			insert into public.referrals (id, reference, program_id, state, consented_on, acknowledge_by, submitted_at, state_since,
				waiting_since, attention_on, closed_at)
			select gen_random_uuid(), private.new_reference(), ${program.id}, ${state}, '2026-11-20', now(), at, at, at,
				case when n % 2 = 0 then ${today}::date else ${yesterday}::date end,
				case when ${state === 'declined'} then at end
			from generate_series(1, 120) n, lateral (select ${on(1)}::timestamptz + make_interval(hours => n / 40) as at) x`;
		const seen: Row[] = [];
		const pages: number[] = [];
		for (let after: Record<string, Json> | null = null; pages.length < 4;) {
			const rows = await inbox(user, program, { view, after });
			const page = rows.slice(0, 50);
			pages.push(page.length);
			seen.push(...page);
			if (rows.length <= 50) break;
			after = following[view]!(page.at(-1)!);
		}
		expect(pages).toEqual([50, 50, 20]);
		expect(new Set(references(seen)).size).toBe(120);
		const instants = seen.map(
			({ attention_on, submitted_at }) => (view === 'today' ? `${attention_on} ` : '') + submitted_at
		);
		expect(instants).toEqual(view === 'declined' ? instants.toSorted().toReversed() : instants.toSorted());
		expect(await counts(user, program)).toMatchObject({
			states: { [state]: 100 },
			open: state === 'declined' ? 0 : 100
		});
		if (view === 'waitlisted') expect(seen.map(({ place }) => place)).toEqual(seen.map((_row, n) => n + 1));
	});

	test('counts to 100 and no further', async () => {
		const { program, user } = await anEmptyProgram();
		await sql`
			insert into public.referrals (id, reference, program_id, state, consented_on, acknowledge_by, attention_on)
			select gen_random_uuid(), private.new_reference(), ${program.id}, 'triage', '2026-11-20', now(), ${await day(program, 0)}
			from generate_series(1, 101)`;
		expect(await counts(user, program)).toMatchObject({ today: 100, open: 100, states: { triage: 100, matched: 0 } });
	});
});

describe('whose they are', () => {
	test('mine are my own, nobody’s, and those of colleagues who are away or gone and not covered by another', async () => {
		const { program, user } = await anEmptyProgram();
		const [here, away, covered, byMe, gone] = [
			await aMember(program, 'coordinator'),
			await aMember(program, 'coordinator'),
			await aMember(program, 'coordinator'),
			await aMember(program, 'admin'),
			await aMember.deactivated(program, 'coordinator')
		];
		const until = await day(program, 3);
		for (const [person, cover] of [
			[away, null],
			[covered, here],
			[byMe, user]
		] as const)
			await sql`insert into public.absences ${sql({ program_id: program.id, user_id: person.id, until, cover_id: cover?.id ?? null })}`;
		const of = async (coordinator: User | null, n: number) =>
			(await aReferral(program, { state: 'triage', coordinator_id: coordinator?.id ?? null, submitted_at: on(n) }))
				.reference;
		const [mine, nobodys, theirs] = [await of(user, 1), await of(null, 2), await of(here, 3)];
		const [ofAway, ofCovered, ofMine, ofGone] = [
			await of(away, 4),
			await of(covered, 5),
			await of(byMe, 6),
			await of(gone, 7)
		];
		const expected = [mine, nobodys, ofAway, ofMine, ofGone];
		for (const view of ['open', 'today'])
			expect(references(await inbox(user, program, { view, mine: true })), view).toEqual(expected);
		expect(await counts(user, program, { mine: true })).toMatchObject({ today: 5, open: 5, states: { triage: 5 } });
		const ofHere = references(await inbox(here, program, { view: 'open', mine: true }));
		expect(ofHere).toEqual([nobodys, theirs, ofAway, ofCovered, ofGone]);
		expect(await inbox(user, program, { view: 'open' })).toHaveLength(7);
	});

	test('a team’s are the team’s', async () => {
		const { program, user } = await anEmptyProgram();
		const [team] = await sql<{ id: string }[]>`
			insert into public.teams (program_id, name) values (${program.id}, 'Sample Team') returning id`;
		const ofTeam = await aReferral(program, { state: 'triage', team_id: team!.id });
		await aReferral(program, { state: 'triage' });
		for (const view of ['today', 'open', 'triage']) {
			const rows = await inbox(user, program, { view, team: team!.id });
			expect(rows, view).toMatchObject([{ reference: ofTeam.reference, team: 'Sample Team' }]);
		}
		expect(await counts(user, program, { team: team!.id })).toMatchObject({ today: 1, open: 1, states: { triage: 1 } });
	});
});

describe('the line of those who wait', () => {
	test('is kept when a match falls through, and is told to coordinators', async () => {
		const { program, user } = await anEmptyProgram();
		const [first, second, third] = [
			await aReferral(program, { state: 'waitlisted', waiting_since: on(1) }),
			await aReferral(program, { state: 'waitlisted', waiting_since: on(2) }),
			await aReferral(program, { state: 'waitlisted', waiting_since: on(3) })
		];
		const line = async () => references(await inbox(user, program, { view: 'waitlisted' }));
		const place = async ({ reference }: Referral) =>
			((await asUser(user).rpc('read_referral', { reference })).data as { place_in_line: number | null }).place_in_line;
		expect([await place(first), await place(second), await place(third)]).toEqual([1, 2, 3]);
		await move(asUser(user), second, 'propose', aProposal(await aMember(program, 'worker')));
		expect([await place(first), await place(second), await place(third)]).toEqual([1, null, 2]);
		await move(asUser(user), second, 'peer_no');
		expect(await line()).toEqual(references([first, second, third]));
		expect([await place(first), await place(second), await place(third)]).toEqual([1, 2, 3]);
		await move(asUser(user), first, 'reconsider');
		await move(asUser(user), first, 'waitlist', { next_word_on: await day(program, 20) });
		expect(await line(), 'and by who is looked at once more').toEqual(references([first, second, third]));
		expect(await rowOf(first)).toMatchObject({ waiting_since: new Date(on(1)) });
	});
});
