/* Sending a request: once, as oneself; what is kept of it, who is told, and whose address is listed. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../src/lib/server/database.types.ts';
import { aProgram, type Program } from '../factories/program.ts';
import {
	aHash,
	anAddress,
	aReferral,
	aRequest,
	forgetPrograms,
	mailAbout,
	rowOf,
	sealedText,
	somebody,
	timelineOf,
	type Referral
} from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import { asAnonymous, asUser, aUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let team: string;
let coordinator: { db: Client; user: User };

beforeAll(async () => {
	program = await aProgram('requests');
	coordinator = await somebody(program, 'coordinator');
	const [row] = await sql<{ id: string }[]>`
		insert into public.teams (program_id, name) values (${program.id}, 'Sample Team') returning id`;
	team = row!.id;
});
afterAll(() => forgetPrograms(program));

const aPerson = async (email = anAddress()) => ({ email, db: asUser(await aUser({ email })) });

async function submit(db: Client, draft: string = randomUUID(), request: Json = aRequest({ team_id: team })) {
	const { data, error } = await db.rpc('submit_referral', { draft, request });
	return error ? { refused: error.code } : (data as { ok?: string; refused?: string });
}

/** What was made of this id. */
const made = (id: string): Promise<Referral & Record<string, unknown>> => rowOf(id);

describe('sending as oneself', () => {
	test('makes a referral: what is plain, what is sealed, one line, one audit event, and mail to those it concerns', async () => {
		const { email, db } = await aPerson();
		const second = anAddress();
		const draft = randomUUID();
		const hashes = [
			{ kind: 'name', hash: aHash() },
			{ kind: 'phone', hash: aHash() }
		];
		const request = aRequest({ team_id: team, second_email: second.toUpperCase(), hashes });
		const answer = await submit(db, draft, request);
		const row = await made(draft);
		expect(answer).toEqual({ ok: row.reference });
		expect(row.reference).toMatch(/^PS-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{3}$/);
		expect(row).toMatchObject({
			program_id: program.id,
			state: 'submitted',
			version: 1,
			team_id: team,
			needs_home: false,
			referrer_email: email,
			second_email: second,
			has_listed_domain: false,
			source: 'web',
			age_band: '25_34',
			language_codes: ['en', 'pa'],
			closed_at: null
		});
		const [details] = await sql`
			select client, contact, goals, safety, referrer from private.referral_details where referral_id = ${draft}`;
		const { client, contact, goals, safety, referrer } = request;
		expect(details).toEqual({ client, contact, goals, safety, referrer });
		const kept = await sql`select kind, hash from private.referral_hashes where referral_id = ${draft} order by kind`;
		expect([...kept]).toEqual(hashes);
		expect(await timelineOf(row)).toMatchObject([{ event: 'submit', actor: 'referrer', to_state: 'submitted' }]);
		expect(await eventsAbout(draft)).toMatchObject([
			{ event: 'referral.submitted', outcome: 'done', details: { source: 'web', needs_home: false } }
		]);
		expect(await mailAbout(row.reference)).toEqual(
			[`referral_new ${coordinator.user.email}`, `referral_received ${email}`, `referral_received ${second}`].toSorted()
		);
		for (const person of [db, (await aPerson(second)).db]) {
			expect((await person.rpc('my_referrals')).data).toMatchObject([
				{ reference: row.reference, team: 'Sample Team' }
			]);
		}
	});

	test('twice makes one, with one reference and one mail', async () => {
		const { db } = await aPerson();
		const draft = randomUUID();
		const first = await submit(db, draft);
		expect(await submit(db, draft, aRequest())).toEqual(first);
		expect(await mailAbout(first.ok!)).toHaveLength(2);
		expect(await eventsAbout(draft)).toHaveLength(1);
	});

	test('under the id of another’s request or draft is refused, and tells nothing of it', async () => {
		const [owner, other] = [await aPerson(), await aPerson()];
		const sent = randomUUID();
		await submit(owner.db, sent);
		expect(await submit(other.db, sent)).toEqual({ refused: 'not_found' });
		const draft = randomUUID();
		await owner.db.rpc('begin_draft', { draft, key_hash: '', contents: sealedText(), client_hash: aHash() });
		expect(await submit(other.db, draft)).toEqual({ refused: 'not_found' });
		expect(await made(draft)).toBeUndefined();
		expect(await submit(owner.db, draft)).toHaveProperty('ok');
	});

	test('that is refused is audited once an hour for each reason', async () => {
		const [owner, other] = [await aPerson(), await aPerson()];
		const refusals = async () => [
			...(await sql`select program_id, subject_id, outcome, details from public.audit_events
				where actor_id = (select id from auth.users where email = ${other.email}) order by id`)
		];
		const sent = randomUUID();
		await submit(owner.db, sent);
		const refused = { program_id: program.id, outcome: 'refused' };
		const notFound = { ...refused, subject_id: sent, details: { why: 'not_found' } };
		for (let n = 1; n <= 3; n++) await submit(other.db, sent);
		expect(await refusals()).toEqual([notFound]);
		for (let n = 1; n <= 30; n++) await aReferral(program, { referrer_email: other.email });
		for (let n = 1; n <= 3; n++) expect(await submit(other.db)).toEqual({ refused: 'too_many' });
		const tooMany = { ...refused, subject_id: null, details: { why: 'too_many' } };
		expect(await refusals()).toEqual([notFound, tooMany]);
		await sql`update private.uses set since = now() - interval '61 minutes' where what like 'refused_%'`;
		await submit(other.db);
		expect(await refusals()).toEqual([notFound, tooMany, tooMany]);
	});

	test('is not for visitors', async () => {
		expect(await submit(asAnonymous())).toEqual({ refused: '42501' });
	});

	test('is done thirty times an hour at most, and again what was sent already', async () => {
		const { email, db } = await aPerson();
		for (let n = 1; n < 30; n++) await aReferral(program, { referrer_email: email });
		const last = randomUUID();
		expect(await submit(db, last)).toHaveProperty('ok');
		expect(await submit(db)).toEqual({ refused: 'too_many' });
		expect(await submit(db, last)).toHaveProperty('ok');
		await sql`update public.referrals set submitted_at = now() - interval '61 minutes' where id = ${last}`;
		expect(await submit(db)).toHaveProperty('ok');
	});

	test.each<[string, Record<string, Json>, string]>([
		['plain text of the client', { client: 'Bob' }, '23514'],
		['plain goals', { goals: '["explore"]' }, '23514'],
		['no client', { client: null }, '23502'],
		['no goal', { goals: null }, '23502'],
		['no consent', { consented_on: null }, '23502'],
		['an age band that is none', { age_band: '40' }, '23514'],
		['a language that is none', { language_codes: ['English'] }, '23514'],
		['six languages', { language_codes: ['en', 'fr', 'pa', 'fa', 'ar', 'ko'] }, '23514'],
		['a hash that is none', { hashes: [{ kind: 'phone', hash: '604-555-0123' }] }, '23514']
	])('with %s is refused by the database', async (_what, part, code) => {
		const { db } = await aPerson();
		const draft = randomUUID();
		expect(await submit(db, draft, aRequest({ team_id: team, ...part }))).toEqual({ refused: code });
		expect(await made(draft)).toBeUndefined();
	});

	test('works for the longest address there may be', async () => {
		const email = `${randomUUID()}@${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(26)}.example`;
		expect(email.length).toBeGreaterThan(240);
		const { db } = await aPerson(email);
		const { ok } = await submit(db);
		expect(await mailAbout(ok!)).toContain(`referral_received ${email}`);
	});

	test('names no second contact who is the first', async () => {
		const { email, db } = await aPerson();
		const draft = randomUUID();
		await submit(db, draft, aRequest({ team_id: team, second_email: email.toUpperCase() }));
		expect(await made(draft)).toMatchObject({ referrer_email: email, second_email: null });
	});

	test('closes the draft, which says for a day what became of it', async () => {
		const { db } = await aPerson();
		const [draft, key_hash] = [randomUUID(), aHash()];
		await asAnonymous().rpc('begin_draft', { draft, key_hash, contents: sealedText(), client_hash: aHash() });
		const { ok } = await submit(db, draft);
		expect((await asAnonymous().rpc('read_draft', { draft, key_hash })).data).toBeNull();
		const sentAs = async (client: Client, key?: string) =>
			(await client.rpc('draft_sent', key ? { draft, key_hash: key } : { draft })).data;
		expect(await sentAs(asAnonymous(), key_hash)).toBe(ok);
		expect([await sentAs(asAnonymous(), aHash()), await sentAs(asAnonymous()), await sentAs(db)]).toEqual([
			null,
			null,
			null
		]);
		await sql`update private.sent_drafts set sent_at = now() - interval '25 hours' where id = ${draft}`;
		expect(await sentAs(asAnonymous(), key_hash)).toBeNull();
	});
});

describe('a work address', () => {
	beforeEach(
		() => sql`
		insert into public.work_domains (program_id, domain) values (${program.id}, 'vch.ca') on conflict do nothing`
	);

	test.each([
		['vch.ca', true],
		['VCH.ca', true],
		['mail.vch.ca', true],
		['a.b.vch.ca', true],
		['evilvch.ca', false],
		['vch.ca.example', false],
		['vch.example', false],
		['ca', false]
	])('at %s: listed %s', async (domain, isListed) => {
		const { db } = await aPerson(anAddress(domain));
		const draft = randomUUID();
		expect(await submit(db, draft)).toHaveProperty('ok');
		expect(await made(draft)).toMatchObject({ has_listed_domain: isListed });
	});

	test('of a second contact is told apart, too, and either finds the request', async () => {
		const [{ email, db }, second] = [await aPerson(anAddress('vch.ca')), anAddress('elsewhere.example')];
		const { ok: reference } = await submit(db, randomUUID(), aRequest({ team_id: team, second_email: second }));
		const read = async () => (await coordinator.db.rpc('read_referral', { reference: reference! })).data;
		expect(await read()).toMatchObject({ has_listed_domain: true, second_has_listed_domain: false });
		for (const typed of [email, second.toUpperCase()]) {
			const given = { program: program.id, hashes: [], email: typed };
			expect((await coordinator.db.rpc('search_referrals', given)).data).toMatchObject([{ reference }]);
		}
		for (const [address, isListed] of [
			[anAddress('vch.ca'), true],
			[null, false]
		] as const) {
			await sql`update public.referrals set second_email = ${address} where reference = ${reference!}`;
			expect(await read()).toMatchObject({ second_has_listed_domain: isListed });
		}
	});
});
