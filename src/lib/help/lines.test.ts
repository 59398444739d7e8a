import { describe, expect, test } from 'vitest';
import { helpLines, oldestCheck } from './lines';

describe.each(helpLines)('$name', (line) => {
	test('the phone dials the number that the page shows', () => {
		const shown = line.number.replace(/\D/g, '');
		expect(line.call.replace(/\D/g, '')).toBe(shown);
		expect(line.call.startsWith('tel:+')).toBe(shown.length === 11);
		if (line.text) expect(line.text.href.replace(/\D/g, '')).toBe(line.text.number.replace(/\D/g, ''));
	});

	test('says for whom it is, when, where that was read and on which day', () => {
		expect(line.forWhom().length).toBeGreaterThan(10);
		expect(line.hours()).not.toBe('');
		expect(line.source).toMatch(/^https:\/\//);
		expect(line.checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
	});
});

test('the most urgent comes first', () => {
	const order = ['danger', 'talk', 'people', 'find'];
	const needs = helpLines.map((line) => order.indexOf(line.need));
	expect(needs).toEqual([...needs].sort((a, b) => a - b));
	expect(helpLines[0]?.number).toBe('9-1-1');
});

test('the page claims no later check than its oldest line', () => {
	const [first, second] = helpLines;
	if (!first || !second) throw new Error('no lines');
	expect(oldestCheck([first, { ...second, checkedOn: '2026-03-01' }])).toBe('2026-03-01');
});
