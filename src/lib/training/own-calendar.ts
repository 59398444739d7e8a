/** The classes of one's own training as a calendar: its words tell nobody what they are classes of, nor what each is about. */
import { m } from '$lib/paraglide/messages';
import type { Calendar } from './calendar';
import type { EnrolmentState, MyPlace } from './enrolments.server';

const HAS_SEAT: readonly EnrolmentState[] = ['enrolled', 'completed', 'not_completed'];
const HAS_LEFT: readonly EnrolmentState[] = ['withdrawn', 'expired', 'declined'];

type Own = Pick<MyPlace, 'state' | 'version' | 'training' | 'meetings'>;

/**
 * Empty for somebody who waits for a seat. For somebody who has none any more, and of a training that was called off, all
 * classes are cancelled, so that calendars take them away.
 *
 * @param link where one sees one's place, absolute: in each event, so nothing that opens it for whoever has it
 * @param self where the calendar itself is, for subscribers
 */
export function ownCalendar({ state, version, training, meetings }: Own, link: string, self?: string): Calendar {
	const isOff = training.state === 'cancelled' || HAS_LEFT.includes(state);
	const isIn = isOff || HAS_SEAT.includes(state);
	const place = training.place && [training.place.name, training.place.address].filter(Boolean).join(', ');
	const location = place || (training.is_online ? m.training_where_online() : '');
	return {
		name: m.own_calendar_name(),
		time_zone: training.time_zone,
		url: self,
		classes: (isIn ? meetings : []).map(({ id, starts_at, ends_at, sequence, is_cancelled, changed_at }, index) => ({
			...{ id, starts_at, ends_at, changed_at, location, url: link },
			// Rises with what becomes of the class and of the place in it, even where somebody leaves and comes back.
			sequence: sequence + 2 * version + (isOff ? 1 : 0),
			is_cancelled: isOff || is_cancelled,
			summary: m.own_calendar_class({ number: index + 1, of: meetings.length }),
			description: link
		}))
	};
}
