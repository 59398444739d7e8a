/** What a coordinator may do with somebody now, as the rows of `private.enrolment_transitions` have it. */
import type { CohortState } from '../training';
import type { PersonOfCohort } from './roster';

export const MOVES = [
	...(['offer', 'waitlist', 'accept', 'withdraw', 'reconsider', 'complete', 'not_complete'] as const)
] as const;
export type MoveEvent = (typeof MOVES)[number];

interface Standing {
	state: CohortState;
	reviewers: number;
	/** The first class has been. */
	hasBegun: boolean;
}

/** Whether as many have read an application as the cohort wants. */
export const isReviewed = ({ reviews }: Pick<PersonOfCohort, 'reviews'>, { reviewers }: Pick<Standing, 'reviewers'>) =>
	reviewers === 1 || reviews >= reviewers;

export function movesOf(person: Pick<PersonOfCohort, 'state' | 'reviews'>, cohort: Standing): MoveEvent[] {
	if (cohort.state === 'cancelled')
		return ['applied', 'waitlisted', 'offered', 'enrolled'].includes(person.state) ? ['withdraw'] : [];
	const seats = (cohort.state === 'open' || cohort.state === 'closed') && !cohort.hasBegun;
	switch (person.state) {
		case 'applied':
			return isReviewed(person, cohort)
				? [...(seats ? (['offer'] as const) : []), 'waitlist', 'withdraw']
				: ['withdraw'];
		case 'waitlisted':
			return ['withdraw'];
		case 'offered':
			return [...(cohort.hasBegun ? [] : (['accept'] as const)), 'withdraw'];
		case 'enrolled':
			return [...(cohort.hasBegun ? (['complete', 'not_complete'] as const) : []), 'withdraw'];
		case 'declined':
			return ['reconsider'];
		case 'completed':
			return ['not_complete'];
		case 'not_completed':
			return ['complete'];
		default:
			return [];
	}
}

/** Whether somebody can be told no now. */
export const mayDecline = (person: Pick<PersonOfCohort, 'state' | 'reviews'>, cohort: Standing): boolean =>
	cohort.state !== 'cancelled' &&
	(person.state === 'waitlisted' || (person.state === 'applied' && isReviewed(person, cohort)));

/** Whether somebody who has left, or missed their offers, can come back to the end of the line. */
export const mayComeBack = ({ state }: Pick<PersonOfCohort, 'state'>, cohort: Standing): boolean =>
	(state === 'withdrawn' || state === 'expired') &&
	(cohort.state === 'open' || cohort.state === 'closed') &&
	!cohort.hasBegun;
