import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { calendarFile } from './calendar';
import type { EnrolmentState, MyPlace } from './enrolments.server';
import { ownCalendar } from './own-calendar';

const LINK = 'https://bearings.example/my/training';
const aMeeting = (week: number, given: Partial<MyPlace['meetings'][number]> = {}) => ({
	id: `00000000-0000-4000-8000-00000000000${week}`,
	starts_at: `2027-01-0${week}T18:00:00+00:00`,
	ends_at: `2027-01-0${week}T21:00:00+00:00`,
	topic: week === 1 ? 'Listening; and, more' : '',
	is_cancelled: false,
	sequence: 0,
	changed_at: '2026-11-20T10:00:00+00:00',
	...given
});
const training = {
	...{ slug: 'peer', kind: 'open_sign_up', state: 'open', title: 'Peer support training', summary: '' },
	...{
		program: 'Harbour',
		program_slug: 'harbour',
		time_zone: 'America/Vancouver',
		area: null,
		area_id: null,
		is_online: false,
		opens_at: null
	},
	...{ closes_at: null, starts_at: null, ends_at: null, classes: 2, seats_left: 0, line: 0 },
	place: { slug: null, name: 'The Hall', address: '1 Sample Street', lat: null, lng: null }
} as const satisfies MyPlace['training'];

const own = (state: EnrolmentState, version = 1, given: Partial<MyPlace['training']> = {}, self?: string) =>
	ownCalendar(
		{
			state,
			version,
			training: { ...training, ...given },
			meetings: [aMeeting(1), aMeeting(2, { is_cancelled: true, sequence: 1 })]
		},
		LINK,
		self
	);

test('somebody with a seat has its classes, in words that tell nobody of what', () => {
	const file = calendarFile(own('enrolled'));
	for (const telling of [training.title, 'Listening']) expect(file).not.toContain(telling);
	const events = new ICAL.Component(ICAL.parse(file) as unknown[]).getAllSubcomponents('vevent');
	expect(events.map((each) => each.getFirstPropertyValue('summary'))).toEqual(['Class 1 of 2', 'Class 2 of 2']);
	expect(events.map((each) => each.getFirstPropertyValue('status'))).toEqual(['CONFIRMED', 'CANCELLED']);
	expect(events[0]!.getFirstPropertyValue('description')).toBe(LINK);
	expect(events[0]!.getFirstPropertyValue('location')).toBe('The Hall, 1 Sample Street');
});

test('one that is followed holds its own address once, and in no event', () => {
	const self = `https://bearings.example/training/seat/${'0a'.repeat(16)}/calendar.ics`;
	const lines = calendarFile(own('enrolled', 1, {}, self))
		.replaceAll(/\r\n[ \t]/g, '')
		.split('\r\n');
	expect(lines.filter((line) => line.includes('0a'.repeat(16)))).toEqual([`SOURCE;VALUE=URI:${self}`]);
});

test.each(['applied', 'waitlisted', 'offered'] as const)('%s has none yet', (state) => {
	expect(own(state).classes).toEqual([]);
});

describe('somebody who has no seat any more', () => {
	test.each(['withdrawn', 'expired', 'declined'] as const)('%s has them all cancelled', (state) => {
		expect(own(state).classes.map(({ is_cancelled }) => is_cancelled)).toEqual([true, true]);
	});

	test('and so has everybody of a training that was called off', () => {
		expect(own('enrolled', 1, { state: 'cancelled' }).classes.every(({ is_cancelled }) => is_cancelled)).toBe(true);
	});

	test('each change has a higher number: a seat, called off, left, come back', () => {
		const numbers = [
			own('enrolled', 1),
			own('enrolled', 1, { state: 'cancelled' }),
			own('withdrawn', 2),
			own('enrolled', 3)
		].map(({ classes }) => classes[0]!.sequence);
		expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
		expect(new Set(numbers).size).toBe(4);
	});
});

test('online classes are online', () => {
	expect(own('enrolled', 1, { place: null, is_online: true }).classes[0]!.location).toBe('Online');
});
