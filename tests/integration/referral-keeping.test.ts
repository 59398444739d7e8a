/* What time does to referrals: they escalate, and are forgotten; and what an admin may have of one. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import {
	aHash,
	anAddress,
	aReferral,
	forgetPrograms,
	mailAbout,
	move,
	rowOf,
	sealedText,
	somebody,
	type Referral,
	type State
} from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import { aMeeting, save } from '../factories/support.ts';
import { asService, asUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let coordinator: { db: Client; user: User };
let admin: { db: Client; user: User };

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('keeping'), await aProgram('keeping-elsewhere')];
	coordinator = await somebody(program, 'coordinator');
	admin = await somebody(program, 'admin');
	await aMember(program, 'worker');
});
afterAll(() => forgetPrograms(program, elsewhere));

const minutes = (ago: number) => new Date(Date.now() - ago * 60_000).toISOString();

describe('escalating', () => {
	const escalate = async () => (await asService().rpc('escalate_referrals')).data;
	const digests = async (of: Program) => [
		...(await sql<{ to: string; data: { references: string[]; count: number } }[]>`
			select to_address as to, data from private.outbox
			where program_id = ${of.id} and template = 'referral_digest' order by created_at, to_address`)
	];
	const late = (of = program) => aReferral(of, { acknowledge_by: minutes(1), attention_on: '2099-01-01' });

	beforeEach(async () => {
		await sql`delete from private.outbox where template = 'referral_digest'`;
		// What another file has left behind.
		await sql`update public.referrals set escalated_at = now() where escalated_at is null and acknowledge_by < now()`;
	});

	test('tells coordinators and admins once, in one message, of all that are late', async () => {
		const both = [await late(), await late()];
		const references = both.map(({ reference }) => reference).toSorted();
		await aReferral(program, { acknowledge_by: minutes(-60) });
		await aReferral(program, { state: 'triage', acknowledge_by: minutes(60) });
		expect(await escalate()).toBe(2);
		const to = [coordinator.user.email, admin.user.email].toSorted();
		expect(await digests(program)).toEqual(to.map((address) => ({ to: address, data: { references, count: 2 } })));
		for (const referral of both) {
			expect(await rowOf(referral)).toMatchObject({ state: 'submitted', version: 1, escalated_at: expect.any(Date) });
			expect(await eventsAbout(referral.id)).toMatchObject([
				{ event: 'referral.escalated', outcome: 'done', actor_id: null }
			]);
		}
		const due = await sql`select attention_on = private.program_today(program_id) as today from public.referrals
			where id = any (${both.map(({ id }) => id)}::uuid[])`;
		expect([...due]).toEqual([{ today: true }, { today: true }]);
		await sql`update private.outbox set created_at = now() - interval '61 minutes' where template = 'referral_digest'`;
		expect(await escalate(), 'each is told of once').toBe(0);
		expect(await digests(program)).toHaveLength(2);
	});

	test('writes to a program once an hour at most, and then of all that came meanwhile', async () => {
		await late();
		expect(await escalate()).toBe(1);
		const meanwhile = [await late(), await late()];
		const other = await late(elsewhere);
		const somebodyThere = await aMember(elsewhere, 'coordinator');
		expect(await escalate(), 'another program’s hour is its own').toBe(1);
		expect(await digests(elsewhere)).toEqual([
			{ to: somebodyThere.email, data: { references: [other.reference], count: 1 } }
		]);
		expect(await rowOf(meanwhile[0]!)).toMatchObject({ escalated_at: null });
		await sql`update private.outbox set created_at = now() - interval '59 minutes' where template = 'referral_digest'`;
		expect(await escalate()).toBe(0);
		await sql`update private.outbox set created_at = now() - interval '61 minutes' where template = 'referral_digest'`;
		expect(await escalate()).toBe(2);
		expect((await digests(program)).map(({ data }) => data.count)).toEqual([1, 1, 2, 2]);
	});

	test('names fifty, and counts all', async () => {
		await sql`
			insert into public.referrals (id, reference, program_id, consented_on, acknowledge_by)
			select gen_random_uuid(), private.new_reference(), ${program.id}, '2026-11-20', now() - interval '1 minute'
			from generate_series(1, 60)`;
		expect(await escalate()).toBe(60);
		const [digest] = await digests(program);
		expect([digest!.data.references.length, digest!.data.count]).toEqual([50, 60]);
	});

	test('by two at once tells of each once', async () => {
		await late();
		const told = await Promise.all([escalate(), escalate(), escalate()]);
		expect(told.toSorted()).toEqual([0, 0, 1]);
		expect(await digests(program)).toHaveLength(2);
	});
});

/** A closed referral with all that can be held of one: a note, a match, a goal, a meeting, closing steps, a link, hashes, mail. */
async function aWhole(given: { state?: State; closed_at?: string } = {}): Promise<Referral> {
	const referral = await aReferral(program, {
		state: 'ending',
		referrer_email: anAddress(),
		second_email: anAddress(),
		coordinator_id: coordinator.user.id,
		hashes: [
			{ kind: 'name', hash: aHash() },
			{ kind: 'phone', hash: aHash() }
		]
	});
	const words = sealedText();
	const worker = await aMember(program, 'worker');
	await coordinator.db.rpc('note_referral', { referral: referral.id, event_id: randomUUID(), words });
	await save(coordinator.db, referral, { kind: 'goal', mark: 'a_bit' });
	await aMeeting(referral, worker, { start: -120 });
	await coordinator.db.rpc('make_feedback_link', { referral: referral.id });
	await move(coordinator.db, referral, 'end_early', { reason: 'moved_away', words });
	if (given.closed_at) await sql`update public.referrals set closed_at = ${given.closed_at} where id = ${referral.id}`;
	return { ...referral, ...(await rowOf(referral)) };
}

/** What is left of a referral that may only be known while it is not erased. */
async function leftOf({ id }: Referral) {
	const [row] = await sql`
		select (select count(*)::integer from private.referral_details where referral_id = ${id}) as details,
			(select count(*)::integer from private.referral_hashes where referral_id = ${id}) as hashes,
			(select count(*)::integer from private.referral_events where referral_id = ${id} and words is not null) as words,
			(select count(*)::integer from private.referral_events where referral_id = ${id}) as lines,
			(select num_nonnulls(referrer_email, second_email) from public.referrals where id = ${id}) as addresses,
			(select sum(num_nonnulls(initials, plan))::integer from private.referral_matches where referral_id = ${id}) as plans,
			(select count(*)::integer from private.support_entries where referral_id = ${id}) as entries,
			(select count(*)::integer from private.support_marks k join private.support_entries e on e.id = k.entry_id
				where e.referral_id = ${id}) as marks,
			(select count(*)::integer from private.support_meetings where referral_id = ${id}) as meetings,
			(select count(*)::integer from private.feedback_links where referral_id = ${id}) as links`;
	return row;
}
const WHOLE = {
	...{ details: 1, hashes: 2, words: 2, lines: 2, addresses: 2 },
	...{ plans: 2, entries: 1, marks: 1, meetings: 1, links: 1 }
};
const ERASED = {
	...{ details: 0, hashes: 0, words: 0, lines: 2, addresses: 0 },
	...{ plans: 0, entries: 0, marks: 0, meetings: 0, links: 0 }
};

describe('erasing', () => {
	const erase = async (referral: Referral, expected = referral.version, db = admin.db) =>
		(await db.rpc('erase_referral', { referral: referral.id, expected })).data;

	test('takes away what is sealed and whose it was, and leaves what is counted', async () => {
		const referral = await aWhole();
		expect(await leftOf(referral)).toEqual(WHOLE);
		expect(await erase(referral)).toEqual({ ok: true });
		expect(await leftOf(referral)).toEqual(ERASED);
		expect(await rowOf(referral)).toMatchObject({
			state: 'ended_early',
			reference: referral.reference,
			coordinator_id: coordinator.user.id,
			erased_at: expect.any(Date),
			attention_on: null,
			version: referral.version + 1
		});
		const [line] = await sql`select reason from private.referral_events
			where referral_id = ${referral.id} and event = 'end_early'`;
		expect(line).toEqual({ reason: 'moved_away' });
		expect((await eventsAbout(referral.id)).at(-1)).toMatchObject({
			event: 'referral.erased',
			actor_id: admin.user.id
		});
	});

	test('takes the mail about it along, of its meetings, its end and its address, too', async () => {
		const referral = await aWhole();
		const [event] = await sql<{ id: string }[]>`
			select id from private.referral_events where referral_id = ${referral.id} limit 1`;
		const [meeting] = await sql<{ id: string }[]>`
			select id from private.support_meetings where referral_id = ${referral.id}`;
		const keys = [
			`referral_news:${event!.id}:somebody`,
			`referral_kept:${referral.id}:00`,
			`meeting_late:${meeting!.id}:somebody`,
			`ending_near:${referral.id}:2026-11-22:7`,
			`referral_news:${randomUUID()}:other`
		];
		for (const key of keys)
			await sql`select private.enqueue_mail(${key}, 'referral_news', 'nurse@clinic.example', '{}', ${program.id})`;
		await erase(referral);
		const left = await sql<{ key: string }[]>`
			select dedupe_key as key from private.outbox where dedupe_key = any (${keys})`;
		expect(left.map(({ key }) => key)).toEqual([keys[4]]);
	});

	test('is not done twice, over another’s change, nor to what is open', async () => {
		const referral = await aWhole();
		expect(await erase(referral, 99)).toEqual({ refused: 'stale' });
		expect(await erase(referral, referral.version, coordinator.db)).toEqual({ refused: 'not_found' });
		expect(await leftOf(referral)).toEqual(WHOLE);
		await erase(referral);
		expect(await erase(referral, referral.version + 1)).toEqual({ refused: 'not_possible' });
		expect(await erase(await aReferral(program, { state: 'active' }))).toEqual({ refused: 'still_open' });
	});

	test('leaves nothing for its referrer to read, and nothing that words could be added to', async () => {
		const referral = await aWhole();
		const { referrer_email } = await rowOf(referral);
		await erase(referral);
		const words = sealedText();
		for (const event of ['reopen', 'ask_correction'])
			expect(await move(coordinator.db, referral, event, { words })).toMatchObject({ refused: 'not_possible' });
		expect(await leftOf(referral)).toEqual(ERASED);
		const [person] = await sql<User[]>`
			insert into auth.users (id, aud, role, email, email_confirmed_at)
			values (gen_random_uuid(), 'authenticated', 'authenticated', ${referrer_email}, now()) returning id, email`;
		const own = asUser(person!);
		expect((await own.rpc('my_referrals')).data).toEqual([]);
		expect((await own.rpc('read_my_referral', { reference: referral.reference })).data).toBeNull();
		const { data } = await coordinator.db.rpc('read_referral', { reference: referral.reference });
		expect(data).toMatchObject({ is_erased: true, sealed: null, moves: [], duplicates: [] });
	});

	test('each night reaches what was closed longer ago than its program keeps', async () => {
		await sql`update public.referral_settings set keep_months = 12 where program_id = ${program.id}`;
		const ago = async (interval: string) => {
			const [row] = await sql<{ at: string }[]>`select (now() - ${interval}::interval)::text as at`;
			return row!.at;
		};
		const [old, recent] = [
			await aWhole({ closed_at: await ago('12 months 1 hour') }),
			await aWhole({ closed_at: await ago('11 months 29 days') })
		];
		const open = await aReferral(program, { state: 'active', submitted_at: '2020-01-01T00:00Z' });
		const kept = await aReferral(elsewhere, { state: 'completed', closed_at: await ago('13 months') });
		expect((await asService().rpc('erase_old_referrals')).data).toBe(1);
		expect([await leftOf(old), await leftOf(recent)]).toEqual([ERASED, WHOLE]);
		expect(await leftOf(kept), '24 months elsewhere').toMatchObject({ details: 1 });
		expect(await rowOf(open)).toMatchObject({ erased_at: null });
		expect((await eventsAbout(old.id)).at(-1)).toMatchObject({ event: 'referral.erased', actor_id: null });
		expect((await asService().rpc('erase_old_referrals')).data).toBe(0);
	});
});

test('an export holds everything that is held, and is written down', async () => {
	const referral = await aWhole();
	await move(coordinator.db, referral, 'ask_correction', { words: sealedText() });
	const { data } = await admin.db.rpc('export_referral', { reference: referral.reference });
	const whole = data as Record<string, unknown> & {
		audit: { event: string }[];
		mail: { template: string; to: string }[];
	};
	const { referrer_email, second_email } = await rowOf(referral);
	const sealedForm = expect.stringMatching(/^s1\./) as string;
	expect(whole).toMatchObject({
		referral: { id: referral.id, reference: referral.reference, referrer_email, second_email, state: 'ended_early' },
		sealed: { client: expect.any(String), contact: expect.any(String), goals: expect.any(String) },
		timeline: [{ event: 'note' }, { event: 'end_early', reason: 'moved_away' }, { event: 'ask_correction' }],
		matches: [{ came_from: 'triage', first_met_on: '2026-11-05', initials: sealedForm, plan: sealedForm }],
		support: [{ kind: 'goal', mark: 'a_bit', words: sealedForm, marks: [{ mark: 'a_bit' }] }],
		meetings: [{ place: sealedForm, checked_in_at: null }],
		correction: { asked_by: coordinator.user.id },
		searchable_by: ['name', 'phone']
	});
	expect((whole.closing_steps as object[]).length).toBe(8);
	expect(whole.mail.map(({ template, to }) => `${template} ${to}`).toSorted()).toEqual(
		await mailAbout(referral.reference)
	);
	expect(whole.audit.map(({ event }) => event)).toEqual([
		'referral.noted',
		'support.saved',
		'feedback.link_made',
		'referral.moved',
		'referral.moved',
		'referral.exported'
	]);
});
