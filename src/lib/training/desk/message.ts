/** To whom a message to many goes, and who of them is told by mail. */
import type { Enums } from '$lib/server/database.types';
import type { MESSAGE_TO } from './people-schemas';
import type { RosterLine } from './roster';

type To = (typeof MESSAGE_TO)[number];

const STATES: Record<To, readonly Enums<'enrolment_state'>[]> = {
	seat: ['enrolled', 'completed', 'not_completed'],
	line: ['waitlisted', 'offered'],
	applied: ['applied']
};

export const statesOf = (to: readonly To[]): Enums<'enrolment_state'>[] => to.flatMap((each) => STATES[each]);

export interface Reached {
	mail: number;
	/** They get no mail. */
	call: number;
}

export function reachedBy(lines: readonly Pick<RosterLine, 'state' | 'email'>[], to: readonly To[]): Reached {
	const states = statesOf(to);
	const reached = lines.filter(({ state }) => states.includes(state));
	const mail = reached.filter(({ email }) => email !== null).length;
	return { mail, call: reached.length - mail };
}
