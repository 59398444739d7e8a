/* Three questions afterwards: by a link or on paper, read in groups of five, bound to nobody. */
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../src/lib/server/database.types.ts';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import {
	aMatch,
	aHash,
	aReferral,
	forgetPrograms,
	sealedText,
	STATES,
	type Referral,
	type State
} from '../factories/referral.ts';
import { aSupervisorOf, aSupport, auditedOf } from '../factories/support.ts';
import { asAnonymous, asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let lead: User;
let coordinator: Client;
const visitor = asAnonymous();
const programs: Program[] = [];

beforeEach(async () => {
	program = await aProgram('feedback');
	programs.push(program);
	lead = await aMember(program, 'coordinator');
	coordinator = asUser(lead);
});
afterAll(async () => {
	await sql`delete from private.feedback where program_id = any (${programs.map(({ id }) => id)}::uuid[])`;
	await forgetPrograms(...programs);
});

const link = async (referral: Referral, db = coordinator) =>
	(await db.rpc('make_feedback_link', { referral: referral.id })).data as { ok?: string; refused?: string };
const aLink = async () => (await link(await aReferral(program, { state: 'completed' }))).ok!;
const isOpen = async (token: string) => (await visitor.rpc('feedback_by_token', { token })).data;
async function answer(token: string, given: Record<string, Json>, id = randomUUID() as string, client = aHash()) {
	const { data, error } = await visitor.rpc('answer_feedback', { token, answer: id, given, client_hash: client });
	if (error) throw new Error(`${error.code}: ${error.message}`);
	return data as { ok?: true; refused?: string };
}
const enter = (given: Record<string, Json>) =>
	coordinator.rpc('enter_feedback', { program: program.id, answer: randomUUID(), given });
interface Report {
	answers: number;
	how: { choice: string; people: number | null }[];
	helpful: { choice: string; people: number | null }[];
	better: { id: string; words: string }[];
}
const report = async (db = coordinator) =>
	(await db.rpc('feedback_report', { program: program.id })).data as unknown as Report | null;
const people = (counts: Report['how']) => counts.map((count) => count.people);

describe('a link', () => {
	test.each(STATES)('is for a support that ends or has ended: %s', async (state: State) => {
		const answered = await link(await aReferral(program, { state }));
		if (['ending', 'completed', 'ended_early'].includes(state)) expect(answered.ok).toMatch(/^[0-9a-f]{32}$/);
		else expect(answered).toEqual({ refused: 'not_possible' });
	});

	test('is made by no worker, nor a coordinator who is one, nor once it was erased', async () => {
		const support = await aSupport(program, { state: 'ending' });
		const both = await aMember(program, 'coordinator');
		await sql`insert into public.memberships (program_id, user_id, role) values (${program.id}, ${both.id}, 'worker')`;
		const others = [support.worker, await aSupervisorOf(program, support.worker), both];
		for (const user of others) {
			expect(await link(support.referral, asUser(user))).toEqual({ refused: 'not_found' });
			expect(await auditedOf(user)).toEqual(['feedback.link_made refused']);
		}
		const erased = await aReferral(program, { state: 'completed' });
		await sql`update public.referrals set erased_at = now() where id = ${erased.id}`;
		expect(await link(erased)).toEqual({ refused: 'not_possible' });
	});

	test('says whose program asks, and nothing of whom; kept as its hash', async () => {
		const referral = await aReferral(program, { state: 'completed' });
		const { ok: token } = await link(referral);
		expect(await isOpen(token!)).toEqual({ program: `Program ${program.slug}` });
		const [row] = await sql`select token_hash from private.feedback_links where referral_id = ${referral.id}`;
		expect(row!.token_hash).toEqual(createHash('sha256').update(token!).digest());
		const { ok: second } = await link(referral);
		expect([await isOpen(token!), await isOpen(second!)], 'one made before is no good any more').toEqual([
			null,
			expect.any(Object)
		]);
	});

	test('is answered once; the same form sent twice makes one', async () => {
		const [token, id] = [await aLink(), randomUUID()];
		expect(await answer(token, {})).toEqual({ refused: 'empty' });
		expect(await answer(token, { how: 'good' }, id)).toEqual({ ok: true });
		expect(await answer(token, { how: 'mixed' }, id)).toEqual({ ok: true });
		expect(await answer(token, { how: 'mixed' })).toEqual({ refused: 'unknown' });
		expect(await isOpen(token)).toBeNull();
		const kept = await sql`select how, helpful, better, batch from private.feedback where program_id = ${program.id}`;
		expect([...kept]).toEqual([{ how: 'good', helpful: null, better: null, batch: null }]);
	});

	test('is no good after ninety days, nor if it never was', async () => {
		const token = await aLink();
		await sql`update private.feedback_links set expires_at = now() where token_hash = sha256(convert_to(${token}, 'UTF8'))`;
		for (const one of [token, 'f'.repeat(32), '', "' or true"]) {
			expect(await isOpen(one)).toBeNull();
			expect(await answer(one, { how: 'good' })).toEqual({ refused: 'unknown' });
		}
	});

	test.each<[string, Record<string, Json>]>([
		['an invented choice', { how: 'splendid' }],
		['another’s choice', { helpful: 'very_good' }],
		['plain words', { how: 'good', better: 'More walks.' }]
	])('stays good where it was sent %s', async (_what, given) => {
		const token = await aLink();
		await expect(answer(token, given)).rejects.toThrow('23514');
		expect(await isOpen(token)).not.toBeNull();
	});
});

describe('what peers said', () => {
	const GOOD = { how: 'very_good', helpful: 'yes' };

	const WAYS: Record<string, () => Promise<unknown>> = {
		'by a link': async () => answer(await aLink(), { ...GOOD, better: sealedText() }),
		'on paper': async () => (await enter({ ...GOOD, better: sealedText() })).data
	};

	test.each(Object.entries(WAYS))(
		'%s is read by nobody until there are five, and then in fives',
		async (_way, send) => {
			const ids: string[] = [];
			for (let n = 1; n <= 11; n++) {
				expect(await send()).toEqual({ ok: true });
				const { answers, how, helpful, better } = (await report())!;
				const read = n < 5 ? 0 : n < 10 ? 5 : 10;
				expect([answers, better.length, people(how), people(helpful)], `${n}`).toEqual([
					read,
					read,
					[read, 0, 0, 0],
					[read, 0, 0]
				]);
				if (n === 5) ids.push(...better.map(({ id }) => id));
			}
			const { better } = (await report())!;
			const now = better.map(({ id }) => id);
			expect(now).toEqual(expect.arrayContaining(ids));
			expect(now).toEqual(now.toSorted());
			expect(Object.keys(better[0]!).toSorted()).toEqual(['id', 'words']);
		}
	);

	test('on paper makes no group for what came by a link, which whoever wrote it down could tell', async () => {
		for (let n = 0; n < 4; n++) for (const send of Object.values(WAYS)) await send();
		expect((await report())!.answers).toBe(0);
		await WAYS['by a link']!();
		expect((await report())!.answers).toBe(5);
	});

	test('of three that come at the same moment, one makes the group', async () => {
		for (let n = 0; n < 3; n++) await WAYS['by a link']!();
		await Promise.all([1, 2, 3].map(() => WAYS['by a link']!()));
		const { answers, better } = (await report())!;
		expect([answers, better.length], 'the sixth waits').toEqual([5, 5]);
	});

	test('comes from one client sixty times an hour at most', async () => {
		const client = aHash();
		await sql`insert into private.uses (what, who_hash, since, count) values ('feedback', ${client}, now(), 59)`;
		const token = await aLink();
		expect(await answer('f'.repeat(32), GOOD, randomUUID(), client)).toEqual({ refused: 'unknown' });
		expect(await answer(token, GOOD, randomUUID(), client)).toEqual({ refused: 'too_many' });
		expect(await isOpen(token)).not.toBeNull();
	});

	test('never shows a count of one to four, nor one that the sum would tell', async () => {
		const said: Record<string, number> = { very_good: 12, good: 6, mixed: 2 };
		for (const [how, times] of Object.entries(said)) for (let n = 0; n < times; n++) await enter({ how });
		const { answers, how, helpful } = (await report())!;
		expect(answers).toBe(20);
		expect(people(how)).toEqual([12, null, null, 0]);
		expect(people(helpful)).toEqual([0, 0, 0]);
	});

	test('is for coordinators who support nobody', async () => {
		for (let n = 0; n < 5; n++) await enter(GOOD);
		const { worker } = await aSupport(program);
		/** A coordinator now, who supported somebody until so many days ago. */
		const promoted = async (days: number) => {
			const user = await aMember.deactivated(program, 'worker');
			await sql`insert into public.memberships (program_id, user_id, role) values (${program.id}, ${user.id}, 'coordinator')`;
			const { referral } = await aSupport(program);
			const ended_at = new Date(Date.now() - days * 86_400_000).toISOString();
			await aMatch(referral.id, user, { state: 'active', ended_at });
			return user;
		};
		const once = await promoted(300);
		expect(await report(asUser(await promoted(370))), 'long ago').not.toBeNull();
		const others = [
			[worker, 'a worker'],
			[await aSupervisorOf(program, worker), 'their supervisor'],
			[once, 'a coordinator who supported somebody once'],
			[await aMember(await another(), 'admin'), 'another program’s admin']
		] as const;
		for (const [user, who] of others) {
			expect(await report(asUser(user)), who).toBeNull();
			expect(await auditedOf(user), who).toEqual(['feedback.read refused']);
		}
		await report();
		expect((await auditedOf(lead)).at(-1)).toBe('feedback.read done');
	});

	const another = async () => {
		programs.push(await aProgram('feedback-elsewhere'));
		return programs.at(-1)!;
	};
});

describe('nothing leads from an answer to whose it was', () => {
	test('its table knows the program and no day, no person, no referral, no link', async () => {
		const columns = await sql`select attname as name from pg_attribute
			where attrelid = 'private.feedback'::regclass and attnum > 0 and not attisdropped order by 1`;
		expect(columns.map(({ name }) => name as string)).toEqual([
			'batch',
			'better',
			'helpful',
			'how',
			'id',
			'on_paper',
			'program_id'
		]);
		const references = await sql`select confrelid::regclass::text as to from pg_constraint
			where contype = 'f' and (conrelid = 'private.feedback'::regclass or confrelid = 'private.feedback'::regclass)`;
		expect([...references]).toEqual([{ to: 'programs' }]);
		const triggers =
			await sql`select from pg_trigger where tgrelid = 'private.feedback'::regclass and not tgisinternal`;
		expect(triggers).toHaveLength(0);
	});

	test('no function reads it but those that are named, and none of them speaks of referrals when it does', async () => {
		const touching = await sql<{ name: string }[]>`select p.proname as name from pg_proc p
			where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
				and p.prosrc ~ 'private\\.feedback[^_]' order by 1`;
		expect(touching.map(({ name }) => name)).toEqual([
			'answer_feedback',
			'feedback_counts',
			'feedback_report',
			'keep_feedback',
			// Of what is sealed, by the service, with the id it is sealed for and nothing else.
			'sealed_under_other_keys'
		]);
	});

	test('the audit, the outbox and the timeline know nothing of an answer, which leaves the link behind', async () => {
		const referral = await aReferral(program, { state: 'completed' });
		const { ok: token } = await link(referral);
		const id = randomUUID();
		const before = await sql`select count(*)::integer as n from public.audit_events`;
		await answer(token!, { how: 'good' }, id);
		expect([...(await sql`select count(*)::integer as n from public.audit_events`)]).toEqual([...before]);
		expect(await sql`select from private.feedback_links where referral_id = ${referral.id}`).toHaveLength(0);
		expect(await sql`select from private.outbox where program_id = ${program.id}`).toHaveLength(0);
		expect(await sql`select from private.referral_events where referral_id = ${referral.id}`).toHaveLength(0);
		const { data } = await asUser(await aMember(program, 'admin')).rpc('export_referral', {
			reference: referral.reference
		});
		expect(JSON.stringify(data)).not.toContain(id);
	});
});
