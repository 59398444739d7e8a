/*
 * What an integration test needs to speak with the embedded Supabase: as anybody, as a person, as the service, and in
 * SQL for arranging. Nothing is mocked: it is PostgreSQL behind the same REST, auth and storage as in `npm start`.
 */
import { randomUUID } from 'node:crypto';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import postgres from 'postgres';
import { afterAll, inject } from 'vitest';
import type { Database } from '../../src/lib/server/database.types.ts';
import { signToken, type TokenSubject } from './token.ts';

export type Client = SupabaseClient<Database>;

/** A person with an account and no role. */
export type User = TokenSubject;

const supabase = inject('supabase');

/** Where it answers and the keys to it, for tests that start a client of their own. */
export const { url, keys, mailboxUrl } = supabase;

/** SQL as the superuser, for arranging and looking behind the curtain; never for what a test claims a role may do. */
export const sql = postgres(supabase.adminDatabaseUrl, { max: 10, onnotice: () => {} });

/** SQL as `postgres`, the role that owns the tables and is no superuser. */
export const ownerSql = postgres(supabase.databaseUrl, { max: 2, onnotice: () => {} });

afterAll(async () => {
	await sql.end({ timeout: 2 });
	await ownerSql.end({ timeout: 2 });
});

/** Somebody who is not signed in. */
export const asAnonymous = (): Client => client(keys.publishable);

/** The server with its secret key: row level security does not apply. */
export const asService = (): Client => client(keys.secret);

/** This person, signed in. */
export const asUser = (user: User): Client => client(keys.publishable, signToken(user, keys.jwtSecret));

/** A client of its own for auth and storage calls, holding its session in memory. */
export function client(key: string, token?: string): Client {
	return createClient<Database>(url, key, {
		auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
		global: token ? { headers: { authorization: `Bearer ${token}` } } : {}
	});
}

/** Creates somebody who has confirmed an address. */
export async function aUser(given: Partial<User> = {}): Promise<User> {
	const id = given.id ?? randomUUID();
	const user = { id, email: given.email ?? `${id}@people.example` };
	await sql`
		insert into auth.users (id, aud, role, email, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
		values (${user.id}, 'authenticated', 'authenticated', ${user.email}, now(),
			${sql.json({ provider: 'email', providers: ['email'] })}, ${sql.json({})})`;
	await sql`
		insert into auth.identities (id, user_id, provider, provider_id, identity_data)
		values (gen_random_uuid(), ${user.id}, 'email', ${user.id},
			${sql.json({ sub: user.id, email: user.email, email_verified: true })})`;
	return user;
}
