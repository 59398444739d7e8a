import { expect, test } from 'vitest';
import { lastOf, sortedByPart } from './desk-list';

const draft = { state: 'draft', starts_at: null } as const;
const ahead = { state: 'open', starts_at: '2027-03-01T18:00:00Z' } as const;
const runs = { state: 'running', starts_at: '2026-11-01T18:00:00Z' } as const;
const over = { state: 'finished', starts_at: '2026-01-01T18:00:00Z' } as const;
const off = { state: 'cancelled', starts_at: null } as const;

test('trainings stand in three parts', () => {
	expect(sortedByPart([ahead, draft, runs, over, off])).toEqual({
		ahead: [ahead, runs],
		drafts: [draft],
		over: [over, off]
	});
});

test('the last is the one that begins last', () => {
	expect(lastOf([draft, over, ahead, runs])).toBe(ahead);
	expect(lastOf([draft, off])).toBe(draft);
	expect(lastOf([])).toBeUndefined();
});
