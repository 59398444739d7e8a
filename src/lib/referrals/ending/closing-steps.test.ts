import { expect, test } from 'vitest';
import { CLOSING_STEPS } from '../support/contents';
import { nextStep, pathOf, stepAt } from './closing-steps';

const rows = (settled: readonly string[]) =>
	CLOSING_STEPS.map((step) => ({ step, settled: settled.includes(step) ? 'done' : null }));

test.each(CLOSING_STEPS)('%s has an address that leads back to it', (step) => {
	expect(stepAt(pathOf(step))).toBe(step);
	expect(pathOf(step)).toMatch(/^[a-z-]+$/);
});

test('what is no step has none', () => {
	expect(stepAt('look_back')).toBeUndefined();
	expect(stepAt('constructor')).toBeUndefined();
});

test('the first open step comes first', () => {
	expect(nextStep(rows([]))).toBe('look_back');
	expect(nextStep(rows(['look_back', 'proud_of']))).toBe('can_do_now');
});

test('after a step comes the next open one, and what was left out comes at the end', () => {
	expect(nextStep(rows(['proud_of', 'can_do_now']), 'proud_of')).toBe('strengths');
	expect(nextStep(rows(['achievement', 'thanks']), 'thanks')).toBe('look_back');
});

test('nothing follows when all is settled, or no ending has begun', () => {
	expect(nextStep(rows(CLOSING_STEPS), 'thanks')).toBeNull();
	expect(nextStep([])).toBeNull();
});
