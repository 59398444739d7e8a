import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import * as messages from './messages.ts';
import { Trouble } from './trouble.ts';

export interface Migration {
	file: string;
	version: string;
	name: string;
	sql: string;
}

interface Applied {
	version: string;
	name: string | null;
	statements: string[] | null;
}

/** The migrations in `folder` in their order: `<14 digits>_<name>.sql`, as the Supabase CLI names them. */
export function readMigrations(folder: string): Migration[] {
	return readdirSync(folder)
		.filter((file) => /^\d{14}_\w+\.sql$/.test(file))
		.sort()
		.map((file) => ({
			file,
			version: file.slice(0, 14),
			name: file.slice(15, -'.sql'.length),
			sql: readFileSync(path.join(folder, file), 'utf8')
		}));
}

/**
 * Applies each migration once, in a transaction of its own together with its entry in the Supabase CLI's table.
 *
 * @param sql a connection as `postgres`, the role that runs migrations on hosted Supabase
 * @returns the files applied now
 * @throws Trouble naming the file, line and column of what failed, or the file that was changed after it was applied
 */
export async function migrate(sql: postgres.Sql, folder: string): Promise<string[]> {
	await sql.unsafe(`
		create schema if not exists supabase_migrations;
		create table if not exists supabase_migrations.schema_migrations (
			version text not null primary key, statements text[], name text
		)`);
	const applied = await sql<Applied[]>`
		select version, name, statements from supabase_migrations.schema_migrations order by version`;
	const migrations = readMigrations(folder);
	const waiting = pendingMigrations(migrations, applied);
	for (const migration of waiting) await apply(sql, migration);
	return waiting.map((migration) => migration.file);
}

/**
 * Which migrations are still to be applied.
 *
 * @throws Trouble when what was applied is no longer what the folder says
 */
export function pendingMigrations(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
	const last = applied.at(-1);
	for (const done of applied) {
		const migration = migrations.find((candidate) => candidate.version === done.version);
		if (!migration) throw new Trouble(messages.migrationMissing(done.version, done.name ?? ''));
		if (done.statements?.join('') !== migration.sql) throw new Trouble(messages.migrationChanged(migration.file));
	}
	const waiting = migrations.filter((migration) => !applied.some((done) => done.version === migration.version));
	const early = waiting.find((migration) => last && migration.version < last.version);
	if (early && last)
		throw new Trouble(messages.migrationOutOfOrder(early.file, `${last.version}_${last.name ?? ''}.sql`));
	return waiting;
}

async function apply(sql: postgres.Sql, migration: Migration): Promise<void> {
	try {
		await sql.begin(async (transaction) => {
			await transaction.unsafe(migration.sql);
			await transaction`
				insert into supabase_migrations.schema_migrations (version, name, statements)
				values (${migration.version}, ${migration.name}, ${[migration.sql]})`;
		});
	} catch (error) {
		if (!(error instanceof postgres.PostgresError)) throw error;
		const { place, line } = locate(migration, Number(error.position ?? 0));
		const said = [error.message, error.detail, error.hint, error.where, line && `| ${line}`]
			.filter(Boolean)
			.join('\n  ');
		throw new Trouble(messages.migrationFailed(place, said));
	}
}

/** `file:line:column` of a position counted in characters from 1, as PostgreSQL counts; the file alone for 0. */
export function locate(migration: Migration, position: number): { place: string; line: string } {
	if (!position) return { place: migration.file, line: '' };
	// PostgreSQL counts characters, JavaScript UTF-16 units.
	const before = [...migration.sql]
		.slice(0, position - 1)
		.join('')
		.split('\n');
	const column = [...(before.at(-1) ?? '')].length + 1;
	const line = migration.sql.split('\n')[before.length - 1] ?? '';
	return { place: `${migration.file}:${before.length}:${column}`, line: line.trim() };
}
