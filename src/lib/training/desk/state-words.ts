/** How a training is moved on, in words: what each step does, and why one was refused. */
import { m } from '$lib/paraglide/messages';
import type { CohortState } from '../training';
import type { CohortEvent, MovedCohort } from './plan.server';

const LEADS_TO: Record<CohortEvent, readonly CohortState[]> = {
	publish: ['announced', 'open'],
	open: ['open'],
	close: ['closed'],
	cancel: ['cancelled'],
	remove: []
};

/** Whether a training stands where this step leads: the same form sent twice. */
export const hasHappened = (event: CohortEvent, state: CohortState): boolean => LEADS_TO[event].includes(state);

const REFUSED: Record<Extract<MovedCohort, { refused: string }>['refused'], () => string> = {
	stale: m.cohort_refused_state_stale,
	not_possible: m.cohort_refused_state,
	past: m.cohort_refused_past,
	not_allowed: m.cohort_refused_not_allowed
};
export const movedRefusal = (refused: keyof typeof REFUSED): string => REFUSED[refused]();

interface Step {
	title: () => string;
	button: () => string;
	/** What can't be undone is ticked first. */
	sure?: () => string;
}

export const STEPS: Record<CohortEvent, Step> = {
	publish: { title: m.cohort_step_publish, button: m.cohort_step_publish_button },
	open: { title: m.cohort_step_open, button: m.cohort_step_open_button },
	close: { title: m.cohort_step_close, button: m.cohort_step_close_button },
	cancel: { title: m.cohort_step_cancel, button: m.cohort_step_cancel_button, sure: m.cohort_step_cancel_sure },
	remove: { title: m.cohort_step_remove, button: m.cohort_step_remove_button, sure: m.cohort_step_remove_sure }
};

interface Counts {
	/** Who waits to be told of a new one. */
	interested: number;
	/** Who is in it, in whatever way. */
	people: number;
	opensNow: boolean;
}

/** What a step does, and who is told. */
export function stepInWords(event: CohortEvent, { interested, people, opensNow }: Counts): string[] {
	switch (event) {
		case 'publish':
			return [
				m.cohort_step_publish_public(),
				opensNow ? m.cohort_step_publish_opens() : m.cohort_step_publish_waits(),
				interested === 0
					? m.cohort_step_publish_none()
					: interested === 1
						? m.cohort_step_publish_told_one()
						: m.cohort_step_publish_told({ people: interested })
			];
		case 'open':
			return [m.cohort_step_open_does()];
		case 'close':
			return [m.cohort_step_close_does()];
		case 'cancel':
			return [
				m.cohort_step_cancel_does(),
				people === 0
					? m.cohort_step_cancel_none()
					: people === 1
						? m.cohort_step_cancel_told_one()
						: m.cohort_step_cancel_told({ people })
			];
		case 'remove':
			return [m.cohort_step_remove_does()];
	}
}
