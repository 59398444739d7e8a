/** Import files of docs/import-format.md, as text. */
import { stringify } from 'csv-stringify/sync';
import { readDirectoryFile, type DirectoryFile } from '../../src/lib/directory/import/csv.ts';

export type Row = Record<string, string>;

/** A file with these rows; its columns are those that any row has. */
export function aCsv(...rows: Row[]): string {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	return stringify(
		rows.map((row) => columns.map((column) => row[column] ?? '')),
		{ header: true, columns }
	);
}

/** What a file says, where it is one of ours. */
export function read(content: string, categories: readonly string[]): DirectoryFile {
	const outcome = readDirectoryFile(content, new Set(categories));
	if (!outcome.ok) throw new Error(outcome.reason);
	return outcome.file;
}
