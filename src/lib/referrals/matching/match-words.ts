/** Where a referral stands with its workers, in sentences: who supports, who was asked, and for whose answer we wait. */
import { m } from '$lib/paraglide/messages';
import { dayInWords, dayThere } from '$lib/ui/day';
import type { Match } from '../desk.server';

/** @param zone the program's */
export function matchInWords(match: Match, zone: string): string {
	const { worker, proposed_at, worker_said_yes_at, peer_said_yes_at, first_met_on } = match;
	const { name } = worker;
	if (first_met_on) return m.matching_with({ name, day: dayInWords(first_met_on) });
	const asked = m.matching_asked_on({ name, day: dayThere(proposed_at, zone) });
	if (worker_said_yes_at && peer_said_yes_at) return `${asked} ${m.matching_both_yes({ name })}`;
	if (worker_said_yes_at) return `${asked} ${m.matching_worker_yes({ name })}`;
	return `${asked} ${peer_said_yes_at ? m.matching_peer_yes({ name }) : m.matching_both_wait({ name })}`;
}

/** The one who was asked and has not met the client yet. */
export const comingIn = (matches: readonly Match[]): Match | undefined =>
	matches.find(({ first_met_on }) => first_met_on === null);

/** The one who supports at present. */
export const presentIn = (matches: readonly Match[]): Match | undefined =>
	matches.find(({ first_met_on }) => first_met_on !== null);
