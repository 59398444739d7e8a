import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { keep } from './keeper.ts';
import * as messages from './messages.ts';
import { PortTaken, requireFreePort } from './ports.ts';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { makeUsable, openFolder, SUPERUSER } from './postgres-folder.ts';
import { Trouble } from './trouble.ts';
import { unprivilegedUser } from './unprivileged.ts';

export interface PostgresOptions {
	/** Holds the database (`postgres/`), the superuser's password and the log. */
	dir: string;
	port: number;
	/** The environment variable that moves the port, for the sentence said when it is taken. */
	portVariable: string;
	/** Whether what is written must survive a power cut; throwaway databases are faster without. */
	durable: boolean;
}

export interface RunningPostgres {
	/** As the superuser. */
	url: string;
	/** Settles when PostgreSQL has ended, by `stop` or by itself. */
	exited: Promise<void>;
	stop(): Promise<void>;
}

/**
 * Starts PostgreSQL 17 on 127.0.0.1, making the database on first use.
 *
 * @throws Trouble for whatever the person at the terminal can mend: a taken port, a damaged folder, …
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
	const { dir, port } = options;
	await requireFreePort('the database', port, options.portVariable);
	const user = unprivilegedUser();
	makeUsable(dir, user);
	const binaries = findPostgresBinaries(user, dir);
	const { data, password } = openFolder(dir, binaries, user);
	const log = path.join(dir, 'logs', 'postgres.log');
	mkdirSync(path.dirname(log), { recursive: true });
	const output = openSync(log, 'w');
	const child = spawn(binaries.postgres, ['-D', data, ...settings(options)], {
		...user,
		cwd: data,
		stdio: ['ignore', output, output],
		// Ctrl-C in a terminal reaches the whole group; the launcher alone decides when the database stops.
		detached: process.platform !== 'win32',
		env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
	});
	closeSync(output);
	const release = keep({ kind: 'postgres', pid: child.pid ?? 0 });
	const exited = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
		child.once('error', () => resolve());
	}).then(release);
	const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
	if (!(await answers(url, child))) {
		child.kill('SIGQUIT');
		await exited;
		const said = lastComplaint(readFileSync(log, 'utf8'));
		if (/could not (bind|create any TCP)/i.test(said)) {
			throw new PortTaken('the database', port, options.portVariable);
		}
		throw new Trouble(messages.postgresDidNotStart(data, said, log));
	}
	child.unref();
	return { url, exited, stop: () => stop(child, exited, binaries, data) };
}

function settings({ port, durable }: PostgresOptions): string[] {
	const values: Record<string, string | number> = {
		port,
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		max_connections: 60,
		shared_buffers: '128MB',
		// Nothing replicates a local database.
		wal_level: 'minimal',
		max_wal_senders: 0,
		synchronous_commit: 'off',
		fsync: durable ? 'on' : 'off',
		full_page_writes: durable ? 'on' : 'off',
		timezone: 'UTC',
		log_timezone: 'UTC',
		log_min_messages: 'warning',
		// Every refused statement is an error to PostgreSQL and an answer to us; the log is for its own troubles.
		log_min_error_statement: 'panic'
	};
	return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Waits until a query is answered; false when the process ends first or a minute passes. */
async function answers(url: string, child: ChildProcess): Promise<boolean> {
	for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(40)) {
		if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return false;
		const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
		try {
			await sql`select 1`;
			return true;
		} catch {
			// Not yet listening, or still recovering from a kill.
		} finally {
			await sql.end({ timeout: 1 });
		}
	}
	return false;
}

/** The last FATAL or PANIC line of the log, without its time and process number. */
function lastComplaint(log: string): string {
	const lines = log.trim().split('\n');
	const line = lines.findLast((candidate) => /(FATAL|PANIC):/.test(candidate)) ?? lines.at(-1) ?? '';
	return line.replace(/^.*?(FATAL|PANIC):\s*/, '').trim() || 'it ended without saying why';
}

/** Fast shutdown, then immediate, then kill: each when the one before has not ended it in time. */
async function stop(
	child: ChildProcess,
	exited: Promise<void>,
	binaries: PostgresBinaries,
	data: string
): Promise<void> {
	if (process.platform === 'win32') {
		spawnSync(binaries.pgCtl, ['stop', '-D', data, '-m', 'fast', '-w']);
		return exited;
	}
	child.ref();
	for (const [signal, patience] of [
		['SIGINT', 10_000],
		['SIGQUIT', 3_000],
		['SIGKILL', 3_000]
	] as const) {
		if (child.exitCode !== null || child.signalCode !== null) return;
		child.kill(signal);
		const abort = new AbortController();
		await Promise.race([exited, sleep(patience, undefined, { signal: abort.signal }).catch(() => {})]);
		abort.abort();
	}
}
