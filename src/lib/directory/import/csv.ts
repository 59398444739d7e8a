/** A directory file as records for the database, and every row that is not one with its line and reasons. */
import { parse, type CsvError } from 'csv-parse/sync';
import { COLUMNS, readPlace, readService, type PlaceRecord, type Row, type ServiceRecord } from './record.ts';

export interface SourceRow {
	/** The line of the file on which the row begins, the first being 1. */
	line: number;
	cells: Row;
}

export interface Rejection extends SourceRow {
	reasons: string[];
}

export interface PlaceImport {
	place: PlaceRecord;
	services: ServiceRecord[];
	/** The rows it came from: the first is the place's, and there is one a service. */
	rows: SourceRow[];
}

export interface DirectoryFile {
	columns: string[];
	/** Columns that the format does not name: not loaded. */
	unknownColumns: string[];
	places: PlaceImport[];
	rejections: Rejection[];
}

export type FileOutcome = { ok: true; file: DirectoryFile } | { ok: false; reason: string };

/** Reads a whole file; `categories` are the codes of the taxonomy. Fails as a whole only where it is no CSV of ours. */
export function readDirectoryFile(content: string, categories: ReadonlySet<string>): FileOutcome {
	let parsed: { record: string[]; raw: string; info: { lines: number } }[];
	try {
		// csv-parse counts a Windows line end within quotes twice.
		parsed = parse(content.replaceAll('\r\n', '\n'), {
			bom: true,
			info: true,
			raw: true,
			relax_column_count: true,
			skip_empty_lines: true
		}) as unknown as typeof parsed;
	} catch (error) {
		const { lines: line, message } = error as CsvError & { lines?: number };
		return { ok: false, reason: `This is not a CSV file we can read${line ? ` (line ${line})` : ''}: ${message}` };
	}
	const [header, ...records] = parsed;
	const columns = (header?.record ?? []).map((name) => name.trim());
	if (!columns.includes('place_id')) {
		return { ok: false, reason: 'The first line must name the columns, and `place_id` has to be one of them.' };
	}
	const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
	if (repeated) return { ok: false, reason: `The column “${repeated}” is there twice.` };

	const rejections: Rejection[] = [];
	const groups = new Map<string, SourceRow[]>();
	records.forEach(({ record, raw }, index) => {
		const row: SourceRow = {
			// csv-parse tells on which line a record ends; the next one begins after it and the empty lines that follow.
			line: parsed[index]!.info.lines + 1 + /^\n*/.exec(raw)![0].length,
			cells: Object.fromEntries(columns.map((name, column) => [name, record[column] ?? '']))
		};
		if (record.length !== columns.length) {
			rejections.push({ ...row, reasons: [`The row has ${record.length} cells, the first line ${columns.length}.`] });
			return;
		}
		const unkeepable = columns.find((name) => row.cells[name]!.includes('\0'));
		if (unkeepable !== undefined) {
			rejections.push({ ...row, reasons: [`${unkeepable} has a NUL character, which no database keeps.`] });
			return;
		}
		const id = row.cells.place_id!.trim();
		groups.set(id, [...(groups.get(id) ?? []), row]);
	});

	const places = [...groups.values()].flatMap((rows) => readGroup(rows, categories, rejections));
	forgetRepeatedServices(places, rejections);
	rejections.sort((a, b) => a.line - b.line);
	return {
		ok: true,
		file: {
			columns,
			unknownColumns: columns.filter((name) => !COLUMNS.has(name)),
			places: places.filter((entry) => entry.services.length > 0),
			rejections
		}
	};
}

/** The place that rows with one `place_id` make. Without a readable place none of its rows can be loaded. */
function readGroup(rows: SourceRow[], categories: ReadonlySet<string>, rejections: Rejection[]): PlaceImport[] {
	const [first, ...others] = rows;
	const place = readPlace(first!.cells);
	if (!place.ok) {
		rejections.push({ ...first!, reasons: place.reasons });
		rejections.push(...others.map((row) => ({ ...row, reasons: [`Its place (line ${first!.line}) was rejected.`] })));
		return [];
	}
	const entry: PlaceImport = { place: place.value, services: [], rows: [] };
	for (const row of rows) {
		const id = row.cells.service_id?.trim() || (row === first ? first.cells.place_id! : '');
		const service = readService({ ...row.cells, service_id: id }, place.value.name, categories);
		if (service.ok) {
			entry.services.push(service.value);
			entry.rows.push(row);
		} else {
			rejections.push({ ...row, reasons: service.reasons });
		}
	}
	return [entry];
}

/** The second row with one `service_id` is a mistake of the file: only the first is loaded. */
function forgetRepeatedServices(places: PlaceImport[], rejections: Rejection[]): void {
	const seen = new Map<string, number>();
	for (const entry of places) {
		for (let index = 0; index < entry.services.length; index++) {
			const id = entry.services[index]!.service_id;
			const row = entry.rows[index]!;
			const before = seen.get(id);
			if (before === undefined) {
				seen.set(id, row.line);
				continue;
			}
			rejections.push({ ...row, reasons: [`service_id “${id}” is on line ${before} already.`] });
			entry.services.splice(index, 1);
			entry.rows.splice(index, 1);
			index--;
		}
	}
}
