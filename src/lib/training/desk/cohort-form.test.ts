import { expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import type { DeskCohort } from './cohort.server';
import { CohortForm, cohortGiven, dayFaults, isSaved, typedOf } from './cohort-form';

const zone = 'America/Toronto';
const present = { zone, now: new Date('2027-01-10T17:00:00Z'), today: '2027-01-10' };
const id = '6f1d9d1e-2f4b-4a55-9d84-0f5b1b1f0c11';
const typed = (given: Partial<CohortForm> = {}): CohortForm =>
	CohortForm.parse({ id, title: 'Training', capacity: '12', ...given });
const faults = (given: Partial<CohortForm>, there: Pick<DeskCohort, 'closes_at'> | null = null) =>
	dayFaults(typed(given), there, present).map(({ field, message }) => [field, message]);

test('days can be left for later, and without a first day are asked for once a time is there', () => {
	expect(faults({})).toEqual([]);
	expect(faults({ from: '18:00' })).toEqual([
		['first', m.cohort_error_day()],
		['to', m.cohort_error_to()]
	]);
});

test('classes begin ahead, and end after they begin', () => {
	expect(faults({ first: '2027-01-10', from: '11:00', to: '12:30' })).toEqual([['first', m.cohort_error_past()]]);
	expect(faults({ first: '2027-01-10', from: '13:00', to: '14:00' })).toEqual([]);
	expect(faults({ first: '2027-01-11', from: '18:00', to: '18:00' })).toEqual([['to', m.cohort_error_order()]]);
	expect(faults({ first: '2027-02-30', from: '25:00', to: 'six' }).map(([field]) => field)).toEqual([
		'first',
		'from',
		'to'
	]);
});

test('sign-up closes after it opens, and not in the past unless it has', () => {
	expect(faults({ opens_day: '2027-02-02', closes_day: '2027-02-01' })).toEqual([
		['closes_day', m.cohort_error_closes()]
	]);
	expect(faults({ closes_day: '2027-01-09' })).toEqual([['closes_day', m.cohort_error_closes_past()]]);
	const there = { closes_at: '2027-01-10T04:59:00Z' };
	expect(faults({ version: 3, closes_day: '2027-01-09', closes_time: '23:59' }, there)).toEqual([]);
	expect(faults({ opens_time: '09:00' })).toEqual([['opens_day', m.cohort_error_day()]]);
	expect(faults({ opens_day: '2020-01-01' })).toEqual([]);
});

test('a day without a time is from its beginning until its end, where the program is', () => {
	const given = cohortGiven(typed({ opens_day: '2027-02-01', closes_day: '2027-03-20' }), { zone, year: '2027' });
	expect(given).toMatchObject({ opens_at: '2027-02-01T05:00:00.000Z', closes_at: '2027-03-21T03:59:00.000Z' });
});

test('a new one is named by its title and first day, and takes over questions; one that is there keeps its name', () => {
	const copied = typed({ copy_of: id, first: '2027-03-01', rubric: ' Warm \n\nWarm\nSteady' });
	expect(cohortGiven(copied, { zone, year: '2027' })).toMatchObject({
		slug: 'training-march-2027',
		copy_of: id,
		rubric: ['Warm', 'Steady']
	});
	expect(cohortGiven(typed(), { zone, year: '2027' })).toMatchObject({ slug: 'training-2027' });
	expect(cohortGiven(typed({ version: 2, copy_of: id }), { zone, year: '2027' })).not.toHaveProperty('slug');
});

test('its form says what a training is, and saving that changes nothing', () => {
	const given = cohortGiven(
		typed({ opens_day: '2027-02-01', opens_time: '09:30', online: true, second_reviewer: true, rubric: 'Warm' }),
		{ zone, year: '2027' }
	);
	const cohort = { ...given, id, version: 4, time_zone: zone } as unknown as DeskCohort;
	expect(isSaved(given, cohort)).toBe(true);
	expect(isSaved(cohortGiven(typedOf(cohort), { zone, year: '2027' }), cohort)).toBe(true);
	expect(isSaved({ ...given, summary: 'Other' }, cohort)).toBe(false);
	expect(typedOf(cohort)).toMatchObject({ version: 4, opens_day: '2027-02-01', opens_time: '09:30', capacity: '12' });
});

test('what is too long, too little or no number is said of its field', () => {
	const wrong = CohortForm.safeParse({
		...{ id, title: ' ', capacity: '-1', offer_days: '31', practicum_hours: '1.5', place: 'The Library' },
		...{ about: 'x'.repeat(10_001), rubric: Array.from({ length: 11 }, (_, index) => `Line ${index}`).join('\n') }
	});
	expect(wrong.error?.issues.map(({ path }) => path[0])).toEqual([
		...['title', 'about', 'capacity', 'offer_days', 'place', 'practicum_hours', 'rubric']
	]);
});
