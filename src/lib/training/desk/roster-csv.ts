/** Everybody in a cohort as a spreadsheet has them: one person a line. */
import { stringify } from 'csv-stringify/sync';
import { m } from '$lib/paraglide/messages';
import { dayThere } from '$lib/ui/day';
import type { Meeting } from '../training';
import { instantInWords } from './desk-words';
import { needsInWords, reachInWords, stateInWords } from './people-words';
import { attended, detailsOf, type RosterLine } from './roster';

interface Of {
	time_zone: string;
	meetings: readonly Pick<Meeting, 'id' | 'starts_at' | 'is_cancelled'>[];
	questions: readonly { id: string; label: string }[];
}

const wasThere = (there: boolean | undefined): string =>
	there === undefined ? '' : there ? m.roster_csv_yes() : m.roster_csv_no();

export function toCsv(lines: readonly RosterLine[], { time_zone: zone, meetings, questions }: Of): string {
	const held = meetings.filter(({ is_cancelled }) => !is_cancelled);
	const head = [
		m.roster_csv_name(),
		m.roster_csv_state(),
		m.roster_csv_place(),
		m.roster_csv_until(),
		m.roster_csv_since(),
		m.roster_csv_reach(),
		m.roster_csv_email(),
		m.roster_csv_phone(),
		m.roster_csv_address(),
		m.roster_csv_needs(),
		m.roster_csv_classes(),
		m.roster_csv_hours(),
		m.roster_csv_certificate(),
		...held.map(({ starts_at }) => dayThere(starts_at, zone)),
		...questions.map(({ label }) => label)
	];
	const rows = lines.map((line) => {
		const details = detailsOf(line);
		return [
			details?.name ?? m.roster_broken_name(),
			stateInWords(line.state),
			line.place,
			line.offered_until && instantInWords(line.offered_until, zone),
			dayThere(line.created_at, zone),
			details && reachInWords(details.reach),
			line.email,
			details?.phone,
			details?.address,
			details && needsInWords(details),
			attended(line).was,
			line.practicum_hours,
			line.certificate,
			...held.map(({ id }) => wasThere(line.attendance[id])),
			...questions.map(({ id }) => details?.answers.find(({ question }) => question === id)?.text)
		];
	});
	return stringify([head, ...rows], {
		bom: true,
		record_delimiter: 'windows',
		// People write what they like: a cell that a spreadsheet would run as a formula is made harmless.
		escape_formulas: true
	});
}
