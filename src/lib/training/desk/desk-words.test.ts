import { expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import { COHORT_STATES } from '../training';
import type { CohortLine } from './cohort.server';
import { eventsOf, seatsInWords, toldInWords } from './desk-words';
import { hasHappened, stepInWords } from './state-words';

const line = (given: Partial<CohortLine>) =>
	({
		...{
			state: 'open',
			capacity: 12,
			applied: 0,
			waitlisted: 0,
			offered: 0,
			enrolled: 0,
			completed: 0,
			not_completed: 0
		},
		...given
	}) as CohortLine;

test('seats say what they are, and what having none means', () => {
	expect(seatsInWords(line({ enrolled: 9, offered: 2, waitlisted: 3 }))).toBe(
		'9 of 12 seats are taken. 2 offered. 3 in line.'
	);
	expect(seatsInWords(line({ capacity: 0, applied: 1 }))).toBe(`${m.cohort_seats_zero()} 1 applied.`);
	expect(seatsInWords(line({ state: 'finished', completed: 8, not_completed: 2 }))).toBe('8 of 10 completed it.');
	expect(seatsInWords(line({ state: 'finished' }))).toBe(m.cohort_seats_over_none());
});

test('whoever has a seat or an offer is told', () => {
	expect(toldInWords(line({}))).toBe(m.cohort_told_none());
	expect(toldInWords(line({ offered: 1 }))).toBe(m.cohort_told_one());
	expect(toldInWords(line({ enrolled: 9, offered: 2, waitlisted: 5 }))).toBe(m.cohort_told({ people: 11 }));
});

test('what is over or called off can not be moved on, and no step leads to where it begins', () => {
	const counts = { interested: 2, people: 1, opensNow: true };
	for (const state of COHORT_STATES) {
		const events = eventsOf(state);
		expect(events.length === 0).toBe(state === 'finished' || state === 'cancelled');
		for (const event of events) {
			expect(hasHappened(event, state), `${event} ${state}`).toBe(false);
			expect(stepInWords(event, counts).every((sentence) => sentence.length > 0)).toBe(true);
		}
	}
	expect(hasHappened('publish', 'open')).toBe(true);
	expect(stepInWords('cancel', counts)).toContain(m.cohort_step_cancel_told_one());
});
