/*
 * npm test                       everything: format, lint, types, unit, integration, the built site in a browser
 * npm test -- unit lint          only these parts
 * npm test -- browser places     of the browser tests, only the files whose names hold "places"
 * npm test -- --grep "waiting"   only the tests whose names match
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Trouble } from '../supabase/local/trouble.ts';
import { throwawayFolder } from '../supabase/local/throwaway.ts';
import { runMain } from './support/main.ts';
import * as messages from './support/messages.ts';
import * as parts from './support/parts.ts';
import { stopTools } from './support/run-tool.ts';
import { readSettings } from './support/settings.ts';
import { addTallies, noTests, summarise, type Tally } from './support/tally.ts';
import { stopOnSignals } from './support/until-stopped.ts';

interface Step {
	name: string;
	/** What the person at the terminal reads. */
	heading: string;
	run: parts.Part;
	/** Has tests to choose from, by file or name. */
	tests?: boolean;
}

/** Alone: it compiles the messages, as Vitest does when it begins, each in its own way and into the same folder. */
const FIRST: Step = { name: 'build', heading: 'Build', run: parts.buildSite };
/** Two lanes run beside each other, one for each core of a small machine; the browser has both to itself. */
const LANES: readonly (readonly Step[])[] = [
	[
		{ name: 'db-types', heading: 'Types of the database', run: parts.databaseTypes },
		{ name: 'integration', heading: 'Integration tests', run: parts.integration, tests: true }
	],
	[
		{ name: 'types', heading: 'Types', run: parts.types },
		{ name: 'lint', heading: 'Lint', run: parts.lint },
		{ name: 'format', heading: 'Format', run: parts.format },
		{ name: 'unit', heading: 'Unit tests', run: parts.unit, tests: true }
	]
];
const LAST: Step = { name: 'browser', heading: 'Browser tests', run: parts.browser, tests: true };
const ALL = [FIRST, ...LANES.flat(), LAST];

runMain(async () => {
	const stopper = stopOnSignals(() => console.log(messages.stopping));
	stopper.add(stopTools);
	const { chosen, filters, grep } = readArguments(process.argv.slice(2));
	const scratch = throwawayFolder('test-run');
	const context: parts.PartContext = {
		scratch,
		filters,
		grep,
		settings: readSettings(process.env, { port: 8887, supabasePort: 54_421 }),
		// Beside what is kept in LOCAL_DIR, so that a site running there is left alone.
		parent: process.env.LOCAL_DIR || undefined
	};
	const started = Date.now();
	const outcome = await runAll(chosen, context);
	rmSync(scratch, { recursive: true, force: true });
	if (stopper.stopping()) return;
	console.log(`\nAll of it took ${seconds(started)}.`);
	process.exitCode = report(outcome) ? 0 : 1;
	process.exit();
});

interface Outcome {
	tally: Tally;
	/** The headings of what failed. */
	failed: string[];
}

async function runAll(chosen: ReadonlySet<string>, context: parts.PartContext): Promise<Outcome> {
	const outcome: Outcome = { tally: noTests(), failed: [] };
	await runStep({ name: 'prepare', heading: 'Preparing', run: parts.prepare }, context, outcome);
	if (outcome.failed.length > 0) return outcome;
	const lane = async (steps: readonly Step[]) => {
		for (const step of steps) if (chosen.has(step.name)) await runStep(step, context, outcome);
	};
	await lane([FIRST]);
	await Promise.all(LANES.map(lane));
	// The browser tests are of the built site: without a build there is nothing to test.
	if (!outcome.failed.includes(FIRST.heading)) await lane([LAST]);
	return outcome;
}

async function runStep(step: Step, context: parts.PartContext, outcome: Outcome): Promise<void> {
	const started = Date.now();
	if (step === LAST) console.log(`\n── ${step.heading}`);
	const result = await step.run(context).catch((error: unknown) => {
		const output = error instanceof Trouble ? error.message : String(error instanceof Error ? error.stack : error);
		return { ok: false, output, tally: { ...noTests(), failed: step.tests ? 1 : 0 } };
	});
	console.log(`\n── ${step.heading}: ${result.ok ? 'ok' : 'FAILED'} (${seconds(started)})`);
	if (result.output.trim()) console.log(result.output.trimEnd());
	outcome.tally = addTallies([outcome.tally, result.tally]);
	if (!result.ok) outcome.failed.push(step.heading);
}

/** Prints what was skipped and what failed, and the sum as the last line. @returns whether all is well */
function report({ tally, failed }: Outcome): boolean {
	const silent = tally.skipped.filter(({ reason }) => !reason);
	for (const name of tally.again) console.log(messages.triedAgain(name));
	for (const { name, reason } of tally.skipped) console.log(messages.skipped(name, reason));
	if (silent.length > 0) console.log(messages.skippedSilently);
	if (failed.length > 0) console.log(messages.partsFailed(failed));
	console.log(`\n${summarise(tally)}`);
	return failed.length === 0 && silent.length === 0 && tally.failed === 0;
}

const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Names of parts choose them; whatever else is given chooses among the tests of those parts. */
function readArguments(args: string[]) {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: { grep: { type: 'string', short: 'g' } }
	});
	const isPart = (word: string) => ALL.some((step) => step.name === word);
	const named = positionals.filter(isPart);
	const filters = positionals.filter((word) => !isPart(word));
	const grep = values.grep ?? null;
	const withTests = ALL.filter((step) => step.tests).map((step) => step.name);
	const wanted = named.length > 0 ? named : grep || filters.length > 0 ? withTests : ALL.map((step) => step.name);
	// The browser needs the site as it is now; the build is skipped when nothing changed.
	const chosen = new Set(wanted.includes('browser') ? [...wanted, 'build'] : wanted);
	return { chosen, filters, grep };
}
