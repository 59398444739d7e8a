/* What a browser test arranges or looks at behind the site's back: `npm test` names the database in DATABASE_URL. */
import { randomUUID } from 'node:crypto';
import postgres from 'postgres';

export type Sql = postgres.Sql;

export async function withSql<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
	const sql = postgres(process.env.DATABASE_URL!, { max: 1, onnotice: () => {} });
	try {
		return await work(sql);
	} finally {
		await sql.end();
	}
}

/** All tests come from one network address: what it has asked for so far is forgotten. */
export const forgetLimits = () =>
	withSql(async (sql) => {
		await sql`delete from private.sign_in_clients`;
		// What a test sets for itself stays: others run at the same time.
		await sql`delete from private.uses where what not in ('unconfirmed_for', 'feedback', 'interest_for')`;
	});

/** Somebody who has an account, and with a program's slug a role there; signs in as everybody does. */
export async function anAccount(sql: Sql, given: { program?: string; role?: string; name?: string } = {}) {
	const id = randomUUID();
	const email = `${id}@people.example`;
	await sql`
		insert into auth.users (id, aud, role, email, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
		values (${id}, 'authenticated', 'authenticated', ${email}, now(),
			${sql.json({ provider: 'email', providers: ['email'] })}, ${sql.json({})})`;
	await sql`
		insert into auth.identities (id, user_id, provider, provider_id, identity_data)
		values (gen_random_uuid(), ${id}, 'email', ${id}, ${sql.json({ sub: id, email, email_verified: true })})`;
	if (given.name) await sql`insert into public.people (user_id, name) values (${id}, ${given.name})`;
	if (given.program)
		await sql`insert into public.memberships (program_id, user_id, role)
			select p.id, ${id}, ${given.role ?? 'coordinator'} from public.programs p where p.slug = ${given.program}`;
	return { id, email };
}
