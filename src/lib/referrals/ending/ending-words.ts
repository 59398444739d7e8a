/** What was done on the pages of an ending, and why it ends, in words. */
import { m } from '$lib/paraglide/messages';
import type { Support } from '../support/support.server';

const done: Record<string, () => string> = {
	begin_ending: m.ending_done_begin,
	done: m.ending_done_done,
	set_aside: m.ending_done_set_aside,
	open: m.ending_done_open,
	again: m.ending_done_again,
	call: m.ending_done_call,
	complete: m.ending_done_complete,
	extend: m.ending_done_extend,
	letter: m.ending_done_letter
};
export const endingDone = (what: string | null): string | undefined =>
	what !== null && Object.hasOwn(done, what) ? done[what]!() : undefined;

const reasons: Record<string, () => string> = {
	goal_reached: m.ending_why_goal_reached,
	worker_needed_elsewhere: m.ending_why_worker_needed_elsewhere
};

/** Why it ends, as was said when the ending began. */
export function whyInWords({ timeline }: Pick<Support, 'timeline'>): string | null {
	const begun = timeline.findLast(({ event }) => event === 'begin_ending');
	const why = reasons[begun?.reason ?? '']?.();
	return why && begun?.for_peer ? `${why} ${m.ending_wish_of_peer()}` : (why ?? null);
}
