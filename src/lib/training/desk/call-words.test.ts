import { expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import { callInWords } from './call-words';
import type { RosterLine } from './roster';

const cohort = { title: 'Winter', time_zone: 'America/Toronto', starts_at: '2027-01-05T15:00:00Z' };
const title = cohort.title;
const standing = (given: Partial<RosterLine> = {}) => ({
	state: 'enrolled' as const,
	place: null,
	decision: null,
	...given
});
const moment = '5 January 2027, 10:00 am';

test.each<[string, object, Partial<RosterLine>, string]>([
	['training_seat', {}, {}, m.roster_call_seat({ title, day: '5 January 2027', time: '10:00 am' })],
	['training_line', {}, { state: 'waitlisted', place: 3 }, m.roster_call_line({ title, place: 3 })],
	['training_offer', { until: cohort.starts_at }, {}, m.roster_call_offer({ title, until: moment })],
	['training_offer_passed', {}, {}, m.roster_call_offer_passed({ title })],
	['training_offer_over', {}, {}, m.roster_call_offer_over({ title })],
	['training_news', {}, { state: 'declined' }, m.roster_call_no({ title })],
	['training_news', {}, { state: 'waitlisted', place: 1 }, m.roster_call_line({ title, place: 1 })],
	['training_news', {}, { state: 'offered' }, m.roster_call_news({ title })],
	['training_left', {}, {}, m.roster_call_left({ title })],
	['training_completed', {}, {}, m.roster_call_completed({ title })],
	['training_changed', {}, {}, m.roster_call_changed({ title })],
	['training_cancelled', {}, {}, m.roster_call_cancelled({ title })],
	['training_soon', { starts_at: cohort.starts_at }, {}, m.roster_call_soon({ title, moment })],
	['training_no_seat', {}, {}, m.roster_call_no_seat({ title })],
	['training_message', { words: 'Bring a pen.' }, {}, m.roster_call_message({ words: 'Bring a pen.' })],
	['training_applied', {}, {}, m.roster_call_applied({ title })],
	['training_of_another_day', {}, {}, m.roster_call_news({ title })]
])('%s %j to who stands as %j', (kind, data, given, words) =>
	expect(callInWords({ kind, data }, standing(given), cohort)).toBe(words)
);

test('a seat in a training whose days nobody knows yet', () =>
	expect(callInWords({ kind: 'training_seat', data: {} }, standing(), { ...cohort, starts_at: null })).toBe(
		m.roster_call_seat_undated({ title })
	));
