import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Trouble } from '../../supabase/local/trouble.ts';
import { fingerprint } from './fingerprint.ts';
import * as messages from './messages.ts';
import { root } from './root.ts';
import { runTool } from './run-tool.ts';
import { quietWrangler } from './wrangler.ts';

/** What a build is made from. Paraglide's compiled messages are made by the build itself. */
const INPUTS = [
	...[
		'src',
		'static',
		'messages',
		'worker',
		'package-lock.json',
		'svelte.config.js',
		'vite.config.ts',
		'vite.enhance.config.ts',
		'paraglide.options.ts',
		'tsconfig.json'
	],
	...['_headers', 'wrangler.toml', 'wrangler.adapter.toml', '_redirects', 'project.inlang/settings.json']
];
const MADE_BY_THE_BUILD = ['src/lib/paraglide', 'static/enhance'];

const OUTPUT = path.join(root, '.svelte-kit');

/** The static files, and the Worker as one module: what is deployed, ready to be served. */
export const built = {
	assets: path.join(OUTPUT, 'cloudflare'),
	worker: path.join(OUTPUT, 'worker')
};

/** Beside the output that it describes, so that it can never speak of another checkout's. */
const MARKER = path.join(OUTPUT, 'built-from');

/**
 * Builds the site and bundles its Worker, unless nothing changed since the last build.
 *
 * @returns whether anything had to be built
 * @throws Trouble when it fails; what the tools said is on the terminal
 */
export async function build(log: (line: string) => void): Promise<boolean> {
	const wanted = fingerprint(root, INPUTS, MADE_BY_THE_BUILD);
	const complete = existsSync(MARKER) && existsSync(path.join(built.worker, 'index.js'));
	if (complete && readFileSync(MARKER, 'utf8') === wanted) return false;
	log(messages.building);
	rmSync(MARKER, { force: true });
	// On a fresh clone the settings that tsconfig.json extends are not there yet.
	await run('svelte-kit', ['sync'], '@sveltejs/kit');
	await run('vite', ['build', '--config', 'vite.enhance.config.ts', '--logLevel', 'warn']);
	await run('vite', ['build', '--logLevel', 'warn']);
	rmSync(built.worker, { recursive: true, force: true });
	// A dry run bundles as a deployment does, and sends nothing.
	await run('wrangler', ['deploy', '--dry-run', '--config', 'wrangler.toml', '--outdir', built.worker]);
	writeFileSync(MARKER, wanted);
	return true;
}

/** Shows what a tool said only when it failed. */
async function run(command: string, args: string[], from?: string): Promise<void> {
	const env = { ...quietWrangler(path.join(OUTPUT, 'wrangler')), NODE_ENV: 'production' };
	const { code, output } = await runTool(command, args, { env, from });
	if (code === 0) return;
	console.error(output);
	throw new Trouble(messages.buildFailed);
}
