import { spawn } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keep } from '../../supabase/local/keeper.ts';
import { requireFreePort } from '../../supabase/local/ports.ts';
import { Trouble } from '../../supabase/local/trouble.ts';
import { built } from './build.ts';
import * as messages from './messages.ts';
import { root } from './root.ts';
import type { Served } from './serve.ts';
import { quietWrangler } from './wrangler.ts';

export interface SiteOptions {
	port: number;
	/** Holds the copy that is served, the Worker's state and the log. */
	dir: string;
	vars: Record<string, string>;
	/** Not to be seen in the list of processes. */
	secrets: Record<string, string>;
}

export interface Site {
	url: string;
	/** Settles when the site has ended, by `stop` or by itself. */
	exited: Promise<void>;
	stop(): Promise<void>;
}

/** Where a site writes its log, in the folder that it was given. */
export const siteLog = (dir: string): string => path.join(dir, 'logs', 'site.log');

/**
 * Serves the built Worker in workerd on 127.0.0.1, from a copy of its own: a later build does not pull the ground from
 * under a running site. Resolves once the site answers.
 *
 * @throws Trouble when the port is taken or the site does not come up
 */
export async function startSite({ port, dir, vars, secrets }: SiteOptions): Promise<Site> {
	await requireFreePort('the site', port, 'PORT');
	const copy = path.join(dir, 'site');
	rmSync(copy, { recursive: true, force: true });
	cpSync(built.assets, path.join(copy, 'assets'), { recursive: true });
	cpSync(built.worker, path.join(copy, 'worker'), { recursive: true });
	cpSync(path.join(root, 'wrangler.toml'), path.join(copy, 'wrangler.toml'));
	const log = siteLog(dir);
	mkdirSync(path.dirname(log), { recursive: true });
	const output = openSync(log, 'w');
	const child = spawn(process.execPath, [path.join(import.meta.dirname, 'serve.ts')], {
		cwd: copy,
		// A group of its own, so that workerd ends with it.
		detached: process.platform !== 'win32',
		stdio: ['pipe', output, output],
		env: { ...process.env, ...quietWrangler(path.join(dir, 'wrangler')) }
	});
	const served: Served = { port, folder: copy, bindings: { ...vars, ...secrets } };
	// Where it has ended by itself, that is said below.
	child.stdin?.on('error', () => {});
	child.stdin?.end(JSON.stringify(served));
	closeSync(output);
	const release = keep({ kind: 'group', pid: child.pid ?? 0 });
	let ended = false;
	const exited = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
		child.once('error', () => resolve());
	}).then(() => {
		ended = true;
		release();
	});
	const signal = (name: NodeJS.Signals) => {
		if (child.pid && !ended) process.kill(process.platform === 'win32' ? child.pid : -child.pid, name);
	};
	const stop = async () => {
		signal('SIGTERM');
		const patience = setTimeout(() => signal('SIGKILL'), 2000);
		await exited;
		clearTimeout(patience);
	};
	const url = `http://127.0.0.1:${port}`;
	if (await answers(url, () => ended)) return { url, exited, stop };
	await stop();
	throw new Trouble(messages.siteDidNotStart(log, firstError(readFileSync(log, 'utf8'))));
}

/** Waits, at most a minute, until the site answers anything but a gateway's error. */
async function answers(url: string, gaveUp: () => boolean): Promise<boolean> {
	for (const deadline = Date.now() + 60_000; Date.now() < deadline && !gaveUp(); await sleep(100)) {
		try {
			const response = await fetch(`${url}/help-now`, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
			await response.body?.cancel();
			if (response.status < 500) return true;
		} catch {
			// Not listening yet.
		}
	}
	return false;
}

const firstError = (log: string) => /ERR\w*\W*\s(.+)/.exec(log)?.[1]?.trim() ?? '';
