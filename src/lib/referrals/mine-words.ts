/** How a request stands, for whoever sent it: what has happened, what happens next and when. */
import { addDays, dateIn } from '$lib/directory/local-time';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import { telephoneHref } from '$lib/ui/telephone';
import { nameKey } from './search-keys';
import type { State } from './states';

/** Instants are ISO 8601, days `YYYY-MM-DD` where the program is. */
export interface Standing {
	state: State;
	state_since: string;
	/** By when a person will have read it. */
	acknowledge_by: string;
	/** Waiting: by when we write again. */
	next_word_on: string | null;
	time_zone: string;
}

/** In weeks; null where nobody can say. */
export type Wait = { min: number; max: number; stated_on: string } | null;

const HALF_A_YEAR = 183;
const REOPEN_DAYS = 30;

const inWords = (day: string, options: Intl.DateTimeFormatOptions): string =>
	new Intl.DateTimeFormat(getLocale() === 'en' ? 'en-GB' : getLocale(), { ...options, timeZone: 'UTC' }).format(
		new Date(`${day}T00:00:00Z`)
	);

/** "3 March", and its year where that could be another one. */
export function nearDay(day: string, today: string): string {
	const isNear = day < addDays(today, HALF_A_YEAR) && day > addDays(today, -HALF_A_YEAR);
	return inWords(day, { day: 'numeric', month: 'long', ...(!isNear && { year: 'numeric' }) });
}

/** "Tuesday 24 November". */
export const weekdayAndDay = (day: string): string => inWords(day, { weekday: 'long', day: 'numeric', month: 'long' });

const readBy = ({ acknowledge_by, time_zone }: Pick<Standing, 'acknowledge_by' | 'time_zone'>): string =>
	weekdayAndDay(dateIn(time_zone, new Date(acknowledge_by)));

/** By when a person will have read what was just sent. */
export const sentInWords = (sent: Pick<Standing, 'acknowledge_by' | 'time_zone'>): string[] => [
	m.mine_state_submitted({ day: readBy(sent) }),
	m.mine_next_submitted()
];

/** What of a promised day has passed: the promise is then said as one that was not kept. */
function isLate({ state, acknowledge_by, next_word_on }: Standing, now: Date, today: string): boolean {
	if (state === 'submitted') return new Date(acknowledge_by) < now;
	return state === 'waitlisted' && next_word_on !== null && next_word_on < today;
}

/** How it stands, in a sentence or two. */
export function standing(request: Standing, now: Date): string {
	const today = dateIn(request.time_zone, now);
	const late = isLate(request, now, today);
	const nextWord = nearDay(request.next_word_on ?? today, today);
	const sentences: Record<State, () => string> = {
		submitted: () => (late ? m.mine_state_submitted_late : m.mine_state_submitted)({ day: readBy(request) }),
		triage: m.mine_state_triage,
		info_needed: m.mine_state_info_needed,
		waitlisted: () => (late ? m.mine_state_waitlisted_late : m.mine_state_waitlisted)({ day: nextWord }),
		match_proposed: m.mine_state_match_proposed,
		matched: m.mine_state_matched,
		active: m.mine_state_active,
		paused: m.mine_state_paused,
		ending: m.mine_state_ending,
		completed: m.mine_state_completed,
		ended_early: m.mine_state_ended_early,
		declined: m.mine_state_declined,
		redirected: m.mine_state_redirected,
		withdrawn: m.mine_state_withdrawn,
		entered_in_error: m.mine_state_entered_in_error
	};
	return sentences[request.state]();
}

/** The same on its own page, whose heading names the state. */
export function opening(request: Standing, now: Date): string {
	const today = dateIn(request.time_zone, now);
	if (request.state !== 'waitlisted' || isLate(request, now, today)) return standing(request, now);
	return m.mine_next_waitlisted({ day: nearDay(request.next_word_on ?? today, today) });
}

/** The present wait, and when the program said so. */
export function waitInWords(wait: Wait, today: string): string {
	if (!wait) return m.mine_wait_unknown();
	const { min, max } = wait;
	const day = nearDay(wait.stated_on, today);
	if (max === 1) return m.mine_wait_week({ day });
	if (min === 0) return m.mine_wait_up_to({ max, day });
	return min === max ? m.mine_wait_weeks({ max, day }) : m.mine_wait_range({ min, max, day });
}

/** That it can be taken up again until a day; afterwards, that there is a new request. */
function again({ state_since, time_zone }: Standing, now: Date, today: string): string {
	const until = new Date(new Date(state_since).getTime() + REOPEN_DAYS * 86_400_000);
	return until > now ? m.mine_next_reopen({ day: nearDay(dateIn(time_zone, until), today) }) : m.mine_next_again();
}

/** What happens next and when, a paragraph each. `endsOn`: the day that an ending is planned for. */
export function whatNext(request: Standing & { wait: Wait; endsOn: string | null }, now: Date): string[] {
	const today = dateIn(request.time_zone, now);
	const late = isLate(request, now, today);
	const { wait, endsOn } = request;
	const paragraphs: Record<State, () => string[]> = {
		submitted: () => [late ? m.mine_next_submitted_late() : m.mine_next_submitted(), waitInWords(wait, today)],
		triage: () => [m.mine_next_triage(), m.mine_next_triage_then(), waitInWords(wait, today)],
		info_needed: () => [m.mine_next_info_needed()],
		waitlisted: () => [
			late ? m.mine_next_waitlisted_late() : m.mine_next_waitlisted_place(),
			waitInWords(wait, today),
			m.mine_next_waitlisted_change()
		],
		match_proposed: () => [m.mine_next_match_proposed(), m.mine_next_match_proposed_write()],
		matched: () => [m.mine_next_matched()],
		active: () => [m.mine_next_active(), m.mine_next_active_worry()],
		paused: () => [m.mine_next_paused(), m.mine_next_active_worry()],
		ending: () => [
			...(endsOn ? [m.mine_next_ending_day({ day: nearDay(endsOn, today) })] : []),
			m.mine_next_ending(),
			m.mine_next_active_worry()
		],
		completed: () => [m.mine_next_completed()],
		ended_early: () => [m.mine_next_ended_early(), again(request, now, today)],
		declined: () => [again(request, now, today)],
		redirected: () => [m.mine_next_redirected()],
		withdrawn: () => [again(request, now, today)],
		entered_in_error: () => [m.mine_next_entered_in_error()]
	};
	return paragraphs[request.state]();
}

type Happened = { event: string; actor: string; for_peer: boolean; day: string | null };

/** What happened, for the timeline; null for what the referrer is not told of. */
export function eventInWords({ event, actor, for_peer, day }: Happened, today: string): string | null {
	const named = { day: nearDay(day ?? today, today) };
	const sentences: Partial<Record<string, () => string>> = {
		submit: actor === 'coordinator' ? m.mine_event_submit_phone : m.mine_event_submit,
		acknowledge: m.mine_event_acknowledge,
		ask: m.mine_event_ask,
		answer: m.mine_event_answer,
		decline: m.mine_event_decline,
		redirect: m.mine_event_redirect,
		waitlist: () => m.mine_event_waitlist(named),
		keep_waiting: () => m.mine_event_keep_waiting(named),
		reconsider: m.mine_event_reconsider,
		worker_yes: m.mine_event_matched,
		peer_yes: m.mine_event_matched,
		begin: () => m.mine_event_begin(named),
		unmatched: m.mine_event_unmatched,
		begin_ending: () => m.mine_event_begin_ending(named),
		extend: m.mine_event_extend,
		complete: m.mine_event_complete,
		end_early: m.mine_event_end_early,
		withdraw: for_peer ? m.mine_event_withdraw_peer : m.mine_event_withdraw,
		reopen: m.mine_event_reopen,
		confirm_correction: m.mine_event_confirm_correction
	};
	return sentences[event]?.() ?? null;
}

/** "B. S." for a name; initials as they were typed. */
export function initials(name: string): string {
	if (nameKey(name)?.kind !== 'name') return name;
	return name
		.split(/[\s-]+/u)
		.map((word) => /\p{L}/u.exec(word)?.[0])
		.filter((letter) => letter !== undefined)
		.map((letter) => `${letter.toLocaleUpperCase()}.`)
		.join(' ');
}

export interface Piece {
	text: string;
	/** Where it leads: a web address, or a number to call. */
	href?: string;
}

const ADDRESS = String.raw`https?:\/\/[^\s<>"]*[^\s<>".,;:!?)'’”]`;
const NUMBER = String.raw`(?<![\d-])(?:(?:\+?1[-. ])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}|\d-\d-\d)(?![\d-])`;

/** What somebody wrote, with its web addresses and telephone numbers as links. */
export function linked(text: string): Piece[] {
	return text
		.split(new RegExp(`(${ADDRESS}|${NUMBER})`, 'u'))
		.filter((part) => part !== '')
		.map((part) => {
			if (/^https?:/.test(part)) return { text: part, href: part };
			return new RegExp(`^${NUMBER}$`, 'u').test(part) ? { text: part, href: telephoneHref(part) } : { text: part };
		});
}
