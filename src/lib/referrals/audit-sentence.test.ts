import { expect, test } from 'vitest';
import { refusalOf, sentenceOf, type AuditEntry } from './audit-sentence';
import { EVENTS, MOVES } from './audit-words';

const names = new Map([
	['tom', 'Tom Lindqvist'],
	['fraser', 'Fraser Peer Support'],
	['team', 'Northeast Team']
]);

const anEntry = (given: Partial<AuditEntry> = {}): AuditEntry => ({
	id: 1,
	at: '2026-11-22T18:00:00Z',
	event: 'referral.read',
	outcome: 'done',
	actor_id: 'priya',
	actor: 'Priya Nair',
	subject_id: 'a-referral',
	subject_reference: 'PS-7K3M-2QX',
	subject_name: null,
	details: {},
	...given
});

test.each<[string, Partial<AuditEntry>, string]>([
	['a reading', {}, 'Priya Nair read request PS-7K3M-2QX.'],
	['a refused reading', { outcome: 'refused' }, 'Priya Nair tried to read request PS-7K3M-2QX.'],
	['a move', { event: 'referral.moved', details: { event: 'acknowledge' } }, 'Priya Nair took up request PS-7K3M-2QX.'],
	[
		'a refused move',
		{ event: 'referral.moved', outcome: 'refused', details: { event: 'acknowledge', why: 'stale' } },
		'Priya Nair tried to take up request PS-7K3M-2QX.'
	],
	[
		'a made-up move',
		{ event: 'referral.moved', outcome: 'refused', details: { event: 'toString', why: 'not_possible' } },
		'Priya Nair tried to move request PS-7K3M-2QX on.'
	],
	[
		'a request by phone',
		{ event: 'referral.submitted', details: { source: 'phone' } },
		'Priya Nair wrote request PS-7K3M-2QX down from a phone call.'
	],
	[
		'somebody given a request',
		{ event: 'referral.assigned', details: { to: 'tom' } },
		'Priya Nair gave request PS-7K3M-2QX to Tom Lindqvist.'
	],
	[
		'a request that left',
		{ event: 'referral.rehomed', subject_reference: null, details: { to: 'fraser' } },
		"Priya Nair gave a request that is another programme's now to Fraser Peer Support."
	],
	[
		'a request that came',
		{ event: 'referral.rehomed', actor: null, details: { from: 'fraser' } },
		"Somebody who isn't staff here gave this programme request PS-7K3M-2QX, from Fraser Peer Support."
	],
	[
		'a team',
		{ event: 'routing.team_saved', subject_id: 'team', subject_reference: null },
		'Priya Nair saved the team “Northeast Team”.'
	],
	[
		'a team that was never there',
		{ event: 'routing.team_saved', subject_id: null, outcome: 'refused' },
		'Priya Nair tried to save a team.'
	],
	[
		'a role',
		{ event: 'member.role_changed', subject_name: 'Mei Tanaka', details: { role: 'coordinator' } },
		'Priya Nair gave Mei Tanaka a role: Coordinator.'
	],
	[
		'time away',
		{ event: 'member.away', subject_name: 'Mei Tanaka', details: { until: '2026-12-24' } },
		'Priya Nair noted that Mei Tanaka is away until 24 December 2026.'
	],
	[
		"one's own time away",
		{ event: 'member.away', subject_id: 'priya', details: { until: '2026-12-24' } },
		'Priya Nair noted being away until 24 December 2026.'
	],
	["one's own return", { event: 'member.away', subject_id: 'priya' }, 'Priya Nair noted being back.'],
	[
		'the night',
		{ event: 'referral.erased', actor: null, actor_id: null },
		'This site, by itself, erased what was kept about the client of request PS-7K3M-2QX.'
	],
	[
		'a visitor',
		{ event: 'referral.submitted', actor: null, actor_id: null, details: { source: 'web' } },
		'Somebody not signed in sent request PS-7K3M-2QX.'
	],
	['an account that is gone', { actor: null }, "Somebody who isn't staff here read request PS-7K3M-2QX."],
	['an event without words', { event: 'kettle.boiled' }, 'Priya Nair: kettle.boiled.']
])('%s is a sentence', (_, given, sentence) => {
	expect(sentenceOf(anEntry(given), names)).toBe(sentence);
});

test('no sentence shows a gap, whatever an event leaves out', () => {
	const gap = /undefined|null|NaN|\{|\}| {2}| \./;
	for (const outcome of ['done', 'refused'] as const) {
		for (const event of Object.keys(EVENTS)) {
			const details = {
				count: 2,
				found: 2,
				role: 'worker',
				until: '2026-12-24',
				acknowledge_hours: 16,
				keep_months: 24
			};
			const entry = anEntry({ event, outcome, actor: null, subject_reference: null, details });
			expect(sentenceOf(entry, new Map()), event).not.toMatch(gap);
		}
		for (const move of Object.keys(MOVES)) {
			const entry = anEntry({ event: 'referral.moved', outcome, details: { event: move } });
			expect(sentenceOf(entry, names), move).not.toMatch(gap);
		}
	}
});

test('a refusal says why, so far as it is known; what was done says nothing', () => {
	expect(refusalOf(anEntry())).toBeNull();
	expect(refusalOf(anEntry({ outcome: 'refused' }))).toBe('Refused: it was not theirs to see or do.');
	expect(refusalOf(anEntry({ outcome: 'refused', details: { why: 'stale' } }))).toBe(
		'Refused: somebody had changed it meanwhile.'
	);
	expect(refusalOf(anEntry({ outcome: 'refused', details: { why: 'full_moon' } }))).toBe('Refused (full_moon).');
});
