/** The filters of the list of requests ⇄ its address. What can't be read in an address is left out. */
import { z } from 'zod';
import { staffAddress } from '$lib/people/address';
import { CLOSED, STATES, type State } from './states';

export const VIEWS = ['today', 'open', ...STATES] as const;
export type View = (typeof VIEWS)[number];

/** The last row of the page before, as `inbox` in the database has it. */
export interface After {
	/** The instant that rows are ordered by, ISO 8601 in UTC, to the microsecond. */
	at: string;
	id: string;
	/** Today's rows are ordered by the day they are due first, `YYYY-MM-DD`. */
	on?: string;
}

export interface InboxFilters {
	view: View;
	/** What the person looks after, and what nobody does; else everybody's. */
	mine: boolean;
	team: string | null;
	after: After | null;
}

export const isState = (view: View): view is State => view !== 'today' && view !== 'open';

export const isClosed = (view: View): boolean => isState(view) && CLOSED.includes(view);

const Instant = z.iso.datetime({ precision: null }).startsWith('2');
const Day = z.iso.date().startsWith('2');
const Id = z.guid();

/** `<instant>_<id>`, and today `<day>_<instant>_<id>`. */
function readAfter(text: string | null, view: View): After | null {
	const [id, at, on, ...more] = text?.split('_').reverse() ?? [];
	if (more.length > 0 || !Id.safeParse(id).success || !Instant.safeParse(at).success) return null;
	if ((view === 'today') !== Day.safeParse(on).success) return null;
	return { at: at!, id: id!, ...(on !== undefined && { on }) };
}

export function readInboxFilters(params: URLSearchParams): InboxFilters {
	const view = VIEWS.find((known) => known === params.get('view')) ?? 'today';
	const team = params.get('team');
	return {
		view,
		mine: params.get('mine') !== '0',
		team: Id.safeParse(team).success ? team : null,
		after: readAfter(params.get('after'), view)
	};
}

/**
 * The address of the list.
 *
 * @param filters what is left out is as the list opens: today, mine, every team
 * @param of as `staffAddress` has it
 */
export function inboxAddress(
	{ view, mine, team, after }: Partial<InboxFilters>,
	of: Parameters<typeof staffAddress>[1]
): string {
	const address = staffAddress('/desk/referrals', of);
	const query = [
		view && view !== 'today' && `view=${view}`,
		mine === false && 'mine=0',
		team && `team=${team}`,
		after && `after=${[after.on, after.at, after.id].filter(Boolean).join('_')}`
	].filter(Boolean);
	if (query.length === 0) return address;
	return `${address}${address.includes('?') ? '&' : '?'}${query.join('&')}`;
}

interface Ordered {
	id: string;
	submitted_at: string;
	state_since: string;
	waiting_since: string | null;
	attention_on: string | null;
}

/** Where the page that ends with `row` goes on. */
export function afterRow(view: View, row: Ordered): After {
	const { id, submitted_at, state_since, waiting_since, attention_on } = row;
	if (view === 'today') return { at: inUtc(submitted_at), id, on: attention_on ?? undefined };
	if (view === 'open') return { at: inUtc(submitted_at), id };
	return { at: inUtc(view === 'waitlisted' ? (waiting_since ?? state_since) : state_since), id };
}

/** The same instant ending in `Z`; a JavaScript date knows no microseconds, by which rows are told apart. */
function inUtc(instant: string): string {
	const fraction = /\.\d+/.exec(instant)?.[0] ?? '';
	return `${new Date(instant).toISOString().slice(0, 19)}${fraction}Z`;
}
