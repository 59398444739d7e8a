/** The list of requests in words. */
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import type { View } from './inbox-address';
import type { Coordinator, Reason } from './inbox-line';
import { stateName } from './words';

const reasons: Record<Reason, () => string> = {
	overdue: m.inbox_why_overdue,
	new: m.inbox_why_new,
	needs_home: m.inbox_why_needs_home,
	not_listed: m.inbox_why_not_listed,
	correction: m.inbox_why_correction,
	answered: m.inbox_why_answered,
	next_step: m.inbox_why_next_step,
	no_answer: m.inbox_why_no_answer,
	next_word: m.inbox_why_next_word,
	next_word_late: m.inbox_why_next_word_late,
	no_yes: m.inbox_why_no_yes,
	not_met: m.inbox_why_not_met,
	asked_handover: m.inbox_why_asked_handover,
	asked_call: m.inbox_why_asked_call,
	last_day: m.inbox_why_last_day,
	look_again: m.inbox_why_look_again
};

export const reasonInWords = (reason: Reason): string => reasons[reason]();

/** The name of a list, as a link to it has it. */
export function viewName(view: View): string {
	if (view === 'today') return m.inbox_view_today();
	return view === 'open' ? m.inbox_view_open() : stateName(view);
}

/** The heading of a list. */
export function viewTitle(view: View, mine: boolean): string {
	if (view === 'today') return mine ? m.inbox_today_mine() : m.inbox_today_all();
	return view === 'open' ? m.inbox_open_title() : stateName(view);
}

/** What the database counts to: more than that is "100+". */
const MOST_COUNTED = 100;
/** Places in the waiting line are told as far as this. */
const LAST_PLACE = 500;

export const countInWords = (count: number): string =>
	count < MOST_COUNTED ? String(count) : m.inbox_many({ count: MOST_COUNTED });

export const placeInWords = (place: number): string =>
	place <= LAST_PLACE ? String(place) : m.inbox_far({ count: LAST_PLACE });

/** How old, from days: in days up to two weeks, in weeks up to two months, then in months. */
export function ageInWords(days: number): string {
	if (days === 0) return m.inbox_age_today();
	if (days === 1) return m.inbox_age_day();
	if (days < 14) return m.inbox_age_days({ count: days });
	if (days < 61) return m.inbox_age_weeks({ count: Math.floor(days / 7) });
	return days < 730
		? m.inbox_age_months({ count: Math.floor(days / 30.44) })
		: m.inbox_age_years({ count: Math.floor(days / 365.25) });
}

/** A day near `today`, both `YYYY-MM-DD`: "3 March", with its year where that is another. */
export function nearDay(day: string, today: string): string {
	const format = new Intl.DateTimeFormat(getLocale() === 'en' ? 'en-GB' : getLocale(), {
		day: 'numeric',
		month: 'long',
		year: day.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric',
		timeZone: 'UTC'
	});
	return format.format(new Date(`${day}T00:00:00Z`));
}

const withoutName = { none: m.inbox_none, nobody: m.inbox_nobody, left: m.inbox_left };

export function coordinatorInWords(coordinator: Coordinator, today: string): string {
	if (coordinator.kind !== 'here') return withoutName[coordinator.kind]();
	const { name, away_until } = coordinator;
	return away_until ? m.inbox_away({ name, day: nearDay(away_until, today) }) : name;
}

/** What has become of the ticked ones: `taken-12-1` is twelve taken up, and one that somebody else had. */
export const takenCode = (done: number, refused: number): string => `taken-${done}-${refused}`;

export function takenInWords(code: string | null): string | null {
	const [, done, refused] = /^taken-(\d{1,3})-(\d{1,3})$/.exec(code ?? '')?.map(Number) ?? [];
	if (done === undefined || refused === undefined) return null;
	const taken = done === 0 ? '' : done === 1 ? m.inbox_taken_one() : m.inbox_taken_some({ count: done });
	const gone = refused === 0 ? '' : refused === 1 ? m.inbox_gone_one() : m.inbox_gone_some({ count: refused });
	return [taken, gone].filter(Boolean).join(' ') || null;
}
