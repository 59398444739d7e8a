import { parse } from 'csv-parse/sync';
import { readFile } from 'node:fs/promises';

/** The folder of the data files. */
export const here = new URL('./', import.meta.url);

/** The rows of a data file in this folder, each by its columns. */
export async function readRows(name: string): Promise<Record<string, string>[]> {
	const content = await readFile(new URL(name, here), 'utf8');
	return parse(content, { columns: true, bom: true, skip_empty_lines: true, trim: true }) as Record<string, string>[];
}
