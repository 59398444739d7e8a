/* What somebody has typed so far: under a secret before their address is proved, then their own. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aHash, sealedText } from '../factories/referral.ts';
import { asAnonymous, asService, asUser, aUser, sql, type Client } from '../support/database.ts';

const visitor = asAnonymous();

interface Draft {
	id: string;
	key_hash: string;
	contents: string;
}

/** A draft of a visitor, or of the person whose client this is. */
async function aDraft(db: Client = visitor): Promise<Draft> {
	const draft = { id: randomUUID(), key_hash: aHash(), contents: sealedText() };
	const { data, error } = await begin(db, draft);
	expect([data, error]).toEqual([true, null]);
	return draft;
}
const begin = (db: Client, { id, key_hash, contents }: Draft, client_hash = aHash()) =>
	db.rpc('begin_draft', { draft: id, key_hash, contents, client_hash });
const read = async (db: Client, { id }: Draft, key_hash?: string) =>
	(await db.rpc('read_draft', key_hash ? { draft: id, key_hash } : { draft: id })).data;
const keep = async (db: Client, { id }: Draft, key_hash: string, expected: number, contents = sealedText()) =>
	(await db.rpc('keep_draft', { draft: id, key_hash, contents, expected })).data;
const own = async (db: Client, { id }: Draft, key_hash: string, expected: number, contents = sealedText()) =>
	(await db.rpc('own_draft', { draft: id, key_hash, contents, expected })).data;
const discard = async (db: Client, { id }: Draft, key_hash?: string) =>
	(await db.rpc('discard_draft', key_hash ? { draft: id, key_hash } : { draft: id })).error;

/** Lets this long pass since it was last touched. */
const idle = ({ id }: Draft, ago: string) =>
	sql`update private.referral_drafts set touched_at = now() - ${ago}::interval where id = ${id}`;
const isThere = async ({ id }: Draft) => (await sql`select from private.referral_drafts where id = ${id}`).length === 1;
const aPerson = async () => asUser(await aUser());

describe('a visitor’s draft', () => {
	test('is read with its secret and with no other', async () => {
		const draft = await aDraft();
		const whole = { contents: draft.contents, version: 1, owned: false };
		expect(await read(visitor, draft, draft.key_hash)).toEqual(whole);
		expect(await read(await aPerson(), draft, draft.key_hash), 'signed in meanwhile').toEqual(whole);
		expect(await read(visitor, draft, aHash())).toBeNull();
		expect(await read(visitor, draft)).toBeNull();
		expect(await read(await aPerson(), draft)).toBeNull();
		expect(await read(visitor, { ...draft, id: randomUUID() }, draft.key_hash)).toBeNull();
	});

	test('is kept over the version that was read, and over no other', async () => {
		const draft = await aDraft();
		const contents = sealedText();
		expect(await keep(visitor, draft, draft.key_hash, 1, contents)).toBe('ok');
		expect(await keep(visitor, draft, draft.key_hash, 1)).toBe('stale');
		expect(await keep(visitor, draft, aHash(), 2)).toBe('gone');
		expect(await read(visitor, draft, draft.key_hash)).toEqual({ contents, version: 2, owned: false });
	});

	test('is over after half an hour in which nobody touched it', async () => {
		const draft = await aDraft();
		await idle(draft, '29 minutes');
		expect(await read(visitor, draft, draft.key_hash), 'which begins anew').not.toBeNull();
		const [row] =
			await sql`select touched_at > now() - interval '1 minute' as fresh from private.referral_drafts where id = ${draft.id}`;
		expect(row).toEqual({ fresh: true });
		await idle(draft, '31 minutes');
		expect(await read(visitor, draft, draft.key_hash)).toBeNull();
		expect(await keep(visitor, draft, draft.key_hash, 1)).toBe('gone');
		expect(await own(await aPerson(), draft, draft.key_hash, 1)).toBe(false);
	});

	test('is thrown away with its secret alone', async () => {
		const draft = await aDraft();
		for (const [db, key] of [
			[visitor, aHash()],
			[visitor, undefined],
			[await aPerson(), undefined]
		] as const)
			expect(await discard(db, draft, key)).toBeNull();
		expect(await isThere(draft)).toBe(true);
		await discard(visitor, draft, draft.key_hash);
		expect(await isThere(draft)).toBe(false);
	});

	test('is not written over by another with its id', async () => {
		const draft = await aDraft();
		expect((await begin(visitor, { ...draft, key_hash: aHash(), contents: sealedText() })).data).toBe(false);
		expect(await read(visitor, draft, draft.key_hash)).toMatchObject({ contents: draft.contents });
	});

	test('holds no plain text', async () => {
		const draft = { id: randomUUID(), key_hash: aHash(), contents: 'Bob likes the library' };
		expect((await begin(visitor, draft)).error?.code).toBe('23514');
		const kept = await aDraft();
		const answer = await visitor.rpc('keep_draft', {
			draft: kept.id,
			key_hash: kept.key_hash,
			contents: 'plain',
			expected: 1
		});
		expect(answer.error?.code).toBe('23514');
	});

	test('is begun sixty times an hour by one client at most', async () => {
		const client = aHash();
		const beginOne = async () =>
			(await begin(visitor, { id: randomUUID(), key_hash: aHash(), contents: sealedText() }, client)).data;
		for (let n = 1; n <= 60; n++) expect(await beginOne(), `${n}`).toBe(true);
		expect(await beginOne()).toBe(false);
		await sql`update private.uses set since = now() - interval '61 minutes' where who_hash = ${client}`;
		expect(await beginOne()).toBe(true);
	});
});

describe('a person’s own draft', () => {
	test('is nobody else’s, with whatever secret', async () => {
		const db = await aPerson();
		const draft = await aDraft(db);
		expect(await read(db, draft)).toEqual({ contents: draft.contents, version: 1, owned: true });
		for (const [other, key] of [
			[visitor, draft.key_hash],
			[await aPerson(), draft.key_hash],
			[await aPerson(), undefined]
		] as const) {
			expect(await read(other, draft, key)).toBeNull();
			expect(await keep(other, draft, key ?? aHash(), 1)).toBe('gone');
			await discard(other, draft, key);
		}
		expect(await keep(db, draft, '', 1)).toBe('ok');
		await discard(db, draft);
		expect(await isThere(draft)).toBe(false);
	});

	test('lasts 14 days since it was last written, however often it is read', async () => {
		const db = await aPerson();
		const draft = await aDraft(db);
		await idle(draft, '13 days 23 hours 59 minutes');
		expect(await read(db, draft)).not.toBeNull();
		const [row] =
			await sql`select touched_at < now() - interval '13 days' as old from private.referral_drafts where id = ${draft.id}`;
		expect(row).toEqual({ old: true });
		expect(await keep(db, draft, '', 1)).toBe('ok');
		await idle(draft, '14 days 1 minute');
		expect([await read(db, draft), await keep(db, draft, '', 2)]).toEqual([null, 'gone']);
		expect((await db.rpc('my_drafts')).data).toEqual([]);
	});

	test('is listed for its owner, the newest first', async () => {
		const db = await aPerson();
		const [older, newer] = [await aDraft(db), await aDraft(db)];
		await aDraft(await aPerson());
		await aDraft();
		await idle(older, '2 days');
		const listed = (await db.rpc('my_drafts')).data as { id: string }[];
		expect(listed.map(({ id }) => id)).toEqual([newer.id, older.id]);
		expect(JSON.stringify(listed)).not.toContain('s1.');
	});
});

describe('a draft becomes one’s own', () => {
	test('with its secret, sealed anew, once', async () => {
		const [db, other] = [await aPerson(), await aPerson()];
		const draft = await aDraft();
		expect(await own(other, draft, aHash(), 1), 'another secret').toBe(false);
		expect(await own(other, draft, draft.key_hash, 2), 'another version').toBe(false);
		const contents = sealedText('k2');
		expect(await own(db, draft, draft.key_hash, 1, contents)).toBe(true);
		expect(await read(db, draft)).toEqual({ contents, version: 2, owned: true });
		expect(await read(visitor, draft, draft.key_hash), 'the secret opens it no more').toBeNull();
		expect(await own(other, draft, draft.key_hash, 2)).toBe(false);
		expect(await own(db, draft, draft.key_hash, 2), 'and it is owned once').toBe(false);
	});

	test('of one person, when two ask at the same moment', async () => {
		const people = [await aPerson(), await aPerson()];
		for (let run = 0; run < 10; run++) {
			const draft = await aDraft();
			const answers = await Promise.all(people.map((db) => own(db, draft, draft.key_hash, 1)));
			expect(answers.toSorted()).toEqual([false, true]);
		}
	});
});

test('what is over is forgotten every few minutes, and nothing else', async () => {
	const db = await aPerson();
	const drafts = { fresh: await aDraft(), idle: await aDraft(), own: await aDraft(db), old: await aDraft(db) };
	await idle(drafts.fresh, '29 minutes');
	await idle(drafts.idle, '31 minutes');
	await idle(drafts.own, '13 days');
	await idle(drafts.old, '15 days');
	expect((await asService().rpc('purge_requests')).error).toBeNull();
	const left = await Promise.all(
		Object.entries(drafts).map(async ([name, draft]) => ((await isThere(draft)) ? name : null))
	);
	expect(left.filter(Boolean)).toEqual(['fresh', 'own']);
});
