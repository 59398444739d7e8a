import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { keep } from '../../supabase/local/keeper.ts';
import { root } from './root.ts';
import { toolPath } from './tools.ts';

export interface ToolOptions {
	/** The package that brings the command, where it is not named like it. */
	from?: string;
	env?: Record<string, string>;
	/** Shows its output as it comes, rather than only returning it. */
	live?: boolean;
}

export interface ToolResult {
	/** The exit code; null when a signal ended it. */
	code: number | null;
	/** What it said on both streams, unless it was shown live. */
	output: string;
}

/** Shown later or not, the output is for this terminal, or for a file that wants no colours. */
const COLOURS: Record<string, string> = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };

const running = new Set<number>();

/**
 * Runs a command of node_modules in a group of processes of its own, all of which ends with it: a build leaves its
 * workerd running otherwise.
 */
export async function runTool(command: string, args: string[], options: ToolOptions = {}): Promise<ToolResult> {
	const child = spawn(process.execPath, [toolPath(command, options.from), ...args], {
		cwd: root,
		detached: process.platform !== 'win32',
		stdio: options.live ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, ...(options.live ? {} : COLOURS), ...options.env }
	});
	const pid = child.pid ?? 0;
	const release = keep({ kind: 'group', pid });
	running.add(pid);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
	// Not 'close': what a tool leaves running may hold its streams open.
	const [code] = (await once(child, 'exit')) as [number | null];
	await new Promise((resolve) => setImmediate(resolve));
	endGroup(pid);
	running.delete(pid);
	release();
	return { code, output };
}

/** Ends every tool that is still running. */
export function stopTools(): void {
	for (const pid of running) endGroup(pid);
}

function endGroup(leader: number): void {
	try {
		process.kill(process.platform === 'win32' ? leader : -leader, 'SIGKILL');
	} catch {
		// None of it is left.
	}
}
