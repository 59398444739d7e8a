/**
 * The invented staff of the demonstration's programs. They sign in as everybody does, by a code that comes to the local
 * mailbox. Written in SQL, which only the local database is reached by: a hosted one never gets these accounts.
 */
import postgres from 'postgres';
import { readRows } from './rows.ts';

export interface SampleAccount {
	/** The program's slug. */
	program: string;
	role: string;
	name: string;
	/** Ends in `.example`, which belongs to nobody (RFC 2606). */
	email: string;
}

export async function sampleAccounts(): Promise<SampleAccount[]> {
	return (await readRows('staff.csv')).map(({ program = '', role = '', name = '', email = '' }) => {
		if (!email.endsWith('.example'))
			throw new Error(`supabase/seed/staff.csv: ${name} has an address outside .example`);
		return { program, role, name, email };
	});
}

/** Idempotent: an account that is there keeps the roles it has by now. */
export async function loadStaff(databaseUrl: string): Promise<number> {
	const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
	try {
		const accounts = await sampleAccounts();
		await sql.begin(async (transaction) => {
			for (const account of accounts) await addAccount(transaction, account);
		});
		return accounts.length;
	} finally {
		await sql.end({ timeout: 2 });
	}
}

async function addAccount(sql: postgres.TransactionSql, { program, role, name, email }: SampleAccount): Promise<void> {
	const [found] = await sql`select from auth.users where email = ${email}`;
	if (found) return;
	// As Auth itself writes somebody who has confirmed an address.
	const [user] = await sql<{ id: string }[]>`
		insert into auth.users (id, aud, role, email, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
		values (gen_random_uuid(), 'authenticated', 'authenticated', ${email}, now(),
			${sql.json({ provider: 'email', providers: ['email'] })}, ${sql.json({})})
		returning id`;
	await sql`
		insert into auth.identities (id, user_id, provider, provider_id, identity_data)
		values (gen_random_uuid(), ${user!.id}, 'email', ${user!.id},
			${sql.json({ sub: user!.id, email, email_verified: true })})`;
	await sql`insert into public.people (user_id, name) values (${user!.id}, ${name})`;
	await sql`
		insert into public.memberships (program_id, user_id, role)
		select p.id, ${user!.id}, ${role} from public.programs p where p.slug = ${program}`;
}
