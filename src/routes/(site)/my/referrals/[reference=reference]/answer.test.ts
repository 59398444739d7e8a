import { expect, test } from 'vitest';
import { Answer } from './answer';

const given = (answer: string) =>
	Answer.safeParse({ event_id: '5f0f6f5e-3f5b-4c6c-9d7e-0a1b2c3d4e5f', version: 3, answer });

test('an answer says something, in 2,000 characters at most', () => {
	expect(given(' \r\n ').error?.issues[0]?.message).toMatch(/short one is fine/);
	expect(given('a'.repeat(2000)).success).toBe(true);
	expect(given('a'.repeat(2345)).error?.issues.map(({ message }) => message)).toEqual([
		'Please keep it to 2,000 characters. This has 2,345.'
	]);
});

test('the end of a line counts once, however browsers send it', () => {
	const lines = given('ab\r\n'.repeat(600) + 'a'.repeat(200));
	expect(lines.data?.answer).toHaveLength(2000);
	expect(given('ab\r\n'.repeat(600) + 'a'.repeat(201)).success).toBe(false);
});
