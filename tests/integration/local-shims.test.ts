/*
 * What hosted Supabase does, and so must the embedded one. Each name is hosted's behaviour, from its documentation
 * (docs.postgrest.org for REST, supabase.com/docs for auth and storage).
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createClient } from '@supabase/supabase-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalSupabase } from '../../supabase/local/index.ts';
import { startThrowawaySupabase } from '../../supabase/local/throwaway.ts';
import { signToken } from '../support/token.ts';

const MIGRATIONS = path.join(import.meta.dirname, '..', 'support', 'migrations');

let supabase: LocalSupabase;
let sql: postgres.Sql;

beforeAll(async () => {
	supabase = await startThrowawaySupabase('shims', 57_321, MIGRATIONS);
	sql = postgres(supabase.adminDatabaseUrl, { max: 2, onnotice: () => {} });
});

afterAll(async () => {
	await sql.end();
	await supabase.stop();
});

const connect = (key: string, token?: string) =>
	createClient(supabase.url, key, {
		auth: { persistSession: false, autoRefreshToken: false },
		global: token ? { headers: { authorization: `Bearer ${token}` } } : {}
	});

const anonymous = () => connect(supabase.keys.publishable);
const service = () => connect(supabase.keys.secret);

async function somebody(lifetime?: number) {
	const user = { id: randomUUID(), email: `${randomUUID()}@people.example` };
	await sql`insert into auth.users (id, email) values (${user.id}, ${user.email})`;
	const token = signToken(user, supabase.keys.jwtSecret, lifetime);
	return { ...user, client: connect(supabase.keys.publishable, token) };
}

describe('REST', () => {
	it('answers a check violation 400 with its SQLSTATE', async () => {
		const { error, status } = await service()
			.from('notes')
			.insert({ body: 'x'.repeat(21) });
		expect({ status, code: error?.code }).toEqual({ status: 400, code: '23514' });
		expect(error?.message).toContain('notes_body_check');
	});

	it('answers an exclusion violation 400 with its SQLSTATE', async () => {
		const row = { body: 'a', during: '[2026-01-01,2026-01-02)' };
		await service().from('notes').insert(row);
		const { error, status } = await service().from('notes').insert(row);
		expect({ status, code: error?.code }).toEqual({ status: 400, code: '23P01' });
	});

	it('answers a missing value 400 and a duplicate 409', async () => {
		const missing = await service().from('notes').insert({ slug: 'none' });
		expect({ status: missing.status, code: missing.error?.code }).toEqual({ status: 400, code: '23502' });
		await service().from('notes').insert({ body: 'a', slug: 'same' });
		const again = await service().from('notes').insert({ body: 'b', slug: 'same' });
		expect({ status: again.status, code: again.error?.code }).toEqual({ status: 409, code: '23505' });
	});

	it.each([
		['P0001', 400],
		['22023', 400],
		['P0002', 500],
		['28000', 403],
		['40001', 500],
		['53400', 500]
	])('answers raise with SQLSTATE %s as %i, with its message, detail and hint', async (how, expected) => {
		const { error, status } = await service().rpc('complain', { how });
		expect({ status, ...error }).toMatchObject({
			status: expected,
			code: how,
			message: 'No.',
			details: 'Because.',
			hint: 'Ask again.'
		});
	});

	it('leaves revoked what a migration revoked', async () => {
		const { client } = await somebody();
		const asAnybody = await anonymous().from('secrets').select('id');
		expect({ status: asAnybody.status, code: asAnybody.error?.code }).toEqual({ status: 401, code: '42501' });
		const sealed = await client.from('secrets').select('sealed');
		expect({ status: sealed.status, code: sealed.error?.code }).toEqual({ status: 403, code: '42501' });
		expect((await client.from('secrets').select('id')).data).toEqual([{ id: 1 }]);
	});

	it('answers a row that a policy refuses 403 for somebody signed in, 401 for anybody', async () => {
		const { client } = await somebody();
		const signedIn = await client.from('notes').insert({ body: 'not mine', author_id: randomUUID() });
		expect({ status: signedIn.status, code: signedIn.error?.code }).toEqual({ status: 403, code: '42501' });
		const anybody = await anonymous().from('notes').insert({ body: 'nobody' });
		expect({ status: anybody.status, code: anybody.error?.code }).toEqual({ status: 401, code: '42501' });
	});

	it('knows who is asking from the token', async () => {
		const { id, client } = await somebody();
		expect((await client.from('notes').insert({ body: 'mine', author_id: id })).error).toBeNull();
		expect((await client.rpc('describe', { words: [] })).data).toMatchObject({ me: id, role: 'authenticated' });
		expect((await anonymous().rpc('describe', { words: [] })).data).toMatchObject({ me: null, role: 'anon' });
		expect((await service().rpc('describe', { words: [] })).data).toMatchObject({ role: 'service_role' });
	});

	it('answers an expired or forged token 401', async () => {
		const { client } = await somebody(-60);
		expect((await client.from('notes').select('id')).status).toBe(401);
		const forged = signToken({ id: randomUUID(), email: 'a@people.example' }, 'some other secret, long enough too');
		expect((await connect(supabase.keys.publishable, forged).from('notes').select('id')).status).toBe(401);
	});

	it('answers a function called by POST or GET: a number, jsonb, rows', async () => {
		const client = anonymous();
		expect((await client.rpc('add', { a: 2, b: 3 })).data).toBe(5);
		expect((await client.rpc('add', { a: 2, b: 3 }, { get: true })).data).toBe(5);
		const words = ['a b', 'c,d', '"e"', 'f{g}'];
		expect((await client.rpc('describe', { words })).data).toMatchObject({ words });
		expect((await client.rpc('describe', { words: ['a', 'b'] }, { get: true })).data).toMatchObject({
			words: ['a', 'b']
		});
		expect((await client.rpc('numbers', { upto: 2 })).data).toEqual([
			{ n: 1, square: 1 },
			{ n: 2, square: 4 }
		]);
	});

	it('stores JSON as what it is: an object, a list', async () => {
		const kept = [{ a: [1, 'two'] }, [1, 'two']];
		for (const [index, thing] of kept.entries()) {
			const { error } = await service()
				.from('notes')
				.insert({ body: `json ${index}`, kept: thing });
			expect(error).toBeNull();
			expect((await service().from('notes').select('kept').eq('body', `json ${index}`).single()).data).toEqual({
				kept: thing
			});
		}
		const [row] =
			await sql`select array_agg(jsonb_typeof(kept) order by body) as kinds from public.notes where body like 'json %'`;
		expect(row!.kinds).toEqual(['object', 'array']);
		expect((await service().rpc('kind_of', { thing: { a: 1 } })).data).toBe('object');
	});

	it('counts exactly what a page is a part of', async () => {
		const { data, count } = await anonymous().rpc('numbers', { upto: 30 }, { count: 'exact' }).range(10, 14);
		expect({ rows: data?.length, count }).toEqual({ rows: 5, count: 30 });
		const notes = await service().from('notes').select('id', { count: 'exact', head: true });
		expect(notes.count).toBeGreaterThan(0);
	});

	it('refuses a request without a key', async () => {
		expect((await fetch(`${supabase.url}/rest/v1/notes`)).status).toBe(401);
	});
});

describe('auth', () => {
	const mailedTo = (address: string) => supabase.mail.newestFirst().find((mail) => mail.to === address)?.text ?? '';
	const codeIn = (text: string) => /\b\d{6}\b/.exec(text)?.[0] ?? '';
	const hashIn = (text: string) => /token_hash=(\w+)/.exec(text)?.[1] ?? '';

	it('takes the mailed code with type "email", at first and again later', async () => {
		const email = `${randomUUID()}@people.example`;
		for (const time of ['first', 'again']) {
			const client = anonymous();
			expect((await client.auth.signInWithOtp({ email })).error, time).toBeNull();
			const token = codeIn(mailedTo(email));
			const { data, error } = await client.auth.verifyOtp({ email, token, type: 'email' });
			expect(error, time).toBeNull();
			expect(data.user?.email, time).toBe(email);
			expect((await client.auth.getUser()).data.user?.email, time).toBe(email);
		}
	});

	it('takes the mailed link’s hash with type "email"', async () => {
		const email = `${randomUUID()}@people.example`;
		await anonymous().auth.signInWithOtp({ email });
		const { data, error } = await anonymous().auth.verifyOtp({ token_hash: hashIn(mailedTo(email)), type: 'email' });
		expect(error).toBeNull();
		expect(data.session?.user.email).toBe(email);
	});

	it('takes a code once', async () => {
		const email = `${randomUUID()}@people.example`;
		await anonymous().auth.signInWithOtp({ email });
		const token = codeIn(mailedTo(email));
		await anonymous().auth.verifyOtp({ email, token, type: 'email' });
		const { error } = await anonymous().auth.verifyOtp({ email, token, type: 'email' });
		expect({ status: error?.status, code: error?.code }).toEqual({ status: 403, code: 'otp_expired' });
	});

	it('answers a wrong code 403 otp_expired', async () => {
		const email = `${randomUUID()}@people.example`;
		await anonymous().auth.signInWithOtp({ email });
		const wrong = codeIn(mailedTo(email)) === '000000' ? '111111' : '000000';
		const { error } = await anonymous().auth.verifyOtp({ email, token: wrong, type: 'email' });
		expect({ status: error?.status, code: error?.code }).toEqual({ status: 403, code: 'otp_expired' });
	});

	it('gives no session for a sign-up with a password until the address is confirmed', async () => {
		const email = `${randomUUID()}@people.example`;
		const { data } = await anonymous().auth.signUp({ email, password: 'correct horse battery' });
		expect(data.session).toBeNull();
		const signIn = await anonymous().auth.signInWithPassword({ email, password: 'correct horse battery' });
		expect(signIn.error?.code).toBe('email_not_confirmed');
	});

	it('refreshes a session', async () => {
		const email = `${randomUUID()}@people.example`;
		const client = anonymous();
		await client.auth.signInWithOtp({ email });
		await client.auth.verifyOtp({ email, token: codeIn(mailedTo(email)), type: 'email' });
		const { data, error } = await client.auth.refreshSession();
		expect(error).toBeNull();
		expect(data.session?.access_token).toBeTruthy();
	});
});

describe('storage', () => {
	const bytes = new Uint8Array([0, 1, 2, 250, 255]);

	it('stores a file as it is and gives it back with its type', async () => {
		const { client } = await somebody();
		const photos = client.storage.from('photos');
		const { error } = await photos.upload('a/one.png', new Blob([bytes], { type: 'image/png' }), {
			cacheControl: '60'
		});
		expect(error).toBeNull();
		const { data } = await photos.download('a/one.png');
		expect(new Uint8Array((await data?.arrayBuffer()) ?? [])).toEqual(bytes);
		expect(data?.type).toBe('image/png');
	});

	it('takes a file as raw bytes too', async () => {
		const { client } = await somebody();
		const photos = client.storage.from('photos');
		expect((await photos.upload('raw/one.bin', bytes, { contentType: 'image/webp' })).error).toBeNull();
		const { data } = await photos.download('raw/one.bin');
		expect(new Uint8Array((await data?.arrayBuffer()) ?? [])).toEqual(bytes);
	});

	it('lists one level: files by their names, folders without an id', async () => {
		const { client } = await somebody();
		const photos = client.storage.from('photos');
		for (const name of ['l/one.png', 'l/b/two.png', 'l/b/three.png']) {
			await photos.upload(name, new Blob([bytes], { type: 'image/png' }));
		}
		const { data } = await photos.list('l');
		const entries = (data ?? []).map(({ name, id }) => ({ name, folder: id === null }));
		expect(entries).toHaveLength(2);
		expect(entries).toEqual(
			expect.arrayContaining([
				{ name: 'one.png', folder: false },
				{ name: 'b', folder: true }
			])
		);
		expect((await photos.list('l/b')).data?.map(({ name }) => name).sort()).toEqual(['three.png', 'two.png']);
	});

	it('signs one address or several, which anybody may open', async () => {
		const { client } = await somebody();
		const photos = client.storage.from('photos');
		await photos.upload('s/one.png', new Blob([bytes], { type: 'image/png' }));
		const { data } = await photos.createSignedUrl('s/one.png', 60);
		const answer = await fetch(data?.signedUrl ?? '');
		expect(answer.status).toBe(200);
		expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
		const many = await photos.createSignedUrls(['s/one.png', 's/none.png'], 60);
		expect((await fetch(many.data?.[0]?.signedUrl ?? '')).status).toBe(200);
		expect(many.data?.[1]).toMatchObject({ path: 's/none.png', signedUrl: null, error: expect.any(String) });
	});

	it('takes an upload to a signed address', async () => {
		const { client } = await somebody();
		const photos = client.storage.from('photos');
		const { data } = await photos.createSignedUploadUrl('u/one.png');
		const { error } = await anonymous()
			.storage.from('photos')
			.uploadToSignedUrl('u/one.png', data?.token ?? '', new Blob([bytes], { type: 'image/png' }));
		expect(error).toBeNull();
		expect((await photos.download('u/one.png')).data?.size).toBe(bytes.length);
	});

	it('refuses whom no policy allows', async () => {
		const { error } = await anonymous()
			.storage.from('photos')
			.upload('n/one.png', new Blob([bytes]));
		expect(error?.message).toContain('row-level security');
		expect((await anonymous().storage.from('photos').download('a/one.png')).error).not.toBeNull();
	});

	it('removes, moves and replaces', async () => {
		const { client } = await somebody();
		const photos = client.storage.from('photos');
		await photos.upload('m/one.png', new Blob([bytes], { type: 'image/png' }));
		expect((await photos.upload('m/one.png', new Blob([bytes]), { upsert: false })).error).not.toBeNull();
		expect((await photos.upload('m/one.png', new Blob(['new']), { upsert: true })).error).toBeNull();
		expect(await (await photos.download('m/one.png')).data?.text()).toBe('new');
		expect((await photos.move('m/one.png', 'm/two.png')).error).toBeNull();
		expect((await photos.remove(['m/two.png'])).error).toBeNull();
		expect((await photos.download('m/two.png')).error).not.toBeNull();
	});

	it('keeps a name that tries to leave the bucket inside it', async () => {
		const { client } = await somebody();
		const photos = client.storage.from('photos');
		await photos.upload('../../../escaped.txt', new Blob(['x']));
		await photos.upload('..%2F..%2Fescaped.txt', new Blob(['x']));
		expect((await client.storage.from('photos').list('')).error).toBeNull();
	});
});
