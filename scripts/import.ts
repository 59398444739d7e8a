/*
 * npm run import -- FILE [--apply] [--program SLUG]
 *
 * Loads a directory file (docs/import-format.md). Without --apply it says what would happen and changes nothing. Goes to
 * the local Supabase, or to the one that SUPABASE_URL and SUPABASE_SECRET_KEY name.
 */
import { stringify } from 'csv-stringify/sync';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readDirectoryFile, type DirectoryFile } from '../src/lib/directory/import/csv.ts';
import { countByStatus, loadDirectoryFile, type ReportedRow } from '../src/lib/directory/import/load.ts';
import { Trouble } from '../supabase/local/trouble.ts';
import { runMain } from './support/main.ts';
import * as messages from './support/import-messages.ts';
import { answerOf, findProgram, readTarget } from './support/target.ts';

runMain(async () => {
	const { path, apply, program } = readArguments();
	const content = await readFile(path, 'utf8').catch(() => {
		throw new Trouble(messages.noFile(path));
	});
	const target = readTarget();
	const { id: programId } = await findProgram(target, program);
	const terms = answerOf(
		await target.client.from('taxonomy_terms').select('code').returns<{ code: string }[]>(),
		target
	);

	const outcome = readDirectoryFile(content, new Set((terms ?? []).map(({ code }) => code)));
	if (!outcome.ok) throw new Trouble(outcome.reason);
	const report = await loadDirectoryFile(target.client, programId, outcome.file, { dryRun: !apply });
	printReport(outcome.file, report, apply);
	await keepRejects(`${path}.rejects.csv`, outcome.file, report, apply);
	process.exit(0);
});

function readArguments() {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { apply: { type: 'boolean', default: false }, program: { type: 'string' } }
	});
	const [path, ...others] = positionals;
	if (!path || others.length > 0) throw new Trouble(messages.usage);
	return { path, apply: values.apply, program: values.program };
}

function printReport(file: DirectoryFile, report: ReportedRow[], applied: boolean): void {
	for (const { line, status, cells, reasons } of report) {
		const name = (cells.service_id || cells.place_id || '').trim();
		console.log(`line ${line}\t${status}\t${name}${reasons.length > 0 ? `\t${reasons.join(' ')}` : ''}`);
	}
	if (file.unknownColumns.length > 0) console.log(messages.unknownColumns(file.unknownColumns));
	const { created, updated, unchanged, rejected } = countByStatus(report);
	console.log(`\n${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected.`);
	console.log(applied ? messages.applied : messages.dryRun);
}

/** Rejected rows as they were, with their lines and reasons, ready to be mended and imported again. */
async function keepRejects(path: string, file: DirectoryFile, report: ReportedRow[], applied: boolean): Promise<void> {
	const rejects = report.filter(({ status }) => status === 'rejected');
	// Those of an earlier run are mended once the file has been loaded whole.
	if (rejects.length === 0) return applied ? rm(path, { force: true }) : undefined;
	const rows = rejects.map(({ cells, line, reasons }) => [
		...file.columns.map((column) => cells[column] ?? ''),
		String(line),
		reasons.join(' ')
	]);
	await writeFile(path, stringify([[...file.columns, 'rejected_line', 'rejected_because'], ...rows]));
	console.log(messages.rejectsKept(rejects.length, path));
}
