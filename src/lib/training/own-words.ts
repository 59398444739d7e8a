/** How one's own place in a training stands, in words. */
import { m } from '$lib/paraglide/messages';
import { momentThere } from '$lib/ui/day';
import type { Need } from './details';
import type { EnrolmentState, EntryRefusal, MoveRefusal, MyPlace } from './enrolments.server';
import { meetingInWords } from './training-words';

/** Waits for an answer, for a seat, or for the first class. */
const LIVE: readonly EnrolmentState[] = ['applied', 'waitlisted', 'offered', 'enrolled'];
export const isLive = ({ state, training }: Pick<MyPlace, 'state' | 'training'>): boolean =>
	LIVE.includes(state) && training.state !== 'cancelled';

export const hasSeat = ({ state, training }: Pick<MyPlace, 'state' | 'training'>): boolean =>
	['enrolled', 'completed', 'not_completed'].includes(state) && training.state !== 'cancelled';

const hasBegun = ({ training }: Pick<MyPlace, 'training'>) => ['running', 'finished'].includes(training.state);

/** Nothing comes of it any more: it has ended, or the training has begun without them. */
export const isOver = (own: Pick<MyPlace, 'state' | 'training'>): boolean =>
	!isLive(own) || (hasBegun(own) && own.state !== 'enrolled');

/** Whether they are in it, or were to its end: one sign-up is enough. */
export const isIn = (own: Pick<MyPlace, 'state' | 'training'>): boolean =>
	!isOver(own) || own.state === 'completed' || own.state === 'not_completed';

type Standing = Pick<MyPlace, 'state' | 'training' | 'offered_until' | 'place'>;

/** How it stands, in a sentence or two. */
export function stateInWords(own: Standing): string {
	const { state, training, offered_until, place } = own;
	if (training.state === 'cancelled' && LIVE.includes(state)) return m.own_state_cancelled();
	if (hasBegun(own) && (state === 'applied' || state === 'waitlisted')) return m.own_state_begun();
	const until = offered_until && momentThere(offered_until, training.time_zone);
	const sentences: Record<EnrolmentState, () => string> = {
		applied: m.own_state_applied,
		waitlisted: () => (place === 1 ? m.own_state_next() : m.own_state_waitlisted({ place: place ?? 1 })),
		offered: () => m.own_state_offered({ until: until ?? '' }),
		enrolled: m.own_state_enrolled,
		declined: m.own_state_declined,
		expired: m.own_state_expired,
		withdrawn: m.own_state_withdrawn,
		completed: m.own_state_completed,
		not_completed: m.own_state_not_completed
	};
	return sentences[state]();
}

/** What one's place in line has usually meant; empty for who is not in it. */
export function usualInWords({ usual, training }: Pick<MyPlace, 'usual' | 'training'>): string {
	if (!usual || training.state === 'cancelled' || hasBegun({ training })) return '';
	const { trainings, reached } = usual;
	if (trainings === 0) return m.own_usual_unknown();
	if (trainings === 1) return reached === 1 ? m.own_usual_one() : m.own_usual_one_not();
	if (reached === 0) return m.own_usual_none({ trainings });
	return reached === trainings ? m.own_usual_all({ trainings }) : m.own_usual({ trainings, reached });
}

/** What comes next of all of one's places, in a sentence; empty where nothing does. */
export function nextInWords(
	places: readonly Pick<MyPlace, 'state' | 'training' | 'offered_until' | 'meetings'>[],
	now: Date
): string {
	const live = places.filter(isLive);
	const offers = live.flatMap(({ offered_until, training }) => (offered_until ? [{ offered_until, training }] : []));
	const [offer] = offers.sort((a, b) => Date.parse(a.offered_until) - Date.parse(b.offered_until));
	if (offer) return m.own_next_offer({ until: momentThere(offer.offered_until, offer.training.time_zone) });
	const classes = live
		.filter(({ state }) => state === 'enrolled')
		.flatMap(({ meetings, training }) => meetings.map((meeting) => ({ meeting, training })))
		.filter(({ meeting }) => !meeting.is_cancelled && Date.parse(meeting.ends_at) > now.getTime())
		.sort((a, b) => Date.parse(a.meeting.starts_at) - Date.parse(b.meeting.starts_at));
	if (classes[0]) return m.own_next_class({ when: meetingInWords(classes[0].meeting, classes[0].training) });
	return live.some((own) => own.state !== 'enrolled' && !isOver(own)) ? m.own_next_wait() : '';
}

/** Whether one may sign up again after having left. */
export const mayComeBack = ({ state, training }: Pick<MyPlace, 'state' | 'training'>): boolean =>
	(state === 'withdrawn' || state === 'expired') && training.state === 'open';

/** @param state how the place stands after it: who is in line again was passed over, who is offered the seat again was not */
export function moveRefusalInWords(refused: MoveRefusal, state?: EnrolmentState): string {
	const sentences: Partial<Record<MoveRefusal, () => string>> = {
		not_found: m.own_refused_not_found,
		stale: m.own_refused_stale,
		too_late: state === 'waitlisted' ? m.own_refused_too_late_next : m.own_refused_too_late,
		full: m.own_refused_full
	};
	return (sentences[refused] ?? m.own_refused_not_possible)();
}

export function entryRefusalInWords(refused: EntryRefusal): string {
	const sentences: Record<EntryRefusal, () => string> = {
		unknown: m.signup_refused_unknown,
		not_open: m.signup_refused_not_open,
		closed: m.signup_refused_closed,
		cancelled: m.signup_refused_cancelled,
		begun: m.signup_refused_begun,
		declined: m.signup_refused_declined,
		not_allowed: m.signup_refused_unknown
	};
	return sentences[refused]();
}

export function needInWords(need: Need): string {
	const words: Record<Need, () => string> = {
		step_free: m.signup_need_step_free,
		transit: m.signup_need_transit,
		food: m.signup_need_food,
		language: m.signup_need_language,
		hearing: m.signup_need_hearing,
		seeing: m.signup_need_seeing,
		quiet: m.signup_need_quiet,
		children: m.signup_need_children,
		device: m.signup_need_device
	};
	return words[need]();
}
