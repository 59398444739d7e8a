import path from 'node:path';
import { startThrowawaySite } from './throwaway-site.ts';
import { build } from './build.ts';
import { root } from './root.ts';
import { runTool, type ToolOptions } from './run-tool.ts';
import { addTallies, noTests, readTally, TALLY_FILE, type Tally } from './tally.ts';
import type { Settings } from './settings.ts';

export interface PartResult {
	ok: boolean;
	/** Worth showing even when all is well. */
	output: string;
	tally: Tally;
}

export interface PartContext {
	/** A folder for this run's own files. */
	scratch: string;
	settings: Settings;
	/** Handed on to the test runners: names of files, and `--grep`. */
	filters: string[];
	grep: string | null;
	/** A folder in which throwaway databases are to be made, if one was named. */
	parent: string | undefined;
}

export type Part = (context: PartContext) => Promise<PartResult>;

/** Needs nothing that a fresh clone has not, and leaves what the others read: Kit's types and the compiled messages. */
export const prepare: Part = () =>
	inTurn([
		() => tool('svelte-kit', ['sync'], { from: '@sveltejs/kit' }),
		() =>
			tool(
				'paraglide-js',
				[
					'compile',
					'--project',
					'./project.inlang',
					'--outdir',
					'./src/lib/paraglide',
					'--strategy',
					'baseLocale',
					'--emit-ts-declarations',
					'--silent'
				],
				{ from: '@inlang/paraglide-js' }
			)
	]);

export const format: Part = () => tool('prettier', ['--check', '--log-level', 'warn', '.']);

export const lint: Part = () => tool('eslint', ['--max-warnings', '0', '.']);

export const types: Part = () =>
	inTurn([
		() => tool('svelte-check', ['--tsconfig', './tsconfig.json', '--threshold', 'warning', '--output', 'human']),
		// The Worker has other globals than the rest.
		() => tool('tsc', ['--noEmit', '--project', 'worker'], { from: 'typescript' })
	]);

export const databaseTypes: Part = async () => {
	const { checkDatabaseTypes } = await import('./types.ts');
	const complaint = await checkDatabaseTypes();
	return { ok: complaint === null, output: complaint ?? '', tally: noTests() };
};

export const unit: Part = (context) => vitest('unit', context);

export const integration: Part = (context) => vitest('integration', context);

export const buildSite: Part = async () => {
	await build(() => {});
	return { ok: true, output: '', tally: noTests() };
};

export const browser: Part = async (context) => {
	const site = await startThrowawaySite(context.settings, context.parent);
	try {
		const file = path.join(context.scratch, 'browser.json');
		const grep = context.grep ? ['--grep', context.grep] : [];
		const reporters = `list,${path.join(root, 'scripts', 'support', 'playwright-tally.ts')}`;
		const { code } = await runTool(
			'playwright',
			['test', '--pass-with-no-tests', '--reporter', reporters, ...grep, ...context.filters],
			{ from: '@playwright/test', live: true, env: { ...site.environment, [TALLY_FILE]: file } }
		);
		return counted(code, '', readTally(file));
	} finally {
		await site.stop();
	}
};

async function vitest(project: string, { scratch, filters, grep }: PartContext): Promise<PartResult> {
	const file = path.join(scratch, `${project}.json`);
	const reporters = ['--reporter=default', `--reporter=${path.join(root, 'scripts', 'support', 'vitest-tally.ts')}`];
	const { code, output } = await runTool(
		'vitest',
		[
			'run',
			'--project',
			project,
			'--allowOnly=false',
			'--passWithNoTests',
			...reporters,
			...(grep ? ['-t', grep] : []),
			...filters
		],
		{ env: { [TALLY_FILE]: file } }
	);
	return counted(code, output, readTally(file));
}

/** A runner that failed without naming a failed test counts as one: the sum must not look clean. */
function counted(code: number | null, output: string, tally: Tally | null): PartResult {
	const sum = tally ?? noTests();
	if (code !== 0 && sum.failed === 0) sum.failed = 1;
	return { ok: code === 0 && sum.failed === 0, output, tally: sum };
}

async function tool(command: string, args: string[], options?: ToolOptions): Promise<PartResult> {
	const { code, output } = await runTool(command, args, options);
	return { ok: code === 0, output: code === 0 ? '' : output, tally: noTests() };
}

async function inTurn(steps: (() => Promise<PartResult>)[]): Promise<PartResult> {
	const results: PartResult[] = [];
	for (const step of steps) {
		results.push(await step());
		if (!results.at(-1)?.ok) break;
	}
	return {
		ok: results.every((result) => result.ok),
		output: results.map((result) => result.output).join(''),
		tally: addTallies(results.map((result) => result.tally))
	};
}
