import { parseHours, type Schedule } from '../../src/lib/directory/hours-notation.ts';
import { addDays, dateIn, instantOf } from '../../src/lib/directory/local-time.ts';
import { sql } from '../support/database.ts';
import type { Place } from './place.ts';

export const ZONE = 'America/Vancouver';

/** The date this many days from today in Vancouver, `YYYY-MM-DD`. */
export const dayAhead = (days: number): string => addDays(dateIn(ZONE, new Date()), days);

/** A clock time in Vancouver this many days from today. Opening hours are known for six weeks from yesterday. */
export const timeAhead = (days: number, time: string): Date => instantOf(`${dayAhead(days)}T${time}`, ZONE);

export interface Expanded {
	/** In the notation of docs/import-format.md. */
	hours: string;
	holidays?: Schedule['holidays'];
	/** Where the place is; Vancouver unless told otherwise. */
	zone?: string;
	valid_from?: string | null;
	valid_to?: string | null;
	from: string;
	days: number;
}

/**
 * The instants that hours come to, as the database works them out: `11-01 09:00 – 11-01 17:00`, in the
 * place's own zone or in the one named last.
 */
export async function expand(
	place: Place,
	{ hours, holidays = null, from, days, zone = ZONE, valid_from = null, valid_to = null }: Expanded,
	shownIn = zone
): Promise<string[]> {
	const parsed = parseHours(hours, holidays);
	if (!parsed.ok) throw new Error(parsed.reason);
	return sql.begin(async (tx) => {
		const ids: string[] = [];
		for (const schedule of parsed.value) {
			const [row] = await tx<{ id: string }[]>`
				insert into public.schedules ${tx({ location_id: place.id, ...schedule, valid_from, valid_to })} returning id`;
			ids.push(row!.id);
		}
		const rows = await tx<{ span: string }[]>`
			select to_char(e.opens_at at time zone ${shownIn}, 'MM-DD HH24:MI') || ' – '
				|| to_char(e.closes_at at time zone ${shownIn}, 'MM-DD HH24:MI') as span
			from private.expand_schedules(${ids}::uuid[], ${zone}, ${from}::date, ${days}) e order by e.opens_at`;
		await tx`delete from public.schedules where location_id = ${place.id}`;
		return rows.map(({ span }) => span);
	});
}
