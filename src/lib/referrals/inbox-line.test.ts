import { describe, expect, test } from 'vitest';
import { inboxLine, isAbsent, reasonsFor, type InboxRow } from './inbox-line';

const TODAY = '2026-11-22';
const row = (given: Partial<InboxRow> = {}): InboxRow => ({
	id: '0b0e3a39-6a4f-4cde-9c1e-0a4f3f6f9b10',
	reference: 'PS-7K3M-2QX',
	state: 'triage',
	submitted_at: '2026-11-20T12:00:00Z',
	state_since: '2026-11-20T12:00:00Z',
	attention_on: TODAY,
	next_word_on: null,
	waiting_since: null,
	is_overdue: false,
	needs_home: false,
	has_listed_domain: true,
	source: 'web',
	has_correction: false,
	asked_for: [],
	is_answered: false,
	is_erased: false,
	coordinator_id: null,
	team: null,
	area: null,
	...given
});

describe('why somebody should look at it', () => {
	test.each<[given: Partial<InboxRow>, reasons: string[]]>([
		[{ state: 'submitted' }, ['new']],
		[{ state: 'submitted', is_overdue: true, needs_home: true }, ['overdue', 'needs_home']],
		[{ state: 'submitted', has_listed_domain: false }, ['new', 'not_listed']],
		[{ state: 'triage' }, ['next_step']],
		[{ state: 'triage', is_answered: true }, ['answered']],
		[{ state: 'info_needed' }, ['no_answer']],
		[{ state: 'waitlisted', next_word_on: TODAY }, ['next_word']],
		[{ state: 'waitlisted', next_word_on: '2026-11-21' }, ['next_word_late']],
		[{ state: 'waitlisted', next_word_on: '2026-12-01', has_correction: true }, ['correction']],
		// A worker has said no, and the word that was promised is not due yet.
		[{ state: 'waitlisted', next_word_on: '2026-12-01' }, ['look_again']],
		[{ state: 'active' }, ['look_again']],
		[{ state: 'match_proposed' }, ['no_yes']],
		[{ state: 'matched' }, ['not_met']],
		[{ state: 'active', asked_for: ['call', 'handover'] }, ['asked_handover', 'asked_call']],
		[{ state: 'ending' }, ['last_day']],
		[{ state: 'ending', asked_for: ['call'] }, ['asked_call']],
		[{ state: 'completed', asked_for: ['call'] }, ['asked_call']],
		[{ state: 'completed', has_correction: true }, ['correction']]
	])('%j: %j', (given, reasons) => {
		expect(reasonsFor(row(given), TODAY)).toEqual(reasons);
	});

	test.each<Partial<InboxRow>>([
		{ state: 'info_needed', attention_on: '2026-11-23' },
		{ state: 'waitlisted', attention_on: '2026-12-01', next_word_on: '2026-12-01' },
		{ state: 'active', attention_on: null },
		// Written down by a coordinator, who knows whose address it is; decided on, it no longer matters.
		{ state: 'waitlisted', attention_on: null, has_listed_domain: false }
	])('nothing: %j', (given) => {
		expect(reasonsFor(row(given), TODAY)).toEqual([]);
	});

	test('an address from a phone call is never unlisted', () => {
		expect(reasonsFor(row({ source: 'phone', has_listed_domain: false }), TODAY)).toEqual(['next_step']);
	});
});

describe('a line', () => {
	const colleagues = [
		{ id: 'a', name: 'Priya', away_until: null },
		{ id: 'b', name: 'Ruth', away_until: '2026-12-01' }
	];
	const line = (given: Partial<InboxRow>) =>
		inboxLine(row(given), { today: TODAY, zone: 'America/New_York', colleagues });

	test('counts days by the program’s calendar', () => {
		expect(line({ submitted_at: '2026-11-22T04:59:00Z' })).toMatchObject({ days: 1, sent_on: '2026-11-21' });
		expect(line({ submitted_at: '2026-11-22T05:01:00Z' })).toMatchObject({ days: 0, sent_on: TODAY });
		// The clocks went back on 1 November.
		expect(line({ submitted_at: '2026-10-31T19:00:00Z' }).days).toBe(22);
	});

	test('says who has it', () => {
		const whose = (given: Partial<InboxRow>) => line(given).coordinator;
		expect(whose({})).toEqual({ kind: 'nobody' });
		expect(whose({ state: 'withdrawn' })).toEqual({ kind: 'none' });
		expect(whose({ coordinator_id: 'c' })).toEqual({ kind: 'left' });
		expect(whose({ coordinator_id: 'a' })).toEqual({ kind: 'here', name: 'Priya', away_until: null });
		expect(['a', 'b', 'c', null].map((id) => isAbsent(whose({ coordinator_id: id })))).toEqual([
			false,
			true,
			true,
			false
		]);
	});
});
