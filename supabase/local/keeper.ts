/*
 * Sees to it that what was started does not outlive who started it, even when that process is killed outright. A
 * second, detached process holds the other end of a pipe: when the pipe closes it ends whatever is still on its list.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** What is to be ended: PostgreSQL, a whole group of processes by its leader, or a folder to be removed last. */
export type Kept = { kind: 'postgres' | 'group'; pid: number } | { kind: 'folder'; path: string };

let keeper: ChildProcessByStdio<Writable, null, null> | null = null;

/** Puts this on the keeper's list, until the returned function is called. */
export function keep(kept: Kept): () => void {
	tell({ add: kept });
	return () => tell({ remove: kept });
}

type Line = { add: Kept } | { remove: Kept };

function tell(line: Line): void {
	keeper ??= startKeeper();
	keeper.stdin.write(`${JSON.stringify(line)}\n`);
}

function startKeeper(): ChildProcessByStdio<Writable, null, null> {
	const child = spawn(process.execPath, [fileURLToPath(import.meta.url)], {
		// The pipe has to be all that ties the two together.
		detached: true,
		windowsHide: true,
		cwd: '/',
		stdio: ['pipe', 'ignore', 'ignore']
	});
	child.unref();
	child.stdin.on('error', () => {});
	if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
	return child;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await watch();

async function watch(): Promise<void> {
	const list = new Map<string, Kept>();
	for await (const text of createInterface({ input: process.stdin })) {
		const line = JSON.parse(text) as Line;
		if ('add' in line) list.set(JSON.stringify(line.add), line.add);
		else list.delete(JSON.stringify(line.remove));
	}
	const left = [...list.values()];
	await Promise.all(left.map((kept) => (kept.kind === 'folder' ? null : end(kept.pid, kept.kind))));
	for (const kept of left) if (kept.kind === 'folder') rmSync(kept.path, { recursive: true, force: true });
}

/** PostgreSQL is asked to shut down first, so that the next start need not recover. */
async function end(pid: number, kind: 'postgres' | 'group'): Promise<void> {
	if (process.platform === 'win32') {
		spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
		return;
	}
	const target = kind === 'group' ? -pid : pid;
	const signals = kind === 'group' ? (['SIGTERM', 'SIGKILL'] as const) : (['SIGINT', 'SIGQUIT', 'SIGKILL'] as const);
	for (const signal of signals) {
		if (!send(target, signal)) return;
		for (let waited = 0; waited < 1500 && send(target, 0); waited += 50) await sleep(50);
	}
}

/** False when nothing is left to receive it. */
function send(target: number, signal: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(target, signal);
	} catch {
		return false;
	}
}
