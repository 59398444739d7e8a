/** What somebody who gets no mail is to be told, in a sentence that can be read out. */
import { timeIn } from '$lib/directory/local-time';
import { m } from '$lib/paraglide/messages';
import { dayThere } from '$lib/ui/day';
import type { Call, RosterLine } from './roster';
import { instantInWords } from './desk-words';

interface Told {
	title: string;
	time_zone: string;
	/** Of the first class. */
	starts_at: string | null;
}

/** News of how somebody stands is told as it is now. */
function newsInWords({ state, place, decision }: Pick<RosterLine, 'state' | 'place' | 'decision'>, title: string) {
	if (state === 'declined') return m.roster_call_no({ title });
	if (state === 'waitlisted' && decision === null) return m.roster_call_line({ title, place: place ?? '' });
	return m.roster_call_news({ title });
}

export function callInWords(
	{ kind, data }: Pick<Call, 'kind' | 'data'>,
	line: Pick<RosterLine, 'state' | 'place' | 'decision'>,
	{ title, time_zone: zone, starts_at }: Told
): string {
	switch (kind) {
		case 'training_seat':
			return starts_at
				? m.roster_call_seat({ title, day: dayThere(starts_at, zone), time: timeIn(zone, new Date(starts_at)) })
				: m.roster_call_seat_undated({ title });
		case 'training_line':
			return m.roster_call_line({ title, place: line.place ?? '' });
		case 'training_applied':
			return m.roster_call_applied({ title });
		case 'training_offer':
			return data.until
				? m.roster_call_offer({ title, until: instantInWords(data.until, zone) })
				: m.roster_call_offer_undated({ title });
		case 'training_offer_passed':
			return m.roster_call_offer_passed({ title });
		case 'training_offer_over':
			return m.roster_call_offer_over({ title });
		case 'training_left':
			return m.roster_call_left({ title });
		case 'training_completed':
			return m.roster_call_completed({ title });
		case 'training_changed':
			if (data.moved_to) return m.roster_call_moved({ title, moment: instantInWords(data.moved_to, zone) });
			if (data.called_off) return m.roster_call_off({ title, moment: instantInWords(data.called_off, zone) });
			return m.roster_call_changed({ title });
		case 'training_cancelled':
			return m.roster_call_cancelled({ title });
		case 'training_soon':
			return data.starts_at
				? m.roster_call_soon({ title, moment: instantInWords(data.starts_at, zone) })
				: m.roster_call_news({ title });
		case 'training_no_seat':
			return m.roster_call_no_seat({ title });
		case 'training_message':
			return m.roster_call_message({ words: data.words ?? '' });
		default:
			return newsInWords(line, title);
	}
}
