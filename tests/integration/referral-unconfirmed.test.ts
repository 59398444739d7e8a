/* A request whose sender has not proved their address yet: kept, seen by nobody, sent by its link or by the person. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../src/lib/server/database.types.ts';
import { aProgram, type Program } from '../factories/program.ts';
import { aHash, anAddress, aRequest, forgetPrograms, mailAbout, sealedText, somebody } from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import { asAnonymous, asService, asUser, aUser, sql } from '../support/database.ts';

const visitor = asAnonymous();
let program: Program;

beforeAll(async () => {
	program = await aProgram('unconfirmed');
	await sql`update public.programs set is_default = id = ${program.id} where is_default or id = ${program.id}`;
});
afterAll(() => forgetPrograms(program));

interface Kept {
	draft: string;
	key_hash: string;
	address: string;
	client_hash: string;
}

async function aVisitorsDraft(): Promise<Kept> {
	const kept = { draft: randomUUID(), key_hash: aHash(), address: anAddress(), client_hash: aHash() };
	await visitor.rpc('begin_draft', { ...pick(kept), contents: sealedText() });
	return kept;
}
const pick = ({ draft, key_hash, client_hash }: Kept) => ({ draft, key_hash, client_hash });

async function keep(kept: Kept, request: Json = aRequest()) {
	const { data, error } = await visitor.rpc('keep_unconfirmed', { ...pick(kept), address: kept.address, request });
	return error ? error.code : (data as { ok?: string; refused?: string; sent?: true });
}

/** A request that is kept, and the token that was mailed. */
async function aKept(given: Partial<Kept> = {}): Promise<Kept & { token: string }> {
	const kept = { ...(await aVisitorsDraft()), ...given };
	expect(await keep(kept)).toHaveProperty('ok');
	return { ...kept, token: (await tokensOf(kept)).at(-1)! };
}

const tokensOf = async ({ draft }: Kept) =>
	(
		await sql<{ token: string }[]>`select data->>'token' as token from private.outbox
			where template = 'referral_kept' and dedupe_key like ${`%${draft}%`} order by created_at`
	).map(({ token }) => token);
const rowOf = async ({ draft }: Kept) =>
	(await sql`select * from private.unconfirmed_referrals where id = ${draft}`)[0];
const referralOf = async ({ draft }: Kept) =>
	(
		await sql<{ reference: string; referrer_email: string }[]>`
		select reference, referrer_email from public.referrals where id = ${draft}`
	)[0];
const stateOf = async (token: string) => (await visitor.rpc('unconfirmed_by_token', { token })).data;
const send = async (token: string) => (await visitor.rpc('send_unconfirmed', { token })).data;
const settle = async (email: string, { draft }: Kept, yes: boolean) =>
	(await asUser(await aUser({ email })).rpc('settle_unconfirmed', { draft, send: yes })).data;
const expire = ({ draft }: Kept) =>
	sql`update private.unconfirmed_referrals set kept_until = now() - interval '1 second' where id = ${draft}`;

describe('kept', () => {
	test('for 72 hours, mailed to the address, and a referral to nobody yet', async () => {
		const kept = await aVisitorsDraft();
		const answer = await keep({ ...kept, address: ` ${kept.address.toUpperCase()} ` });
		const [row] = await sql<{ until: string; hours: number; email: string }[]>`
			select to_jsonb(kept_until)#>>'{}' as until, extract(epoch from kept_until - now())::float / 3600 as hours, email
			from private.unconfirmed_referrals where id = ${kept.draft}`;
		expect(answer).toEqual({ ok: row!.until });
		expect(row!.hours).toBeCloseTo(72, 1);
		expect(row!.email).toBe(kept.address);
		const mail = await sql`select template, to_address, data from private.outbox where to_address = ${kept.address}`;
		expect([...mail]).toEqual([
			{ template: 'referral_kept', to_address: kept.address, data: { token: expect.stringMatching(/^[0-9a-f]{32}$/) } }
		]);
		expect(await referralOf(kept)).toBeUndefined();
	});

	test('with the draft’s secret alone, while the draft is open', async () => {
		const kept = await aVisitorsDraft();
		expect(await keep({ ...kept, key_hash: aHash() })).toEqual({ refused: 'gone' });
		expect(await keep({ ...kept, draft: randomUUID() })).toEqual({ refused: 'gone' });
		await sql`update private.referral_drafts set touched_at = now() - interval '31 minutes' where id = ${kept.draft}`;
		expect(await keep(kept)).toEqual({ refused: 'gone' });
		expect(await rowOf(kept)).toBeUndefined();
	});

	test('again, it is changed, and the link that was mailed stays good', async () => {
		const kept = await aKept();
		const request = aRequest();
		expect(await keep(kept, request)).toHaveProperty('ok');
		expect(await tokensOf(kept)).toEqual([kept.token]);
		expect(await rowOf(kept)).toMatchObject({ request });
		await send(kept.token);
		const [details] = await sql`select goals from private.referral_details where referral_id = ${kept.draft}`;
		expect(details).toEqual({ goals: request.goals });
	});

	test('again for another address, it is that one’s alone', async () => {
		const kept = await aKept();
		const address = anAddress();
		expect(await keep({ ...kept, address })).toHaveProperty('ok');
		const tokens = await tokensOf(kept);
		expect(tokens).toHaveLength(2);
		expect(await send(kept.token), 'the first link is dead').toEqual({ refused: 'unknown' });
		const later = tokens.find((token) => token !== kept.token)!;
		expect(await send(later)).toHaveProperty('ok');
		expect(await referralOf(kept)).toMatchObject({ referrer_email: address });
	});

	test.each<[string, Record<string, Json>, string]>([
		['plain text', { client: 'Bob' }, '23514'],
		['plain contact', { contact: 'call 604' }, '23514'],
		['no goals', { goals: null }, '23502'],
		['no client', { client: null }, '23502'],
		['no consent', { consented_on: null }, '23502']
	])('never with %s', async (_what, part, code) => {
		const kept = await aVisitorsDraft();
		expect(await keep(kept, aRequest(part))).toBe(code);
		expect(await rowOf(kept)).toBeUndefined();
	});

	test('five an hour for one address at most, however many are kept for it', async () => {
		const address = anAddress();
		const first = await aKept({ address });
		for (let n = 2; n <= 5; n++) await aKept({ address });
		const another = { ...(await aVisitorsDraft()), address };
		expect(await keep(another)).toEqual({ refused: 'too_many' });
		expect(await keep(first), 'what is kept is still changed').toHaveProperty('ok');
		expect(await sql`select from private.outbox where to_address = ${address}`).toHaveLength(5);
		await sql`update private.uses set since = now() - interval '61 minutes' where what = 'unconfirmed_for'`;
		expect(await keep(another), 'within three days of the others').toHaveProperty('ok');
	});

	test('said to be kept to whoever has its secret or its address, until it is sent or over', async () => {
		const kept = await aKept();
		const said = async (db = visitor, key_hash?: string) =>
			(await db.rpc('draft_kept', { draft: kept.draft, ...(key_hash && { key_hash }) })).data;
		const [owner, stranger] = [asUser(await aUser({ email: kept.address })), asUser(await aUser())];
		await sql`delete from private.referral_drafts where id = ${kept.draft}`;
		expect([await said(visitor, kept.key_hash), await said(owner)], 'also after its draft is over').toEqual([
			true,
			true
		]);
		expect([await said(), await said(visitor, aHash()), await said(stranger)]).toEqual([false, false, false]);
		await expire(kept);
		expect([await said(visitor, kept.key_hash), await said(owner)]).toEqual([false, false]);
	});

	test('twenty an hour by one client at most', async () => {
		const client_hash = aHash();
		for (let n = 1; n <= 20; n++) await aKept({ client_hash });
		const another = { ...(await aVisitorsDraft()), client_hash };
		expect(await keep(another)).toEqual({ refused: 'too_many' });
		expect(await rowOf(another)).toBeUndefined();
	});
});

describe('sent by the link', () => {
	test('is sent once', async () => {
		const kept = await aKept();
		expect([await stateOf(kept.token), await stateOf('0'.repeat(32))]).toEqual([
			{ state: 'open' },
			{ state: 'unknown' }
		]);
		const coordinator = await somebody(program, 'coordinator');
		const answer = await send(kept.token);
		const referral = (await referralOf(kept))!;
		expect(answer).toEqual({
			ok: referral.reference,
			acknowledge_by: expect.any(String),
			time_zone: 'America/Vancouver'
		});
		expect(referral.referrer_email).toBe(kept.address);
		expect(await mailAbout(referral.reference)).toEqual([
			`referral_new ${coordinator.user.email}`,
			`referral_received ${kept.address}`
		]);
		expect([await rowOf(kept), await send(kept.token), await stateOf(kept.token)]).toEqual([
			undefined,
			answer,
			{ state: 'unknown' }
		]);
		expect(await mailAbout(referral.reference), 'pressed again, nothing more happens').toHaveLength(2);
		await sql`update private.sent_drafts set sent_at = now() - interval '25 hours' where id = ${kept.draft}`;
		expect(await send(kept.token)).toEqual({ refused: 'unknown' });
		expect(await sql`select from private.referral_drafts where id = ${kept.draft}`).toHaveLength(0);
		expect(await keep(kept), 'the page that is still open says so').toEqual({ sent: true });
	});

	test('is over after 72 hours, and forgotten', async () => {
		const [kept, other] = [await aKept(), await aKept()];
		await expire(kept);
		expect(await stateOf(kept.token)).toEqual({ state: 'unknown' });
		expect(await send(kept.token)).toEqual({ refused: 'unknown' });
		expect(await settle(kept.address, kept, true)).toEqual({ refused: 'unknown' });
		await asService().rpc('purge_requests');
		expect([await rowOf(kept), await rowOf(other)]).toEqual([undefined, expect.objectContaining({ id: other.draft })]);
		expect(await referralOf(kept)).toBeUndefined();
	});

	test('gives nothing of another’s request that has the same id', async () => {
		const kept = await aKept();
		await send(kept.token);
		// Whoever knows the id begins a draft with it, and has a link mailed to themselves.
		const again = { ...kept, address: anAddress() };
		await visitor.rpc('begin_draft', { ...pick(again), contents: sealedText() });
		expect(await keep(again)).toHaveProperty('ok');
		expect(await send((await tokensOf(kept)).find((token) => token !== kept.token)!)).toEqual({ refused: 'unknown' });
		expect(await keep(again)).toHaveProperty('ok');
		expect(await settle(again.address, kept, true)).toEqual({ refused: 'unknown' });
		expect(await referralOf(kept)).toMatchObject({ referrer_email: kept.address });
		expect((await eventsAbout(kept.draft)).map(({ outcome, details }) => [outcome, details])).toEqual([
			['done', { source: 'web', needs_home: true }],
			['refused', { why: 'not_found' }]
		]);
	});
});

describe('settled by the person', () => {
	test('is listed for, sent by and thrown away by whose address it is, and nobody else', async () => {
		const [sent, thrown] = [await aKept(), await aKept()];
		expect(await settle(anAddress(), sent, true)).toEqual({ refused: 'unknown' });
		expect(await settle(anAddress(), thrown, false)).toEqual({ refused: 'unknown' });
		const stranger = asUser(await aUser());
		expect((await stranger.rpc('my_unconfirmed')).data).toEqual([]);
		const owner = asUser(await aUser({ email: sent.address }));
		expect((await owner.rpc('my_unconfirmed')).data).toEqual([{ id: sent.draft, kept_until: expect.any(String) }]);
		const { data } = await owner.rpc('settle_unconfirmed', { draft: sent.draft, send: true });
		expect(data).toEqual({ ok: (await referralOf(sent))!.reference });
		expect((await owner.rpc('settle_unconfirmed', { draft: sent.draft, send: true })).data).toEqual({
			refused: 'unknown'
		});
		expect(await settle(thrown.address, thrown, false)).toEqual({ ok: true });
		expect([await referralOf(thrown), await rowOf(thrown), await send(thrown.token)]).toEqual([
			undefined,
			undefined,
			{ refused: 'unknown' }
		]);
	});

	test('is settled by sending the draft, too', async () => {
		const kept = await aKept();
		const owner = asUser(await aUser({ email: kept.address }));
		expect((await owner.rpc('submit_referral', { draft: kept.draft, request: aRequest() })).data).toHaveProperty('ok');
		expect([await rowOf(kept), await send(kept.token)]).toEqual([undefined, { refused: 'unknown' }]);
	});
});
