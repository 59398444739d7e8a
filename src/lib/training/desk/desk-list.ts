/** The trainings of a program, in the parts of their list; pure. */
import type { CohortLine } from './cohort.server';

type Stood = Pick<CohortLine, 'state' | 'starts_at'>;

/** In the order in which they come. */
export function sortedByPart<Line extends Stood>(cohorts: readonly Line[]) {
	const isOver = ({ state }: Stood) => state === 'finished' || state === 'cancelled';
	const isDraft = ({ state }: Stood) => state === 'draft';
	return {
		ahead: cohorts.filter((cohort) => !isOver(cohort) && !isDraft(cohort)),
		drafts: cohorts.filter(isDraft),
		over: cohorts.filter(isOver)
	};
}

/** The one that begins last, which the next is likely to be like; of those without a day the first. */
export const lastOf = <Line extends Stood>(cohorts: readonly Line[]): Line | undefined =>
	[...cohorts].sort((one, other) => (other.starts_at ?? '').localeCompare(one.starts_at ?? ''))[0];
