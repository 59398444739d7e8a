/** Sends a read file to the database in batches and says of every row what became of it. */
import type { SupabaseClient } from '@supabase/supabase-js';
import type { DirectoryFile, PlaceImport, SourceRow } from './csv.ts';

export type RowStatus = 'created' | 'updated' | 'unchanged' | 'rejected';

export interface ReportedRow extends SourceRow {
	status: RowStatus;
	reasons: string[];
}

interface PlaceOutcome {
	place_id: string;
	place: RowStatus;
	services?: Record<string, RowStatus>;
	reason?: string;
}

const BATCH = 200;

/**
 * Loads the places of a file into a program. A dry run (the default) changes nothing and reports what would happen.
 * Throws where the database cannot be reached or refuses the whole call; a row's own fault is in the report.
 */
export async function loadDirectoryFile(
	client: SupabaseClient,
	programId: string,
	file: DirectoryFile,
	{ dryRun = true }: { dryRun?: boolean } = {}
): Promise<ReportedRow[]> {
	const report: ReportedRow[] = file.rejections.map((row) => ({ ...row, status: 'rejected' }));
	for (let from = 0; from < file.places.length; from += BATCH) {
		const batch = file.places.slice(from, from + BATCH);
		const { data, error } = await client.rpc('import_places', {
			program: programId,
			records: batch.map(({ place, services }) => ({ place, services })),
			dry_run: dryRun
		});
		if (error) throw new Error(`The database refused the import: ${error.message}`);
		batch.forEach((entry, index) => report.push(...reportRows(entry, (data as PlaceOutcome[])[index]!)));
	}
	return report.sort((a, b) => a.line - b.line);
}

/** A place's first row stands for the place and its first service: changed if either changed. */
function reportRows(entry: PlaceImport, outcome: PlaceOutcome): ReportedRow[] {
	return entry.rows.map((row, index) => {
		if (outcome.place === 'rejected') {
			return { ...row, status: 'rejected', reasons: [outcome.reason ?? 'The database refused it.'] };
		}
		const service = outcome.services?.[entry.services[index]!.service_id] ?? 'unchanged';
		const status = index === 0 && service === 'unchanged' ? outcome.place : service;
		return { ...row, status: index === 0 && outcome.place === 'updated' ? 'updated' : status, reasons: [] };
	});
}

export function countByStatus(report: ReportedRow[]): Record<RowStatus, number> {
	const counts: Record<RowStatus, number> = { created: 0, updated: 0, unchanged: 0, rejected: 0 };
	for (const row of report) counts[row.status]++;
	return counts;
}
