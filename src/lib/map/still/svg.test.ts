import { describe, expect, it } from 'vitest';
import { element, escapeXml, pathData, short } from './svg.ts';

describe('writing SVG', () => {
	it('makes numbers short', () => {
		expect([0, -0, 0.04, 0.5, -0.5, 12.34, -12.36, 7, 1e5].map(short)).toEqual([
			'0',
			'0',
			'0',
			'.5',
			'-.5',
			'12.3',
			'-12.4',
			'7',
			'100000'
		]);
	});

	it('writes paths relative to the point before, without losing tenths on the way', () => {
		const steps = Array.from({ length: 50 }, (_, i) => [i * 0.33, 0] as const);
		const d = pathData(steps);
		const sum = [
			...d
				.slice(1)
				.replace('l', ' ')
				.matchAll(/-?[\d.]+/g)
		]
			.map(Number)
			.filter((_, i) => i % 2 === 0)
			.reduce((a, b) => a + b, 0);
		expect(sum).toBeCloseTo(Math.round(49 * 3.3) / 10);
		expect(
			pathData(
				[
					[1, 1],
					[3, -1],
					[3, -1],
					[2.5, 4]
				],
				true
			)
		).toBe('M1 1l2-2-.5 5z');
		expect(pathData([[1, 1]])).toBe('');
	});

	it('escapes what is written', () => {
		expect(escapeXml('<a href="\'&\u0000\ud800">')).toBe('&lt;a href=&quot;&#39;&amp;&quot;&gt;');
		expect(element('a', { x: 1.25, y: undefined, title: '"' }, 'b')).toBe('<a x="1.3" title="&quot;">b</a>');
	});
});
