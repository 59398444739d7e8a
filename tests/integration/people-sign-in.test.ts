import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { asAnonymous, asService, asUser, aUser, client, keys, mailboxUrl, sql } from '../support/database.ts';

const service = asService();
const aHash = () => (randomUUID() + randomUUID()).replaceAll('-', '');

const begin = async (address_hash: string, client_hash: string) =>
	(await service.rpc('begin_sign_in', { address_hash, client_hash })).data;
const guess = async (address_hash: string, client_hash: string) =>
	(await service.rpc('count_guess', { address_hash, client_hash })).data;
const lastCodeWas = (address_hash: string, ago: string) =>
	sql`update private.sign_in_codes set sent_at = now() - ${ago}::interval where address_hash = ${address_hash}`;

describe('codes are sent', () => {
	test('once in half a minute to an address, five times an hour', async () => {
		const address = aHash();
		const sends: (string | null)[] = [];
		for (let index = 0; index < 7; index++) {
			sends.push(await begin(address, aHash()));
			if (index > 0) await lastCodeWas(address, '31 seconds');
		}
		expect(sends).toEqual(['ok', 'wait', 'ok', 'ok', 'ok', 'ok', 'wait']);
		await sql`update private.sign_in_codes set since = now() - interval '61 minutes' where address_hash = ${address}`;
		expect(await begin(address, aHash())).toBe('ok');
	});

	test('once to a new address, however often it is asked for at once', async () => {
		const address = aHash();
		const sends = await Promise.all(Array.from({ length: 20 }, () => begin(address, aHash())));
		expect(sends.filter((answer) => answer === 'ok')).toHaveLength(1);
	});

	test('again at once where the code was guessed at too often', async () => {
		const address = aHash();
		await begin(address, aHash());
		for (let index = 0; index < 5; index++) await guess(address, aHash());
		expect(await begin(address, aHash())).toBe('ok');
	});

	test('thirty times an hour to one client, and to others meanwhile', async () => {
		const ward = aHash();
		const sends = new Set<string | null>();
		for (let index = 0; index < 30; index++) sends.add(await begin(aHash(), ward));
		expect([...sends]).toEqual(['ok']);
		expect(await begin(aHash(), ward)).toBe('wait');
		expect(await begin(aHash(), aHash())).toBe('ok');
	});
});

describe('a code cannot be guessed', () => {
	test('there are five guesses at one code, also when all come at once', async () => {
		const address = aHash();
		await begin(address, aHash());
		const guesses = await Promise.all(Array.from({ length: 40 }, () => guess(address, aHash())));
		expect(guesses.filter((answer) => answer === 'ok')).toHaveLength(5);
		expect(guesses.filter((answer) => answer === 'too_many')).toHaveLength(35);
	});

	test('a client has sixty guesses an hour, whatever addresses it tries', async () => {
		const eve = aHash();
		const answers: (string | null)[] = [];
		for (let index = 0; index < 62; index++) {
			const address = aHash();
			await begin(address, aHash());
			answers.push(await guess(address, eve));
		}
		expect(answers.slice(0, 60)).toEqual(Array(60).fill('ok'));
		expect(answers.slice(60)).toEqual(['too_many', 'too_many']);
	});

	test('no code, an old one and a used one are none', async () => {
		const address = aHash();
		expect(await guess(address, aHash())).toBe('expired');
		await begin(address, aHash());
		await lastCodeWas(address, '30 minutes 1 second');
		expect(await guess(address, aHash())).toBe('expired');
		await lastCodeWas(address, '29 minutes');
		expect(await guess(address, aHash())).toBe('ok');
		await service.rpc('forget_code', { address_hash: address });
		expect(await guess(address, aHash())).toBe('expired');
	});

	test('nobody else counts, or takes the count away', async () => {
		const user = asUser(await aUser());
		for (const db of [asAnonymous(), user]) {
			const hashes = { address_hash: aHash(), client_hash: aHash() };
			expect((await db.rpc('begin_sign_in', hashes)).error?.code).toBe('42501');
			expect((await db.rpc('count_guess', hashes)).error?.code).toBe('42501');
			expect((await db.rpc('forget_code', { address_hash: aHash() })).error?.code).toBe('42501');
		}
	});
});

describe('a session', () => {
	const signedIn = async () => {
		const email = `${randomUUID()}@people.example`;
		const db = client(keys.publishable);
		expect((await db.auth.signInWithOtp({ email })).error).toBeNull();
		const { data, error } = await db.auth.verifyOtp({ email, token: await codeFor(email), type: 'email' });
		expect(error).toBeNull();
		return { db, userId: data.user!.id };
	};

	test('is known from the sign-in on, and over after half an hour without a request', async () => {
		const { db, userId } = await signedIn();
		expect((await db.rpc('touch_session')).data).toBe(false);
		await db.rpc('begin_session');
		expect((await db.rpc('touch_session')).data).toBe(true);
		const idle = (ago: string) =>
			sql`update private.staff_sessions set seen_at = now() - ${ago}::interval where user_id = ${userId}`;
		await idle('29 minutes');
		expect((await db.rpc('touch_session')).data).toBe(true);
		await idle('30 minutes 1 second');
		expect((await db.rpc('touch_session')).data).toBe(false);
		// A session that is over stays over: it does not begin anew by itself.
		await db.rpc('begin_session');
		expect((await db.rpc('touch_session')).data).toBe(false);
	});

	test('ends here, or everywhere, at once', async () => {
		const { db: here, userId } = await signedIn();
		await here.rpc('begin_session');
		await sql`insert into private.staff_sessions (session_id, user_id) values (gen_random_uuid(), ${userId})`;
		const left = async () =>
			(await sql`select count(*)::int as n from private.staff_sessions where user_id = ${userId}`)[0]!.n as number;
		await here.rpc('end_session', { everywhere: false });
		expect(await left()).toBe(1);
		expect((await here.rpc('touch_session')).data).toBe(false);
		await here.rpc('end_session', { everywhere: true });
		expect(await left()).toBe(0);
	});

	test('tells who it is of, and nobody of a visitor', async () => {
		const user = await aUser();
		expect((await asUser(user).rpc('whoami')).data).toEqual({
			id: user.id,
			email: user.email,
			name: null,
			programs: []
		});
		expect((await asAnonymous().rpc('whoami')).error?.code).toBe('42501');
	});

	test('never comes by a password, set beforehand or later', async () => {
		const email = `${randomUUID()}@people.example`;
		const password = 'correct horse battery staple';
		const db = client(keys.publishable);
		await db.auth.signUp({ email, password });
		await sql`update auth.users set email_confirmed_at = now() where email = ${email}`;
		expect((await db.auth.signInWithPassword({ email, password })).data.session).toBeNull();
		const [row] = await sql`select encrypted_password from auth.users where email = ${email}`;
		expect(row!.encrypted_password ?? '').toBe('');
		const { db: own, userId } = await signedIn();
		await own.auth.updateUser({ password });
		const [later] = await sql`select email, encrypted_password from auth.users where id = ${userId}`;
		expect(later!.encrypted_password ?? '').toBe('');
		const other = client(keys.publishable);
		expect((await other.auth.signInWithPassword({ email: later!.email as string, password })).data.session).toBeNull();
	});
});

/** The six digits in the newest mail to an address. */
async function codeFor(email: string): Promise<string> {
	const mail = (await (await fetch(`${mailboxUrl}/messages.json`)).json()) as { to: string; text: string }[];
	return /\b\d{6}\b/.exec(mail.find(({ to }) => to === email)?.text ?? '')![0];
}

test('each night what is over is forgotten', async () => {
	const [address, eve] = [aHash(), aHash()];
	await begin(address, eve);
	await sql`update private.sign_in_codes set since = now() - interval '25 hours' where address_hash = ${address}`;
	await sql`update private.sign_in_clients set since = now() - interval '25 hours' where client_hash = ${eve}`;
	await service.rpc('purge_sign_in');
	const [left] = await sql`select
		(select count(*) from private.sign_in_codes where address_hash = ${address})::int as codes,
		(select count(*) from private.sign_in_clients where client_hash = ${eve})::int as clients`;
	expect(left).toEqual({ codes: 0, clients: 0 });
});
