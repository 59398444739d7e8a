import { describe, expect, test } from 'vitest';
import messages from '../../../../messages/en.json' with { type: 'json' };
import { outs } from '../slip';
import { mayAsk } from './may-ask';
import { Feedback, HELPFUL, helpfulInWords, HOW, howInWords, MOST_LETTERS } from './questions';
import { qrOf } from './qr';

describe('an answer', () => {
	test.each([
		['how it was', { how: 'good' }],
		['whether it was helpful', { helpful: 'no' }],
		['what could be better', { better: 'More walks.' }]
	])('needs no more than %s', (_, given) => {
		expect(Feedback.parse(given)).toEqual({ how: '', helpful: '', better: '', ...given });
	});

	test.each([{}, { how: '', helpful: '', better: '' }, { better: ' \r\n ' }])(
		'to nothing at all is none: %j',
		(given) => {
			expect(Feedback.safeParse(given).error?.issues.map(({ path }) => path)).toEqual([['how']]);
		}
	);

	test('may be of so many letters, of any script, a line end being one', () => {
		const lines = 'é\r\n'.repeat(MOST_LETTERS / 2 - 1) + '終';
		expect(Feedback.safeParse({ better: lines }).success).toBe(true);
		expect(Feedback.safeParse({ better: 'x'.repeat(MOST_LETTERS + 1) }).error?.issues[0]?.path).toEqual(['better']);
	});

	test('is one of those that were offered', () => {
		expect(Feedback.safeParse({ how: 'wonderful' }).success).toBe(false);
		expect(new Set([...HOW.map(howInWords), ...HELPFUL.map(helpfulInWords)]).size).toBe(HOW.length + HELPFUL.length);
	});
});

test.each(
	Object.entries(messages).filter(([key]) => /^feedback_(sheet_|how|helpful$|helpful_(?!$)|better$)/.test(key))
)('%s tells a stranger nothing', (_, words) => expect(outs(words)).toBe(false));

test('the peer is asked when the support ends or has ended, and as long as something is known', () => {
	const asked = (state: Parameters<typeof mayAsk>[0]['state'], is_erased = false) => mayAsk({ state, is_erased });
	expect((['ending', 'completed', 'ended_early'] as const).map((state) => asked(state))).toEqual([true, true, true]);
	expect((['active', 'withdrawn', 'declined'] as const).map((state) => asked(state))).toEqual([false, false, false]);
	expect(asked('completed', true)).toBe(false);
});

test('a QR code keeps a quiet zone, and draws nothing outside', () => {
	const { size, path } = qrOf(`https://bearings.example/feedback/${'0123456789abcdef'.repeat(2)}`);
	const rows = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, length]) => [
		Number(x),
		Number(y),
		Number(length)
	]);
	expect(rows.length).toBeGreaterThan(100);
	for (const [x, y, length] of rows) {
		expect(Math.min(x!, y!)).toBeGreaterThanOrEqual(4);
		expect(Math.max(x! + length!, y! + 1)).toBeLessThanOrEqual(size - 4);
	}
	// The finder in the corner: seven dark modules.
	expect(path.startsWith('M4 4h7')).toBe(true);
});
