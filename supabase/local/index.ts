import { readFileSync } from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { authMailer } from './auth-mail.ts';
import { localKeys, type SupabaseKeys } from './keys.ts';
import { MailStore } from './mail.ts';
import { startMailbox } from './mailbox.ts';
import { migrate } from './migrate.ts';
import { requireFreePort } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { createLite } from './supabase.ts';

export interface LocalSupabaseOptions {
	/** Holds everything that is kept: the database, stored objects, mail, logs. */
	dir: string;
	/** REST, auth and storage; PostgreSQL answers on the next port and the mailbox on the third from here. */
	supabasePort: number;
	/** Whether what is written must survive a power cut; throwaway databases are faster without. */
	durable: boolean;
	/** Where the site answers: links in mail lead there. */
	siteUrl?: string;
	/** Has the site write the mail with a sign-in code, by its Send Email hook; without it the mail is a plain one. */
	sendEmailHookSecret?: string;
	/** Other migrations than the project's own. */
	migrations?: string;
}

export interface LocalSupabase {
	url: string;
	/** As `postgres`, the role that owns the project's tables and runs its migrations, here as on hosted. */
	databaseUrl: string;
	/** As the superuser. */
	adminDatabaseUrl: string;
	mailboxUrl: string;
	keys: SupabaseKeys;
	mail: MailStore;
	/** The migrations applied by this start. */
	migrated: string[];
	/** Settles when PostgreSQL has ended, by `stop` or by itself. */
	ended: Promise<void>;
	stop(): Promise<void>;
}

const MIGRATIONS = path.join(import.meta.dirname, '..', 'migrations');

/**
 * Starts the embedded Supabase on 127.0.0.1: PostgreSQL, REST, auth, storage and the mailbox, migrated and ready.
 *
 * @throws Trouble with a sentence for whatever the person at the terminal can mend; nothing is left running then
 */
export async function startLocalSupabase(options: LocalSupabaseOptions): Promise<LocalSupabase> {
	const { supabasePort, migrations = MIGRATIONS, siteUrl = 'http://127.0.0.1:8787', sendEmailHookSecret } = options;
	const dir = path.resolve(options.dir);
	await requireFreePort('the local Supabase', supabasePort, 'SUPABASE_PORT');
	await requireFreePort('the mailbox', supabasePort + 3, 'SUPABASE_PORT');
	const database = await startPostgres({
		dir,
		port: supabasePort + 1,
		portVariable: 'SUPABASE_PORT',
		durable: options.durable
	});
	const stops: (() => Promise<void>)[] = [database.stop];
	const stop = async () => {
		for (const each of stops.splice(0).reverse()) await each();
	};
	try {
		const mail = new MailStore(path.join(dir, 'mail.jsonl'));
		const sendAuthMail = authMailer(mail, siteUrl, sendEmailHookSecret);
		const lite = createLite({ dir, databaseUrl: database.url, port: supabasePort, siteUrl, sendAuthMail });
		stops.push(lite.stop);
		await lite.prepare();
		const databaseUrl = await bootstrap(database.url);
		const migrated = await withConnection(databaseUrl, (sql) => migrate(sql, migrations));
		await lite.listen();
		const mailbox = await startMailbox(mail, supabasePort + 3);
		stops.push(async () => {
			mailbox.closeAllConnections();
			mailbox.close();
		});
		return {
			url: `http://127.0.0.1:${supabasePort}`,
			databaseUrl,
			adminDatabaseUrl: database.url,
			mailboxUrl: `http://127.0.0.1:${supabasePort + 3}`,
			keys: localKeys,
			mail,
			migrated,
			ended: database.exited,
			stop
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Gives the database what a hosted project starts with. @returns the address for the role `postgres` */
async function bootstrap(adminUrl: string): Promise<string> {
	const url = new URL(adminUrl);
	await withConnection(adminUrl, async (sql) => {
		await sql.unsafe(readFileSync(path.join(import.meta.dirname, 'bootstrap.sql'), 'utf8'));
		await sql.unsafe(`alter role postgres password '${decodeURIComponent(url.password)}'`);
	});
	url.username = 'postgres';
	return url.href;
}

async function withConnection<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
	const sql = postgres(url, { max: 1, onnotice: () => {} });
	try {
		return await work(sql);
	} finally {
		await sql.end({ timeout: 2 });
	}
}
