/* Two at the same moment. Each pair is held back by a lock until both are waiting, so that they do meet, and then let go at once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import {
	aHash,
	anAddress,
	aProposal,
	aReferral,
	aRequest,
	forgetPrograms,
	mailAbout,
	move,
	rowOf,
	sealedText,
	timelineOf,
	type Answer,
	type Referral
} from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import { asAnonymous, asUser, aUser, sql, type Client, type User } from '../support/database.ts';

const RUNS = Array.from({ length: 20 }, (_, run) => run);

let program: Program;
let team: string;
let coordinators: User[];
let first: Client;
let second: Client;

beforeAll(async () => {
	program = await aProgram('races');
	coordinators = [await aMember(program, 'coordinator'), await aMember(program, 'coordinator')];
	[first, second] = [asUser(coordinators[0]!), asUser(coordinators[1]!)];
	const [row] = await sql<{ id: string }[]>`
		insert into public.teams (program_id, name) values (${program.id}, 'A team') returning id`;
	team = row!.id;
});
afterAll(() => forgetPrograms(program));

type Lock = (tx: typeof sql) => PromiseLike<unknown>;

/** Starts both while `lock` is held, lets go when both wait for it, and gives what each was answered. */
async function atOnce<T>(lock: Lock, ...both: [() => PromiseLike<T>, () => PromiseLike<T>]): Promise<T[]> {
	let answers: Promise<T[]>;
	await sql.begin(async (tx) => {
		const [{ pid }] = (await tx`select pg_backend_pid() as pid`) as unknown as [{ pid: number }];
		await lock(tx as unknown as typeof sql);
		answers = Promise.all(both.map((start) => start()));
		await waitingFor(pid);
	});
	return answers!;
}

/** Resolves when two others wait, the one for this backend and the other for it or behind the first. */
async function waitingFor(pid: number): Promise<void> {
	for (let tries = 0; tries < 500; tries++) {
		const [row] = await sql<{ waiting: number }[]>`
			with recursive held as (
				select ${pid}::integer as pid
				union
				select a.pid from pg_stat_activity a join held h on h.pid = any (pg_blocking_pids(a.pid))
			)
			select count(*)::integer - 1 as waiting from held`;
		if (row!.waiting === 2) return;
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	throw new Error('They never met.');
}

const ofReferral =
	(id: string): Lock =>
	(tx) =>
		tx`select from public.referrals where id = ${id} for update`;
const ofRequest =
	(id: string): Lock =>
	(tx) =>
		tx`select pg_advisory_xact_lock(hashtextextended(${id}, 1))`;

const sorted = (answers: Answer[]) => answers.map(({ ok, refused }) => String(ok ?? refused)).toSorted();

describe('two coordinators who act on one referral', () => {
	test.each(RUNS)('one wins, the other is told that it has changed (%i)', async () => {
		const referral = await aReferral(program, { referrer_email: anAddress() });
		const answers = await atOnce(
			ofReferral(referral.id),
			() => move(first, referral, 'acknowledge', {}, 1),
			() => move(second, referral, 'withdraw', {}, 1)
		);
		const { state, version } = await rowOf(referral);
		expect(answers.find(({ ok }) => ok)).toEqual({ ok: state, version: 2 });
		expect(answers.find(({ refused }) => refused)).toEqual({ refused: 'stale', state, version: 2 });
		expect(version).toBe(2);
		expect(await timelineOf(referral)).toHaveLength(1);
		expect(await mailAbout(referral.reference)).toHaveLength(1);
		expect((await eventsAbout(referral.id)).map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'refused']);
	});

	test('would both win if the version were read before the lock was had', async () => {
		const referral = await aReferral(program);
		const unlocked = () =>
			sql.begin(async (tx) => {
				const [row] = await tx`select version from public.referrals where id = ${referral.id}`;
				if (row!.version !== 1) return 'stale';
				await tx`update public.referrals set version = version + 1 where id = ${referral.id}`;
				return 'ok';
			});
		expect(await atOnce(ofReferral(referral.id), unlocked, unlocked)).toEqual(['ok', 'ok']);
		expect(await rowOf(referral)).toMatchObject({ version: 3 });
	});

	test.each(RUNS)('who acknowledge many at once acknowledge each once (%i)', async () => {
		const all = [await aReferral(program), await aReferral(program), await aReferral(program)];
		const referrals = all.map(({ id }) => id);
		const answers = await atOnce(
			ofReferral(referrals.toSorted()[0]!),
			() => first.rpc('acknowledge_referrals', { referrals }),
			() => second.rpc('acknowledge_referrals', { referrals: referrals.toReversed() })
		);
		const done = answers.map(({ data }) => data as { done: number; refused: number });
		expect(done.toSorted((a, b) => a.done - b.done)).toEqual([
			{ done: 0, refused: 3 },
			{ done: 3, refused: 0 }
		]);
		for (const referral of all) expect(await rowOf(referral)).toMatchObject({ state: 'triage', version: 2 });
	});
});

describe('one request sent twice', () => {
	test.each(RUNS)('is one referral with one reference (%i)', async () => {
		const email = anAddress();
		const user = await aUser({ email });
		const draft = randomUUID();
		const submit = () => asUser(user).rpc('submit_referral', { draft, request: aRequest({ team_id: team }) });
		const [one, other] = await atOnce(ofRequest(draft), submit, submit);
		expect(one!.data).toHaveProperty('ok');
		expect(other!.data).toEqual(one!.data);
		const rows = await sql`select reference from public.referrals where referrer_email = ${email}`;
		expect([...rows]).toEqual([{ reference: (one!.data as { ok: string }).ok }]);
		expect(
			(await mailAbout(rows[0]!.reference as string)).filter((mail) => mail.startsWith('referral_received'))
		).toHaveLength(1);
	});

	test('would be two, or fail, if nothing waited for the first', async () => {
		const id = randomUUID();
		const unlocked = () =>
			sql
				.begin(async (tx) => {
					const found = await tx`select from public.referrals where id = ${id}`;
					await tx`select pg_advisory_xact_lock_shared(hashtextextended(${id}, 1))`;
					if (found.length) return 'found';
					await tx`insert into public.referrals (id, reference, program_id, consented_on, acknowledge_by)
						values (${id}, private.new_reference(), ${program.id}, '2026-11-20', now())`;
					return 'made';
				})
				.catch((error: { code: string }) => error.code);
		expect((await atOnce(ofRequest(id), unlocked, unlocked)).toSorted()).toEqual(['23505', 'made']);
	});
});

describe('one request that is kept, confirmed twice', () => {
	const visitor = asAnonymous();

	/** A request that is kept for this address, and its link's token. */
	async function aKept(address: string) {
		const given = { draft: randomUUID(), key_hash: aHash(), client_hash: aHash() };
		await visitor.rpc('begin_draft', { ...given, contents: sealedText() });
		await visitor.rpc('keep_unconfirmed', { ...given, address, request: aRequest({ team_id: team }) });
		const [mail] = await sql<{ token: string }[]>`
			select data->>'token' as token from private.outbox where to_address = ${address} and template = 'referral_kept'`;
		return { draft: given.draft, token: mail!.token };
	}
	const ofKept =
		(id: string): Lock =>
		(tx) =>
			tx`select from private.unconfirmed_referrals where id = ${id} for update`;

	test.each(RUNS)('by its link and by its person makes one (%i)', async (run) => {
		const address = anAddress();
		const { draft, token } = await aKept(address);
		const person = asUser(await aUser({ email: address }));
		const byLink = () => visitor.rpc('send_unconfirmed', { token });
		const byPerson = () => person.rpc('settle_unconfirmed', { draft, send: true });
		const answers = await atOnce<{ data: unknown }>(ofKept(draft), byLink, run % 2 ? byPerson : byLink);
		const { reference } = await rowOf(draft);
		const sent = answers.map(({ data }) => data as Answer);
		// The link pressed twice says the same twice.
		expect(sorted(sent)).toEqual([reference, run % 2 ? 'unknown' : reference].toSorted());
		expect(await sql`select from public.referrals where referrer_email = ${address}`).toHaveLength(1);
	});
});

describe('one worker who has room for one', () => {
	const withRoomForOne = async () => {
		const worker = await aMember(program, 'worker');
		await sql`insert into public.workers (program_id, user_id, cap) values (${program.id}, ${worker.id}, 1)`;
		return worker.id;
	};
	const ofWorker =
		(id: string): Lock =>
		(tx) =>
			tx`select pg_advisory_xact_lock(hashtextextended(${id}, 2))`;

	test.each(RUNS)('is proposed once by two who propose them for different referrals (%i)', async () => {
		const worker = await withRoomForOne();
		const both = [
			await aReferral(program, { state: 'triage' }),
			await aReferral(program, { state: 'triage' })
		] as const;
		const answers = await atOnce(
			ofWorker(worker),
			() => move(first, both[0], 'propose', aProposal({ id: worker }), 1),
			() => move(second, both[1], 'propose', aProposal({ id: worker }), 1)
		);
		expect(sorted(answers)).toEqual(['match_proposed', 'worker_full']);
		expect(await sql`select from private.referral_matches where worker_id = ${worker}`).toHaveLength(1);
	});

	test('would be proposed twice if nobody waited for whoever counts first', async () => {
		const unguarded = await withoutItsLock();
		const raced = async () => {
			const worker = await withRoomForOne();
			const [one, two] = [
				await aReferral(program, { state: 'triage' }),
				await aReferral(program, { state: 'triage' })
			] as const;
			const propose = (as: User, referral: Referral) =>
				sql.begin(async (tx) => {
					await tx`select set_config('request.jwt.claim.sub', ${as.id}, true)`;
					await tx`select ${tx(`public.${unguarded}`)}(${referral.id}, 'propose', 1, ${tx.json(aProposal({ id: worker }))})`;
				});
			// Both referrals are held until both are asked for: then both count at once.
			const ofBoth: Lock = (tx) =>
				tx`select from public.referrals where id = any (${[one.id, two.id]}::uuid[]) order by id for update`;
			await atOnce(
				ofBoth,
				() => propose(coordinators[0]!, one),
				() => propose(coordinators[1]!, two)
			);
			const [row] = await sql`select count(*)::integer as n from private.referral_matches where worker_id = ${worker}`;
			return row!.n as number;
		};
		const seated: number[] = [];
		while (seated.length < RUNS.length) seated.push(await raced());
		await sql`drop function ${sql(`public.${unguarded}`)}`;
		expect(Math.max(...seated)).toBe(2);
	});

	/** A copy of the function that moves referrals, without the line that makes the second wait; its name. */
	async function withoutItsLock(): Promise<string> {
		const [{ source }] = (await sql`
			select pg_get_functiondef('public.move_referral'::regproc) as source`) as unknown as [{ source: string }];
		const lock = /if t\.event = 'propose' then perform pg_advisory_xact_lock\([^;]*\); end if;/;
		expect(source).toMatch(lock);
		await sql.unsafe(source.replace(lock, '').replaceAll('move_referral', 'move_unguarded'));
		return 'move_unguarded';
	}
});
