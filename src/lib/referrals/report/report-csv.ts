/** The report for other programs: one number a line, those that are not shown empty, with a note that says so. */
import { stringify } from 'csv-stringify/sync';
import { m } from '$lib/paraglide/messages';
import type { Asked, Ended, Report } from './report';
import { captionOf, endedBy, endedFor, labelInWords, outcomeInWords, wholeDays } from './report-words';

type Line = [table: string, row: string, what: string, number: number | null, unit: string];

function linesOf(report: Report, { by, year }: Asked): Line[] {
	const { groups, all, now, workers } = report;
	const [people, days, places] = [m.report_unit_people(), m.report_unit_days(), m.report_unit_places()];
	const numbers = (row: string, each: Report['all']): Line[] => [
		[captionOf(by, year), row, m.report_asked(), each.asked, people],
		[captionOf(by, year), row, m.report_began(), each.began, people],
		[captionOf(by, year), row, m.report_ended_column(), each.ended, people],
		[captionOf(by, year), row, m.report_median(), wholeDays(each.wait_median_days), days],
		[captionOf(by, year), row, m.report_p90(), wholeDays(each.wait_p90_days), days]
	];
	const ended = (caption: string, list: readonly Ended[]) =>
		list.map((each): Line => [caption, outcomeInWords(each), endedFor(each), each.people, people]);
	return [
		...groups.flatMap(({ label, ...each }) => numbers(labelInWords(by, label), each)),
		...numbers(m.report_all(), all),
		...ended(m.report_ended_caption({ year }), report.ended),
		...endedBy(report, by).flatMap(({ name, ended: list }) => ended(m.report_ended_caption_by({ year, name }), list)),
		[m.report_now(), m.report_now_open(), '', now.open, people],
		[m.report_now(), m.report_now_waiting(), '', now.waiting, people],
		[m.report_now(), m.report_now_supported(), '', now.supported, people],
		[m.report_now(), m.report_now_others(), '', now.others, people],
		[m.report_workers(), m.report_workers_count(), '', workers.workers, people],
		[m.report_workers(), m.report_workers_load(), '', workers.load_mean, people],
		[m.report_workers(), m.report_workers_free(), '', workers.free_places, places]
	];
}

export function toCsv(report: Report, asked: Asked): string {
	const head = [
		m.report_csv_year(),
		m.report_csv_table(),
		m.report_csv_row(),
		m.report_csv_what(),
		m.report_csv_number(),
		m.report_csv_unit(),
		m.report_csv_note()
	];
	const rows = linesOf(report, asked).map((line) => [asked.year, ...line, line[3] === null ? m.report_csv_few() : '']);
	return stringify([head, ...rows], {
		bom: true,
		record_delimiter: 'windows',
		// Areas and teams have any name: a cell that a spreadsheet would run as a formula is made harmless.
		escape_formulas: true
	});
}
