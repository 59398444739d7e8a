import { spawn, spawnSync } from 'node:child_process';
import {
	chmodSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	truncateSync,
	writeFileSync
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalSupabase } from '../../supabase/local/index.ts';
import { findFreePorts, portIsFree } from '../../supabase/local/ports.ts';
import { throwawayFolder } from '../../supabase/local/throwaway.ts';

const MIGRATIONS = path.join(import.meta.dirname, '..', 'support', 'migrations');
const isRoot = process.getuid?.() === 0;

let dir: string;
let supabasePort: number;

const start = (given: Partial<Parameters<typeof startLocalSupabase>[0]> = {}) =>
	startLocalSupabase({ dir, supabasePort, durable: false, migrations: MIGRATIONS, ...given });

/** The sentence with which a start is refused. */
const refusal = (given?: Partial<Parameters<typeof startLocalSupabase>[0]>): Promise<string> =>
	start(given).then(
		async (supabase) => {
			await supabase.stop();
			return 'It started.';
		},
		(error: Error) => `${error.name}: ${error.message}`
	);

beforeAll(async () => {
	dir = throwawayFolder('folder');
	supabasePort = await findFreePorts(58_321, [0, 1, 3]);
	await (await start()).stop();
});

const made: string[] = [];

afterAll(() => {
	for (const folder of [dir, ...made]) rmSync(folder, { recursive: true, force: true });
});

/** A folder like `dir`, for a test to spoil. */
function aCopy(): string {
	const copy = throwawayFolder('spoilt');
	spawnSync('cp', ['-a', `${dir}/.`, copy]);
	return copy;
}

describe('a second start', () => {
	it('finds what the first left, and applies no migration again', async () => {
		const first = await start();
		const sql = postgres(first.databaseUrl, { max: 1 });
		await sql`insert into public.notes (body) values ('kept')`;
		await sql.end();
		await first.stop();
		const second = await start();
		const again = postgres(second.databaseUrl, { max: 1 });
		expect(await again`select body from public.notes`).toEqual([{ body: 'kept' }]);
		await again.end();
		expect(second.migrated).toEqual([]);
		await second.stop();
	});

	it('while the first runs is refused in a sentence', async () => {
		const first = await start();
		const other = await findFreePorts(supabasePort + 10, [0, 1, 3]);
		expect(await refusal({ supabasePort: other })).toMatch(/^Trouble: The database in .* is already running/);
		await first.stop();
	});
});

describe('a taken port', () => {
	it.each([
		['the local Supabase', 0],
		['the database', 1],
		['the mailbox', 3]
	])('of %s is named in a sentence, with the variable that moves it', async (what, offset) => {
		const server = createServer().listen(supabasePort + offset, '127.0.0.1');
		await sleep(20);
		expect(await refusal()).toContain(`Trouble: Port ${supabasePort + offset}, which ${what} needs, is taken`);
		expect(await refusal()).toContain('SUPABASE_PORT=');
		server.close();
	});
});

describe('a damaged folder is named in a sentence, with npm run db:reset,', () => {
	it.each([
		['when PG_VERSION is missing', 'PG_VERSION is missing', (copy: string) => rmSync(`${copy}/postgres/PG_VERSION`)],
		[
			'when another PostgreSQL made it',
			'made by PostgreSQL 15',
			(copy: string) => writeFileSync(`${copy}/postgres/PG_VERSION`, '15\n')
		],
		[
			'when the control file is cut short',
			'could not',
			(copy: string) => truncateSync(`${copy}/postgres/global/pg_control`, 100)
		],
		['when a folder is gone', 'could not', (copy: string) => rmSync(`${copy}/postgres/pg_wal`, { recursive: true })],
		['when the password is gone', 'PG_VERSION is missing', (copy: string) => rmSync(`${copy}/postgres.password`)]
	])('%s', async (_, said, spoil) => {
		const copy = aCopy();
		spoil(copy);
		const sentence = await refusal({ dir: copy });
		expect(sentence).toMatch(/^Trouble: /);
		expect(sentence).toContain(copy);
		expect(sentence).toContain(said);
		expect(sentence).toContain('npm run db:reset');
		rmSync(copy, { recursive: true });
	});
});

describe('what a killed run leaves', () => {
	it('is cleared when its process number is meanwhile somebody else’s', async () => {
		const copy = aCopy();
		writeFileSync(
			`${copy}/postgres/postmaster.pid`,
			`${process.pid}\n${copy}/postgres\n1\n5432\n\n127.0.0.1\n1 1\nready\n`
		);
		expect(await refusal({ dir: copy })).toBe('It started.');
		rmSync(copy, { recursive: true });
	});

	it('is gone within seconds when the process that started it is killed outright', async () => {
		const copy = aCopy();
		const started = spawn(
			process.execPath,
			[
				'--input-type=module',
				'--eval',
				`
				import { startLocalSupabase } from ${JSON.stringify(path.resolve('supabase/local/index.ts'))};
				await startLocalSupabase(${JSON.stringify({ dir: copy, supabasePort, durable: false, migrations: MIGRATIONS })});
				console.log('ready');`
			],
			{ stdio: ['ignore', 'pipe', 'inherit'] }
		);
		await new Promise((resolve) => started.stdout.once('data', resolve));
		expect(await portIsFree(supabasePort + 1)).toBe(false);
		started.kill('SIGKILL');
		const deadline = Date.now() + 5000;
		while (Date.now() < deadline && existsSync(`${copy}/postgres/postmaster.pid`)) await sleep(50);
		expect(await portIsFree(supabasePort + 1)).toBe(true);
		expect(await refusal({ dir: copy })).toBe('It started.');
		rmSync(copy, { recursive: true });
	});
});

describe('migrations', () => {
	const withMigrations = (files: Record<string, string>) => {
		const folder = mkdtempSync(path.join(tmpdir(), 'bearings-migrations-'));
		made.push(folder);
		cpSync(MIGRATIONS, folder, { recursive: true });
		for (const [name, sql] of Object.entries(files)) writeFileSync(path.join(folder, name), sql);
		return folder;
	};

	it('that fail are named with file, line and column, and leave nothing behind', async () => {
		const migrations = withMigrations({
			'20260102000000_bad.sql': 'create table public.half (id int);\n\nselect nothing;'
		});
		const sentence = await refusal({ migrations });
		expect(sentence).toContain(
			'Trouble: The migration failed at 20260102000000_bad.sql:3:8: column "nothing" does not exist'
		);
		const supabase = await start();
		const sql = postgres(supabase.databaseUrl, { max: 1 });
		expect(await sql`select to_regclass('public.half')::text as found`).toEqual([{ found: null }]);
		await sql.end();
		await supabase.stop();
	});

	it('run as a role that is no superuser, as on hosted', async () => {
		const migrations = withMigrations({ '20260102000000_bad.sql': 'create extension file_fdw;' });
		expect(await refusal({ migrations })).toContain('permission denied to create extension "file_fdw"');
	});

	it('changed after they were applied are named, with npm run db:reset', async () => {
		const [file = ''] = readdirSync(MIGRATIONS);
		const sql = readFileSync(path.join(MIGRATIONS, file), 'utf8');
		const sentence = await refusal({ migrations: withMigrations({ [file]: `${sql}\n-- changed` }) });
		expect(sentence).toContain(`${file} has been changed since it was applied`);
		expect(sentence).toContain('npm run db:reset');
	});
});

describe('a folder that cannot be used', () => {
	it('because PostgreSQL’s user cannot enter it is named in a sentence', async (context) => {
		if (!isRoot) return context.skip('only root runs PostgreSQL as another user');
		const closed = mkdtempSync(path.join(tmpdir(), 'bearings-closed-'));
		chmodSync(closed, 0o700);
		mkdirSync(path.join(closed, 'local'));
		const sentence = await refusal({ dir: path.join(closed, 'local') });
		expect(sentence).toMatch(new RegExp(`^Trouble: .*cannot enter ${closed}.*LOCAL_DIR=`));
		rmSync(closed, { recursive: true });
	});

	it('because it cannot be written is named in a sentence', async () => {
		const file = path.join(dir, 'a-file');
		writeFileSync(file, '');
		expect(await refusal({ dir: path.join(file, 'below') })).toMatch(/^Trouble: The folder .* cannot be written/);
	});
});
